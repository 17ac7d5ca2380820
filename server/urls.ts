/** Every path of the server, and absolute URLs made from the configured issuer, never from a request. */

export const paths = {
  signIn: '/sign-in',
  signUp: '/sign-up',
  signOut: '/sign-out',
  /** Creates the first administrator, by a one-time link. */
  setUp: '/set-up',
  confirmEmail: '/confirm-email',
  /** What was mailed, while there is no mail server. */
  inbox: '/inbox',
  assets: '/assets',
  /** The files of the web client. */
  webClientFiles: '/static',
  authorize: '/oauth/authorize',
  token: '/oauth/token',
  /** For devices: where they begin (RFC 8628 §3.1). */
  deviceAuthorization: '/oauth/device-authorization',
  /** For their people: where they type the code. */
  device: '/device',
  /** RFC 9126 */
  pushedRequest: '/oauth/par',
  /** RFC 7591; below it, each app that registered itself has its own (RFC 7592) */
  register: '/oauth/register',
  revoke: '/oauth/revoke',
  introspect: '/oauth/introspect',
  userinfo: '/oauth/userinfo',
  /** OpenID Connect RP-Initiated Logout. */
  endSession: '/oauth/logout',
  /** The answer to the question whether to sign out. */
  confirmEndSession: '/oauth/logout/confirm',
  jwks: '/oauth/jwks',
  openidConfiguration: '/.well-known/openid-configuration',
  authorizationServerMetadata: '/.well-known/oauth-authorization-server',
  /** RFC 9728 §3.1: the metadata of the resource `/graphql`. */
  graphqlMetadata: '/.well-known/oauth-protected-resource/graphql',
  graphql: '/graphql',
  /** The web client is a page at every path that is nobody else's; this is where its sign-in comes back to. */
  webClientCallback: '/callback',
} as const;

/** One authorization request, waiting for its person. */
export const authorizationRequestPath = (id: string): string => `${paths.authorize}/${id}`;

/** One device, by the code that its person typed. */
export const devicePath = (userCode: string): string => `${paths.device}/${userCode}`;

/** An app in the web client, as its owner sees it. */
export const appSettingsPath = (id: string): string => `/developer/apps/${id}`;

/** Where a page may send the browser on to: a path of this server, never another origin. */
export const isOwnPath = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= 2000 &&
  /^\/(?![/\\])[\x21-\x7e]*$/.test(value) &&
  !value.includes('\\') &&
  URL.parse(value, 'http://own.invalid')?.origin === 'http://own.invalid';
