/** What an app asks a person for: scopes of this server, and those of the registered APIs that it names (RFC 8707 §2). */
import { apiPermission } from '../../apis/api-permission.ts';
import { findScope, parseScope } from '../../kernel/scopes.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Audience } from '../tokens/audiences.ts';

/**
 * @param requested the parameter `scope`; without one, what django-oauth-toolkit calls the default: who the person is
 * @param allowed of this server's own scopes, what the app may ask for
 * @param apis that it names
 * @throws OAuthError `invalid_scope`
 */
export const requestedScopes = (
  requested: string | undefined,
  allowed: readonly string[],
  apis: readonly Audience[],
): string[] => {
  const names = requested === undefined ? ['read'].filter((name) => allowed.includes(name)) : parseScope(requested);
  if (names === null || (names.length === 0 && apis.length === 0)) {
    throw OAuthError.invalidScope('The scope is missing or malformed.');
  }
  for (const name of names) {
    if (allowed.includes(name) || apis.some(({ scopes }) => scopes.includes(name))) continue;
    throw OAuthError.invalidScope(
      findScope(name) === undefined ? 'There is no such scope.' : 'The client may not ask for one of these scopes.',
    );
  }
  return names;
};

/** The same as a person allows it and as it is remembered: see `apis/api-permission.ts`. */
export const permissionsFor = (
  scopes: readonly string[],
  allowed: readonly string[],
  apis: readonly Audience[],
): string[] => [
  ...scopes.filter((name) => allowed.includes(name)),
  ...apis.flatMap(({ identifier, scopes: known }) => {
    const there = scopes.filter((name) => known.includes(name));
    return (there.length === 0 ? [''] : there).map((scope) => apiPermission({ identifier, scope }));
  }),
];
