/** Where django-oauth-toolkit has what this server has elsewhere: its clients work after a change of the base URL alone. */

/** With and without the trailing slash: Express takes both. */
export const djangoPaths = {
  authorize: ['/o/authorize'],
  token: ['/o/token'],
  revoke: ['/o/revoke_token'],
  introspect: ['/o/introspect'],
  userinfo: ['/o/userinfo'],
  endSession: ['/o/logout'],
  deviceAuthorization: ['/o/device-authorization'],
  configuration: ['/o/.well-known/openid-configuration'],
  /** The view that django-oauth-toolkit's tutorial has an institution write. */
  profile: ['/profile'],
} as const;

export const noDjangoPaths: { readonly [Name in keyof typeof djangoPaths]: readonly [] } = {
  authorize: [],
  token: [],
  revoke: [],
  introspect: [],
  userinfo: [],
  endSession: [],
  deviceAuthorization: [],
  configuration: [],
  profile: [],
};
