/** Apps in the names of RFC 7591. */
import { expect, test } from 'vitest';
import { readAppMetadata, toAppMetadata } from '../../server/apps/app-metadata.ts';
import { DomainError } from '../../server/kernel/domain-error.ts';

const problemsOf = (metadata: unknown): string[] => {
  try {
    readAppMetadata(metadata);
    return [];
  } catch (error) {
    return error instanceof DomainError ? error.userErrors.map(({ message }) => message) : [String(error)];
  }
};

test('all members are read', () => {
  expect(
    readAppMetadata({
      client_id: 'forum',
      client_secret: 'a secret that was chosen',
      client_name: 'Forum',
      client_uri: 'https://forum.example.org',
      redirect_uris: ['https://forum.example.org/callback'],
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      scope: 'openid profile',
      require_pkce: false,
      trusted: true,
      owner: 'kim',
    }),
  ).toEqual({
    app: {
      clientId: 'forum',
      clientSecret: 'a secret that was chosen',
      name: 'Forum',
      type: 'web',
      homepageUri: 'https://forum.example.org',
      redirectUris: ['https://forum.example.org/callback'],
      authMethod: 'client_secret_post',
      grantTypes: ['authorization_code'],
      scopes: ['openid', 'profile'],
      requirePkce: false,
      trusted: true,
    },
    owner: 'kim',
  });
});

test.each([
  ['web', {}],
  ['web', { token_endpoint_auth_method: 'client_secret_post' }],
  ['spa', { token_endpoint_auth_method: 'none' }],
  ['native', { application_type: 'native', token_endpoint_auth_method: 'none' }],
  ['native', { redirect_uris: ['org.example.app:/callback'], token_endpoint_auth_method: 'none' }],
  ['service', { grant_types: ['client_credentials'] }],
])('an app is a %s by its members', (type, metadata) => {
  expect(readAppMetadata(metadata).app.type).toBe(type);
});

test('what is unknown, not supported yet or of the wrong kind is named', () => {
  expect(problemsOf({ client_name: 'Forum', jwks_uri: 'https://a.example', colour: 'green' })).toEqual([
    'jwks_uri is not supported yet.',
    'There is no member "colour".',
  ]);
  expect(problemsOf({ token_endpoint_auth_method: 'private_key_jwt' })).toEqual([
    'token_endpoint_auth_method: "private_key_jwt" is not supported; use one of client_secret_basic, client_secret_post, none.',
  ]);
  expect(problemsOf({ grant_types: ['authorization_code', 'implicit'] })[0]).toContain('grant_types.1: "implicit"');
  expect(problemsOf({ response_types: ['token'] })[0]).toContain('response_types.0: "token"');
  expect(problemsOf({ redirect_uris: 'https://a.example' })[0]).toContain('redirect_uris');
  expect(problemsOf({ require_pkce: 'no' })[0]).toContain('require_pkce');
});

test.each([[null], [[]], ['text'], [1]])('%j is no metadata', (metadata) => {
  expect(problemsOf(metadata)).toEqual(['The metadata must be a JSON object.']);
});

test('an app is told of in the same names', () => {
  const { app } = readAppMetadata({ client_id: 'forum', scope: 'openid', redirect_uris: ['https://a.example/'] });
  const told = toAppMetadata(
    Object.assign(Object.create(null), {
      ...app,
      authMethod: 'none',
      grantTypes: ['authorization_code'],
      trusted: false,
      requirePkce: true,
    }),
    null,
  );
  expect(told).toEqual({
    client_id: 'forum',
    client_name: 'forum',
    redirect_uris: ['https://a.example/'],
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    scope: 'openid',
    application_type: 'web',
    require_pkce: true,
    trusted: false,
  });
});
