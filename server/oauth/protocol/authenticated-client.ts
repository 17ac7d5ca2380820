import type { App } from '../../apps/app.entity.ts';

/** The client as its authentication left it: what is needed of the app, read by that one statement. */
export type AuthenticatedClient = Pick<
  App,
  | 'id'
  | 'clientId'
  | 'name'
  | 'type'
  | 'authMethod'
  | 'grantTypes'
  | 'scopes'
  | 'profile'
  | 'dpopBoundAccessTokens'
  | 'idTokenSignedResponseAlg'
  | 'accessTokenLifetime'
  | 'idTokenLifetime'
  | 'refreshTokenLifetime'
> &
  SubjectClient;

/** What the `sub` that an app is told depends on (OpenID Connect Core §8.1). */
export type SubjectClient = Pick<App, 'subjectType' | 'sectorIdentifierUri'> & {
  /** Read for pairwise subjects only: else empty. */
  readonly redirectUris: readonly string[];
};
