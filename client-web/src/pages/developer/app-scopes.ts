/** The scopes that an app may ask for, in the order of the documentation. */

/** Any app may ask people for these. */
export const openScopes: readonly string[] = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
  'read',
  'profile:write',
  'connected-apps:read',
  'connected-apps:write',
  'sessions:read',
  'sessions:write',
  'apps:read',
  'apps:write',
];

/** Only an administrator lets an app ask for these, and they work for administrators only. */
export const administrativeScopes: readonly string[] = [
  'admin:users:read',
  'admin:users:write',
  'admin:apps:read',
  'admin:apps:write',
  'admin:apis:read',
  'admin:apis:write',
];

/** What an app may have for itself, without a person. */
export const serviceScopes: readonly string[] = ['read'];
