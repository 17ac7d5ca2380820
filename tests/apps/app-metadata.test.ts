/** Apps in the names of RFC 7591. */
import { expect, test } from 'vitest';
import type { App } from '../../server/apps/app.entity.ts';
import { type AppSetting, completeDraft } from '../../server/apps/app-draft.ts';
import { memberOf, readAppMetadata, toAppMetadata, typeOf } from '../../server/apps/app-metadata.ts';
import { DomainError } from '../../server/kernel/domain-error.ts';

const strict = { ignoreUnknown: false };

const problemsOf = (metadata: unknown, options = strict): string[] => {
  try {
    readAppMetadata(metadata, options);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) return [String(error)];
    return error.userErrors.map(({ path, message }) => [...path, message].join(': '));
  }
};

test('members are read by the names of the rules; null takes away only what can be taken away', () => {
  expect(
    readAppMetadata(
      {
        client_id: 'forum',
        client_secret: 'a secret that was chosen',
        client_name: 'Forum',
        client_uri: 'https://forum.example.org',
        redirect_uris: ['https://forum.example.org/callback'],
        token_endpoint_auth_method: 'client_secret_post',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        application_type: 'web',
        scope: 'openid profile',
        require_pkce: false,
        trusted: true,
        owner: 'kim',
        jwks_uri: null,
        post_logout_redirect_uris: null,
        apis: [{ identifier: 'https://api.example.org', scopes: ['read'] }],
      },
      strict,
    ),
  ).toEqual({
    clientId: 'forum',
    clientSecret: 'a secret that was chosen',
    responseTypes: ['code'],
    applicationType: 'web',
    owner: 'kim',
    apis: [{ identifier: 'https://api.example.org', scopes: ['read'] }],
    settings: {
      name: 'Forum',
      homepageUri: 'https://forum.example.org',
      redirectUris: ['https://forum.example.org/callback'],
      authMethod: 'client_secret_post',
      grantTypes: ['authorization_code'],
      scopes: ['openid', 'profile'],
      requirePkce: false,
      trusted: true,
      jwksUri: null,
    },
  });
});

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

test.each([
  ['web', {}],
  ['web', { token_endpoint_auth_method: 'client_secret_post' }],
  ['spa', { token_endpoint_auth_method: 'none' }],
  ['native', { application_type: 'native', token_endpoint_auth_method: 'none' }],
  ['native', { redirect_uris: ['org.example.app:/callback'], token_endpoint_auth_method: 'none' }],
  ['native', { grant_types: [deviceGrant], token_endpoint_auth_method: 'none' }],
  ['service', { grant_types: ['client_credentials'] }],
  ['service', { grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange'] }],
  ['web', { grant_types: ['authorization_code', 'client_credentials'] }],
])('an app is a %s by its members %j', (type, metadata) => {
  expect(typeOf(readAppMetadata(metadata, strict))).toBe(type);
});

test('what is unknown, not offered or of the wrong kind is named', () => {
  expect(problemsOf({ client_name: 'Forum', colour: 'green' })).toEqual(['There is no member "colour".']);
  expect(problemsOf({ software_statement: 'eyJ…' })).toEqual([
    'software_statement: No third party’s statements are trusted here.',
  ]);
  expect(problemsOf({ token_endpoint_auth_method: 'client_secret_jwt' })).toEqual([
    'authMethod: "client_secret_jwt" is not supported; use one of client_secret_basic, client_secret_post, private_key_jwt, none.',
  ]);
  expect(problemsOf({ grant_types: ['authorization_code', 'implicit'] })[0]).toContain('grantTypes: 1: "implicit"');
  expect(problemsOf({ response_types: ['token'] })[0]).toContain('responseTypes: 0: "token"');
  expect(problemsOf({ redirect_uris: 'https://a.example' })[0]).toContain('redirectUris');
  expect(problemsOf({ require_pkce: 'no' })[0]).toContain('requirePkce');
  expect(problemsOf({ default_max_age: 1.5 })[0]).toContain('defaultMaxAge');
  expect(problemsOf({ scope: 'a"b' })).toEqual(['scopes: It holds characters that no scope has.']);
});

test('names in other languages are passed over', () => {
  expect(problemsOf({ client_name: 'Forum', 'client_name#fr': 'Forum', 'tos_uri#de': 7 })).toEqual([]);
});

test('to programs, only what they would be worse off without matters', () => {
  const lenient = { ignoreUnknown: true };
  const ignored = { colour: 'green', software_statement: 'eyJ', default_acr_values: ['1'], request_uris: [] };
  expect(problemsOf(ignored, lenient)).toEqual([]);
  expect(problemsOf({ id_token_encrypted_response_alg: 'RSA-OAEP' }, lenient)).toHaveLength(1);
  expect(problemsOf({ tls_client_certificate_bound_access_tokens: true }, lenient)).toHaveLength(1);
});

test.each([[null], [[]], ['text'], [1]])('%j is no metadata', (metadata) => {
  expect(problemsOf(metadata)).toEqual(['The metadata must be a JSON object.']);
});

test('every setting that is told is read back as it was', () => {
  const details = completeDraft({
    name: 'Forum',
    type: 'web',
    redirectUris: ['https://a.example/'],
    scopes: ['openid', 'email'],
    contacts: ['kim@example.org'],
    jwksUri: 'https://a.example/jwks',
    userinfoSignedResponseAlg: 'RS256',
    defaultMaxAge: 3600,
    accessTokenLifetime: 60,
  });
  const told = toAppMetadata({ ...details, clientId: 'forum' } as unknown as App, null);
  const { settings } = readAppMetadata(told, strict);
  expect(completeDraft({ name: '', ...settings, type: 'web' })).toEqual(details);
  for (const setting of Object.keys(details) as AppSetting[]) expect(memberOf(setting)).toMatch(/^[a-z0-9_]+$/);
});
