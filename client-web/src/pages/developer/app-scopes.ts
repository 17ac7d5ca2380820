/** The scopes that any app may ask people for, in the order of the documentation. */
export const openScopes: readonly string[] = [
  'openid',
  'profile',
  'email',
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
