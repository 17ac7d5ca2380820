/** The composition root: constructs every service and mounts every route, in one readable list. */
import { lookup } from 'node:dns';
import type { RequestListener } from 'node:http';
import type { MikroORM } from '@mikro-orm/postgresql';
import express from 'express';
import type { Logger } from 'pino';
import { Accounts } from './accounts/accounts.ts';
import { confirmEmailRoutes } from './accounts/confirm-email.http.tsx';
import { confirmEmailMail } from './accounts/confirm-email.mail.ts';
import { confirmEmailTemplate, EmailVerification } from './accounts/email-verification.ts';
import { FirstAdministrator } from './accounts/first-administrator.ts';
import { Passwords } from './accounts/password.ts';
import { Profiles } from './accounts/profile.ts';
import { Registration } from './accounts/registration.ts';
import { Apis } from './apis/apis.ts';
import { AppRegistration } from './apps/app-registration.ts';
import { AppSecrets } from './apps/app-secret.ts';
import { Apps } from './apps/apps.ts';
import { ClientDocuments } from './apps/client-documents.ts';
import { ConnectedApps } from './apps/connected-apps.ts';
import { DynamicRegistration } from './apps/dynamic-registration.ts';
import { RegistrationTokens } from './apps/registration-tokens.ts';
import { SectorIdentifiers } from './apps/sector-identifier.ts';
import { putWebClientInPlace } from './apps/web-client-app.ts';
import { AuditLog } from './audit/audit-log.ts';
import { CleanUp } from './clean-up.ts';
import type { Config } from './config.ts';
import { Statements } from './database/statements.ts';
import { unitOfWork } from './database/unit-of-work.ts';
import { describeScopes } from './graphql/describe-scopes.ts';
import { unauthenticated } from './graphql/error-mapping.ts';
import { graphqlRoutes } from './graphql/graphql.http.ts';
import { GraphQLServer } from './graphql/server.ts';
import { createGraphQLSchema } from './graphql-schema.ts';
import { Browsers } from './http/browser.ts';
import { ClientAddresses } from './http/client-address.ts';
import { Cookies } from './http/cookies.ts';
import { errorHandler } from './http/error-handler.ts';
import { FormTokens } from './http/form-token.ts';
import { requestLog } from './http/logging.ts';
import { OutboundRequests } from './http/outbound.ts';
import { tellRequestId } from './http/request-id.ts';
import { requestScope } from './http/request-scope.ts';
import { notFound } from './http/route-ends.ts';
import { securityHeaders } from './http/security-headers.ts';
import { Jobs } from './jobs/jobs.ts';
import type { Clock } from './kernel/clock.ts';
import type { OperatorSecret } from './kernel/operator-secret.ts';
import { MailDelivery } from './mail/deliver-mail.ts';
import { inboxRoutes } from './mail/inbox.http.tsx';
import { inboxMailer, smtpMailer } from './mail/mailer.ts';
import { createAuthorizationServer } from './oauth/authorization-server.ts';
import { appAnswers } from './oauth/endpoints/app-answers.http.tsx';
import { authorizeRoutes } from './oauth/endpoints/authorize.http.tsx';
import { principalOf, requireBearer } from './oauth/endpoints/bearer.ts';
import { ClientThrottle } from './oauth/endpoints/client-throttle.ts';
import { ConsentQuestions } from './oauth/endpoints/consent-question.ts';
import { deviceRoutes } from './oauth/endpoints/device.http.tsx';
import { deviceAuthorizationRoutes } from './oauth/endpoints/device-authorization.http.ts';
import { discoveryRoutes } from './oauth/endpoints/discovery.http.ts';
import { djangoPaths, noDjangoPaths } from './oauth/endpoints/django-paths.ts';
import { logoutRoutes } from './oauth/endpoints/logout.http.tsx';
import { pushedRequestRoutes } from './oauth/endpoints/pushed-request.http.ts';
import { registrationRoutes } from './oauth/endpoints/registration.http.ts';
import { tokenRoutes } from './oauth/endpoints/token.http.ts';
import { userinfoRoutes } from './oauth/endpoints/userinfo.http.ts';
import { Assets, assetRoutes } from './pages/assets.http.ts';
import { Pages } from './pages/pages.http.tsx';
import { BrowserSessions } from './sessions/browser-sessions.ts';
import { CurrentSessions } from './sessions/current-session.http.ts';
import { GuessThrottle } from './sessions/guess-throttle.ts';
import { setUpRoutes } from './sessions/set-up.http.tsx';
import { signInRoutes } from './sessions/sign-in.http.tsx';
import { SignIn } from './sessions/sign-in.ts';
import { SignOuts, signOutRoutes } from './sessions/sign-out.http.tsx';
import { signUpRoutes } from './sessions/sign-up.http.tsx';
import { SignUp } from './sessions/sign-up.ts';
import { Throttle } from './sessions/throttle.ts';
import { paths } from './urls.ts';
import { webClientRoutes } from './web-client.http.ts';

export interface AppOptions {
  config: Config;
  /** The operator's secret, the same on every node. */
  secret: OperatorSecret;
  orm: MikroORM;
  clock: Clock;
  log: Logger;
  /** The folder of the built web client. */
  webClient: string;
}

export interface LatchkeyApp {
  handler: RequestListener;
  firstAdministrator: FirstAdministrator;
  /** Ends what goes on beside the requests; the database connection is the caller's. */
  close(): Promise<void>;
}

/** @throws WrongSecretError where the database was sealed with another secret */
export const createApp = async ({ config, secret, orm, clock, log, webClient }: AppOptions): Promise<LatchkeyApp> => {
  const { em } = orm;
  const { issuer } = config;
  const inTransaction = unitOfWork(orm);
  const statements = await Statements.on(orm);
  const outbound = new OutboundRequests({ lookup, allow: config.outboundAllow, local: config.local });

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
  const currentSessions = new CurrentSessions({ sessions: browserSessions, cookies, addresses });

  const pool = await em.getConnection().getNativeClient();
  const throttle = (name: string, limit: number, window: number) => new Throttle({ pool, name, limit, window });
  const window = config.signInFailureWindow;
  const signIn = new SignIn({
    em,
    inTransaction,
    passwords,
    throttle: new GuessThrottle({
      byAccount: throttle('sign-in-account', config.signInFailuresPerAccount, window),
      byNetwork: throttle('sign-in-network', config.signInFailuresPerAddress, window),
    }),
    sessions: browserSessions,
  });
  const signUp = new SignUp({
    registration,
    firstAdministrator,
    emailVerification,
    sessions: browserSessions,
    throttle: throttle('sign-up', config.signUpsPerAddress, 3600),
  });

  const templates = new Map([[confirmEmailTemplate, confirmEmailMail(emailVerification, config.name)]]);
  const showsInbox = config.smtpUrl === undefined && config.local;
  const mail = new MailDelivery({
    statements,
    clock,
    log,
    templates,
    mailer: config.smtpUrl === undefined ? inboxMailer : smtpMailer(config.smtpUrl, config.mailFrom),
    serviceName: config.name,
  });
  // Without a mail server, and with nobody here to look into the inbox, mail waits.
  if (config.smtpUrl !== undefined || showsInbox) mail.start();

  const jobs = new Jobs({ statements, clock, log });
  const cleanUp = new CleanUp({ statements, clock });
  jobs.defineChore('clean-up', cleanUp.often);
  jobs.defineChore('clean-up-daily', cleanUp.daily);
  const appSecrets = new AppSecrets({ passwords });
  const connectedApps = new ConnectedApps({ em, inTransaction, clock });
  const apis = new Apis({ em, inTransaction, clock, config });
  const answerApp = appAnswers({ issuer, pages });
  const sectors = new SectorIdentifiers({ outbound });
  const appRegistration = new AppRegistration({ inTransaction, clock, secrets: appSecrets, sectors, config });
  const clientDocuments = new ClientDocuments({
    em,
    inTransaction,
    registration: appRegistration,
    outbound,
    clock,
    throttle: throttle('client-document', config.clientDocumentsPerAddress, 3600),
    enabled: config.clientIdMetadata,
    local: config.local,
  });
  const oauth = await createAuthorizationServer({
    em,
    inTransaction,
    statements,
    clock,
    config,
    secret,
    appSecrets,
    connectedApps,
    answerApp,
    clientDocuments,
    outbound,
    audit: new AuditLog({ clock }),
    jobs,
    addresses,
    clientThrottle: new ClientThrottle({
      byClient: throttle('client', config.clientFailures, config.clientFailureWindow),
      byNetwork: throttle('client-network', config.clientFailuresPerAddress, config.clientFailureWindow),
      clock,
    }),
  });

  const apps = new Apps({ em, clock });
  const registrationTokens = new RegistrationTokens({ em, inTransaction, clock });

  const schema = createGraphQLSchema({
    accounts: new Accounts({ em, inTransaction, clock, passwords }),
    profiles: new Profiles({ inTransaction, clock }),
    registration,
    emailVerification,
    sessions: browserSessions,
    apis,
    apps,
    appRegistration,
    registrationTokens,
    connectedApps,
    impersonations: oauth.impersonations,
  });
  await jobs.start();
  const graphql = await GraphQLServer.start({ schema, settings: config, log });

  await putWebClientInPlace({ inTransaction, clock, issuer, name: config.name });

  const aliases = config.djangoPaths ? djangoPaths : noDjangoPaths;
  const server = express();
  server.disable('x-powered-by').disable('etag');
  server.use(requestLog(log), tellRequestId(), securityHeaders(issuer));

  // For programs: bearer tokens and client authentication, any origin, no cookies.
  server.use(
    paths.graphql,
    graphqlRoutes({
      server: graphql,
      authenticate: requireBearer(oauth, {
        resourceMetadata: `${issuer}${paths.graphqlMetadata}`,
        body: unauthenticated,
      }),
      principalOf,
      settings: config,
    }),
  );
  // The busiest first: a router that has no route for a request hands it on by way of the event loop.
  server.use(tokenRoutes(oauth, aliases));
  const devices = throttle('device', config.devicesPerAddress, 3600);
  server.use(
    deviceAuthorizationRoutes({ ...oauth, throttle: devices, addresses, issuer }, aliases.deviceAuthorization),
  );
  server.use(userinfoRoutes({ ...oauth, clock, issuer }, aliases));
  server.use(discoveryRoutes({ config, keys: oauth.keys }, aliases.configuration));

  // From here on each request has its own ORM context.
  server.use(requestScope(orm));
  server.use(pushedRequestRoutes(oauth));
  server.use(
    registrationRoutes({
      registration: new DynamicRegistration({ registration: appRegistration, apps, secrets: appSecrets }),
      registrationTokens,
      throttle: throttle('register', config.registrationsPerAddress, 3600),
      addresses,
      config,
    }),
  );

  // For people: the server's own pages.
  server.use(assetRoutes(assets));
  const page = { pages, browsers, formTokens, currentSessions };
  const questions = new ConsentQuestions({ reach: describeScopes(schema), apis });
  const describeContinuation = (path: string, browserHash: Uint8Array) => oauth.requests.describe(path, browserHash);
  server.use(signInRoutes({ ...page, signIn, describeContinuation }));
  server.use(signUpRoutes({ ...page, signUp, describeContinuation }));
  const signOuts = new SignOuts({ pages, currentSessions, frontChannel: oauth.frontChannel, jobs });
  server.use(signOutRoutes({ ...page, signOuts }));
  server.use(logoutRoutes({ ...page, signOuts, requests: oauth.logoutRequests }, aliases.endSession));
  server.use(setUpRoutes({ ...page, firstAdministrator, signUp }));
  server.use(confirmEmailRoutes({ ...page, emailVerification }));
  if (showsInbox) server.use(inboxRoutes({ em, pages, templates }));
  server.use(
    authorizeRoutes(
      {
        engine: oauth.engine,
        incoming: oauth.incoming,
        requests: oauth.requests,
        addresses,
        ...page,
        questions,
        answerApp,
      },
      aliases.authorize,
    ),
  );
  const deviceCodes = new GuessThrottle({
    byAccount: throttle('device-code-account', config.deviceCodeFailuresPerAccount, window),
    byNetwork: throttle('device-code-network', config.deviceCodeFailuresPerAddress, window),
  });
  server.use(deviceRoutes({ ...page, devices: oauth.devices, throttle: deviceCodes, addresses, questions }));
  server.use(webClientRoutes({ folder: webClient, config }));
  server.use(notFound());
  server.use(errorHandler((req, res, failure) => pages.sendFailure(req, res, failure)));
  return {
    handler: server,
    firstAdministrator,
    close: async () => {
      await Promise.all([mail.stop(), jobs.stop(), graphql.stop()]);
    },
  };
};
