/** The scopes there are. What each reaches in GraphQL is said by the fields themselves (`graphql/require-scopes.ts`). */

export interface Scope {
  readonly name: string;
  /** Open: any app may ask. Administrative: only an app that an administrator allowed it, for a person with the role. */
  readonly kind: 'open' | 'administrative';
  /** May an app have it for itself, without a person (client credentials)? */
  readonly forApps: boolean;
}

const scope = (name: string, kind: Scope['kind'], forApps = false): Scope => ({ name, kind, forApps });

export const scopes: readonly Scope[] = [
  scope('openid', 'open'),
  scope('profile', 'open'),
  scope('email', 'open'),
  scope('address', 'open'),
  scope('phone', 'open'),
  scope('offline_access', 'open'),
  /** The scope of django-oauth-toolkit: who the person is. */
  scope('read', 'open', true),
  scope('profile:write', 'open'),
  scope('connected-apps:read', 'open'),
  scope('connected-apps:write', 'open'),
  scope('sessions:read', 'open'),
  scope('sessions:write', 'open'),
  scope('apps:read', 'open'),
  scope('apps:write', 'open'),
  scope('admin:users:read', 'administrative', true),
  scope('admin:users:write', 'administrative', true),
  scope('admin:apps:read', 'administrative', true),
  scope('admin:apps:write', 'administrative', true),
  scope('admin:apis:read', 'administrative', true),
  scope('admin:apis:write', 'administrative', true),
];

const byName = new Map(scopes.map((known) => [known.name, known]));

export const findScope = (name: string): Scope | undefined => byName.get(name);

/** What an app may ask for unless it says otherwise at its registration. */
export const defaultAppScopes: readonly string[] = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
  'read',
];

/** RFC 6749 §3.3: scope-token characters, separated by single spaces; order and repetition mean nothing. */
export const parseScope = (value: string): string[] | null => {
  const names = value.split(' ').filter((name) => name !== '');
  return names.every((name) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name)) ? [...new Set(names)] : null;
};
