/** The composition root: constructs every service and mounts every route, in one readable list. */
import type { RequestListener } from 'node:http';
import type { MikroORM } from '@mikro-orm/postgresql';
import express from 'express';
import type { Logger } from 'pino';
import { EmailVerification } from './accounts/email-verification.ts';
import { FirstAdministrator } from './accounts/first-administrator.ts';
import { Passwords } from './accounts/password.ts';
import { Registration } from './accounts/registration.ts';
import { App } from './apps/app.entity.ts';
import { AppSecrets } from './apps/app-secret.ts';
import { ConnectedApps } from './apps/connected-apps.ts';
import type { Config } from './config.ts';
import { Statements } from './database/statements.ts';
import { unitOfWork } from './database/unit-of-work.ts';
import { Browsers } from './http/browser.ts';
import { ClientAddresses } from './http/client-address.ts';
import { Cookies } from './http/cookies.ts';
import { errorHandler } from './http/error-handler.ts';
import { FormTokens } from './http/form-token.ts';
import { requestLog } from './http/logging.ts';
import { tellRequestId } from './http/request-id.ts';
import { requestScope } from './http/request-scope.ts';
import { notFound } from './http/route-ends.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Clock } from './kernel/clock.ts';
import { createAuthorizationServer } from './oauth/authorization-server.ts';
import { authorizeRoutes } from './oauth/endpoints/authorize.http.tsx';
import { djangoPaths, noDjangoPaths } from './oauth/endpoints/django-paths.ts';
import { discoveryRoutes } from './oauth/endpoints/discovery.http.ts';
import { tokenRoutes } from './oauth/endpoints/token.http.ts';
import { userinfoRoutes } from './oauth/endpoints/userinfo.http.ts';
import { Assets, assetRoutes } from './pages/assets.http.ts';
import { Pages } from './pages/pages.http.tsx';
import { BrowserSessions } from './sessions/browser-sessions.ts';
import { CurrentSessions } from './sessions/current-session.http.ts';

export interface AppOptions {
  config: Config;
  /** The operator's secret, the same on every node. */
  secret: string;
  orm: MikroORM;
  clock: Clock;
  log: Logger;
}

export interface LatchkeyApp {
  handler: RequestListener;
  firstAdministrator: FirstAdministrator;
}

/** @throws WrongSecretError where the database was sealed with another secret */
export const createApp = async ({ config, secret, orm, clock, log }: AppOptions): Promise<LatchkeyApp> => {
  const { em } = orm;
  const { issuer } = config;
  const inTransaction = unitOfWork(orm);
  const statements = await Statements.on(orm);

  const cookies = new Cookies(issuer);
  const browsers = new Browsers({ cookies });
  const formTokens = new FormTokens({ browsers, secret });
  const addresses = new ClientAddresses(config.trustedProxies);
  const assets = new Assets();
  const pages = new Pages({ serviceName: config.name, assets, cookies });

  const passwords = new Passwords();
  const registration = new Registration({ em, inTransaction, clock, passwords });
  const emailVerification = new EmailVerification({ em, inTransaction, clock, issuer, secret });
  const firstAdministrator = new FirstAdministrator({ em, registration, issuer, secret });

  const browserSessions = new BrowserSessions({
    em,
    statements,
    inTransaction,
    clock,
    lifetime: config.sessionLifetime,
  });
  const sessions = new CurrentSessions({ sessions: browserSessions, cookies, addresses });

  const appSecrets = new AppSecrets({ passwords });
  const connectedApps = new ConnectedApps({ em, inTransaction, clock });
  const oauth = await createAuthorizationServer({
    em,
    inTransaction,
    statements,
    clock,
    config,
    secret,
    appSecrets,
    connectedApps,
  });

  const aliases = config.djangoPaths ? djangoPaths : noDjangoPaths;
  const server = express();
  server.disable('x-powered-by').disable('etag');
  server.use(requestLog(log), tellRequestId(), securityHeaders(issuer));

  // For programs: bearer tokens and client authentication, any origin, no cookies.
  server.use(userinfoRoutes(oauth.accessTokens, aliases));
  server.use(tokenRoutes(oauth, aliases));
  server.use(discoveryRoutes({ issuer, keys: oauth.keys }, aliases.configuration));

  // For people: the server's own pages.
  server.use(requestScope(orm));
  server.use(assetRoutes(assets));
  server.use(
    authorizeRoutes(
      {
        engine: oauth.engine,
        findApp: (clientId) => em.findOne(App, { clientId }),
        sessions,
        browsers,
        formTokens,
        pages,
        reach: new Map(),
        issuer,
      },
      aliases.authorize,
    ),
  );
  server.use(notFound());
  server.use(errorHandler((req, res, failure) => pages.sendFailure(req, res, failure)));
  return { handler: server, firstAdministrator };
};
