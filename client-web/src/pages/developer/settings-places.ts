/** In which group of an app's settings each of them stands. */
import type { UpdateAppInput } from '../../graphql/generated/graphql.ts';

type Group = 'basics' | 'signIn' | 'tokens' | 'keys' | 'logout';

const groups: Readonly<Record<keyof Omit<UpdateAppInput, 'id'>, Group>> = {
  name: 'basics',
  homepageUri: 'basics',
  logoUri: 'basics',
  policyUri: 'basics',
  tosUri: 'basics',
  contacts: 'basics',
  softwareId: 'basics',
  softwareVersion: 'basics',
  trusted: 'basics',
  redirectUris: 'signIn',
  grantTypes: 'signIn',
  scopes: 'signIn',
  apis: 'signIn',
  requirePkce: 'signIn',
  requirePushedAuthorizationRequests: 'signIn',
  requireSignedRequestObject: 'signIn',
  initiateLoginUri: 'signIn',
  defaultMaxAge: 'signIn',
  subjectType: 'signIn',
  sectorIdentifierUri: 'signIn',
  profile: 'signIn',
  idTokenSignedResponseAlg: 'tokens',
  userinfoSignedResponseAlg: 'tokens',
  dpopBoundAccessTokens: 'tokens',
  accessTokenLifetime: 'tokens',
  idTokenLifetime: 'tokens',
  refreshTokenLifetime: 'tokens',
  refreshFamilyLifetime: 'tokens',
  authMethod: 'keys',
  jwks: 'keys',
  jwksUri: 'keys',
  tokenEndpointAuthSigningAlg: 'keys',
  requestObjectSigningAlg: 'keys',
  postLogoutRedirectUris: 'logout',
  backchannelLogoutUri: 'logout',
  backchannelLogoutSessionRequired: 'logout',
  frontchannelLogoutUri: 'logout',
  frontchannelLogoutSessionRequired: 'logout',
};

/** @returns null where the path is about none of them */
export const groupOf = ([first = '']: readonly string[]): Group | null =>
  Object.hasOwn(groups, first) ? groups[first as keyof typeof groups] : null;

/** What stands after `#` in the address while the group is open. */
export const anchorOf = (group: Group, interactive: boolean): string => {
  if (group !== 'signIn') return group;
  return interactive ? 'sign-in' : 'access';
};
