/** The authorization server, put together: what its endpoints need, made in one place. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import type { AppSecrets } from '../apps/app-secret.ts';
import type { ClientDocuments } from '../apps/client-documents.ts';
import type { ConnectedApps } from '../apps/connected-apps.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Config } from '../config.ts';
import type { Statements } from '../database/statements.ts';
import type { InTransaction } from '../database/unit-of-work.ts';
import type { ClientAddresses } from '../http/client-address.ts';
import type { OutboundRequests } from '../http/outbound.ts';
import { endedAccessKind } from '../jobs/ended-access.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Clock } from '../kernel/clock.ts';
import type { OperatorSecret } from '../kernel/operator-secret.ts';
import { DeviceAuthorizations } from './authorize/device-authorizations.ts';
import { IdTokenHints } from './authorize/id-token-hint.ts';
import { IncomingRequests } from './authorize/incoming-requests.ts';
import { AuthorizationCodes } from './authorize/issue-code.ts';
import { Permits } from './authorize/permits.ts';
import { PushedRequests } from './authorize/pushed-requests.ts';
import { RequestObjects } from './authorize/request-objects.ts';
import { ClientAssertions } from './endpoints/client-assertions.ts';
import { ClientAuthentication } from './endpoints/client-authentication.ts';
import type { ClientThrottle } from './endpoints/client-throttle.ts';
import { AuthorizationCodeGrant } from './grants/authorization-code.ts';
import { ClientCredentialsGrant } from './grants/client-credentials.ts';
import { DeviceCodeGrant } from './grants/device-code.ts';
import { FamilyTokens } from './grants/family-tokens.ts';
import { RefreshTokenGrant } from './grants/refresh-token.ts';
import { TokenExchangeGrant } from './grants/token-exchange.ts';
import { LogoutRequests } from './logout/logout-request.ts';
import { LogoutTokens, logoutTokenKind } from './logout/logout-tokens.ts';
import { EndedAccessNotices, FrontChannelLogout } from './logout/told-apps.ts';
import { type AnswerApp, type AuthorizationEngine, createAuthorizationEngine } from './oauth2orize/server.ts';
import { AuthorizationRequests } from './oauth2orize/transaction-store.ts';
import { AccessTokens } from './tokens/access-tokens.ts';
import { Audiences } from './tokens/audiences.ts';
import { ClientKeys } from './tokens/client-keys.ts';
import { DpopProofs } from './tokens/dpop.ts';
import { DpopNonces } from './tokens/dpop-nonces.ts';
import { Impersonations } from './tokens/impersonation.ts';
import { Introspection } from './tokens/introspection.ts';
import { TokenIssuer } from './tokens/issue-tokens.ts';
import { Revocation } from './tokens/revocation.ts';
import { SigningKeys } from './tokens/signing-keys.ts';
import { Subjects } from './tokens/subjects.ts';
import { UsedJtis } from './tokens/used-jtis.ts';

export interface AuthorizationServer {
  engine: AuthorizationEngine;
  requests: AuthorizationRequests;
  incoming: IncomingRequests;
  pushed: PushedRequests;
  audiences: Audiences;
  devices: DeviceAuthorizations;
  impersonations: Impersonations;
  accessTokens: AccessTokens;
  proofs: DpopProofs;
  clients: ClientAuthentication;
  revocation: Revocation;
  introspection: Introspection;
  keys: SigningKeys;
  logoutRequests: LogoutRequests;
  frontChannel: FrontChannelLogout;
}

export interface AuthorizationServerDependencies {
  em: EntityManager;
  inTransaction: InTransaction;
  statements: Statements;
  clock: Clock;
  config: Config;
  secret: OperatorSecret;
  appSecrets: AppSecrets;
  connectedApps: ConnectedApps;
  clientDocuments: ClientDocuments;
  answerApp: AnswerApp;
  outbound: OutboundRequests;
  audit: AuditLog;
  jobs: Jobs;
  addresses: ClientAddresses;
  clientThrottle: ClientThrottle;
}

/** @throws WrongSecretError where the signing keys in the database were sealed with another secret */
export const createAuthorizationServer = async (
  deps: AuthorizationServerDependencies,
): Promise<AuthorizationServer> => {
  const { em, inTransaction, statements, clock, config, connectedApps } = deps;
  const keys = await SigningKeys.open({ statements, inTransaction, clock, secret: deps.secret });
  const subjects = await Subjects.open({ inTransaction, clock, secret: deps.secret });
  const audiences = new Audiences({ statements, issuer: config.issuer });
  const findAccount = (id: string) => em.fork().findOne(Account, { id });
  const issuer = new TokenIssuer({ clock, keys, subjects, findAccount, config });
  const familyTokens = new FamilyTokens({ statements, issuer });
  const accessTokens = new AccessTokens({ statements, clock, subjects, keys });
  const nonces = config.dpopNonce ? new DpopNonces({ secret: deps.secret, clock }) : null;
  const proofs = new DpopProofs({ statements, clock, issuer: config.issuer, nonces });
  const clientKeys = new ClientKeys({ outbound: deps.outbound, clock });
  const usedJtis = new UsedJtis({ statements });
  const requests = new AuthorizationRequests({ em, inTransaction, clock });
  const pushed = new PushedRequests({ em, statements, clock });
  const objects = new RequestObjects({ keys: clientKeys, clock, issuer: config.issuer });
  const hints = new IdTokenHints({ keys, issuer: config.issuer, connectedApps, findAccount });
  const incoming = new IncomingRequests({ objects, pushed, audiences, hints, em, documents: deps.clientDocuments });
  const impersonations = new Impersonations({ inTransaction, clock, audit: deps.audit });
  const permits = new Permits({ clock, connectedApps, config });
  const engine = createAuthorizationEngine({
    requests,
    codes: new AuthorizationCodes({ inTransaction, clock, permits }),
    allowedScopes: async (accountId, appId) => (await connectedApps.find(accountId, appId))?.scopes ?? [],
    grants: [
      new AuthorizationCodeGrant({ statements, clock, issuer, audiences, familyTokens }),
      new RefreshTokenGrant({ statements, clock, issuer, audiences, familyTokens, config }),
      new ClientCredentialsGrant({ statements, clock, issuer, audiences }),
      new DeviceCodeGrant({ inTransaction, statements, clock, issuer, audiences, familyTokens }),
      new TokenExchangeGrant({ statements, inTransaction, clock, issuer, audiences, accessTokens, impersonations }),
    ],
    incoming,
    subjects,
    answerApp: deps.answerApp,
    clock,
  });
  deps.jobs.define(endedAccessKind, new EndedAccessNotices({ inTransaction, clock }));
  const { outbound } = deps;
  const logoutTokens = new LogoutTokens({ em, keys, subjects, outbound, clock, issuer: config.issuer });
  deps.jobs.define(logoutTokenKind, logoutTokens);
  deps.jobs.defineChore('rotate-keys', {
    every: 3600,
    run: async () => {
      if (config.keyRotation > 0) await keys.rotateOlderThan(config.keyRotation * 86_400);
    },
  });
  return {
    engine,
    requests,
    incoming,
    pushed,
    audiences,
    devices: new DeviceAuthorizations({ em, inTransaction, statements, clock, audiences, permits, config }),
    impersonations,
    accessTokens,
    proofs,
    clients: new ClientAuthentication({
      statements,
      secrets: deps.appSecrets,
      assertions: new ClientAssertions({ keys: clientKeys, usedJtis, clock, issuer: config.issuer }),
      documents: deps.clientDocuments,
      throttle: deps.clientThrottle,
      addresses: deps.addresses,
      clock,
      issuer: config.issuer,
    }),
    revocation: new Revocation({ statements, clock, keys }),
    introspection: new Introspection({ statements, accessTokens, subjects, clock, config }),
    keys,
    logoutRequests: new LogoutRequests({ em, keys, subjects, issuer: config.issuer }),
    frontChannel: new FrontChannelLogout({ em, subjects, issuer: config.issuer }),
  };
};
