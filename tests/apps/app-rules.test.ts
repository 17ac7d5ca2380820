/** Which addresses, methods, grants and scopes an app may have. */
import { describe, expect, test } from 'vitest';
import type { AppType } from '../../server/apps/app.entity.ts';
import { type AppDraft, completeDraft } from '../../server/apps/app-draft.ts';
import { appProblems } from '../../server/apps/app-rules.ts';
import { redirectUriProblem } from '../../server/apps/redirect-uris.ts';

const bounds = { accessTokenLifetimeMax: 3600, refreshTokenLifetimeMax: 86_400 };

const problemsOf = (draft: Partial<AppDraft> & { type: AppType }, mayAdminister = false) =>
  appProblems(
    completeDraft({
      name: 'An app',
      ...(draft.type === 'service' ? {} : { redirectUris: ['https://a.example/'] }),
      ...draft,
    }),
    { mayAdminister, bounds },
  ).map(({ code, path }) => `${code} ${path.join('.')}`);

describe('a redirect URI', () => {
  const accepted: [AppType, string][] = [
    ['web', 'https://app.example.org'],
    ['web', 'https://app.example.org/callback'],
    ['web', 'https://app.example.org:8443/callback?dummy1=lorem&dummy2=ipsum'],
    ['web', 'https://APP.example.org/%7Ekim/'],
    ['web', 'https://app.example.org:443/'],
    ['web', 'https://[2001:db8::1]/callback'],
    ['web', 'http://localhost:3000/callback'],
    ['spa', 'http://127.0.0.1:3000'],
    ['spa', 'http://[::1]:3000/callback'],
    ['native', 'https://app.example.org/callback'],
    ['native', 'http://127.0.0.1/callback'],
    ['native', 'org.example.app:/callback'],
    ['native', 'org.example.app://callback'],
  ];
  test.each(accepted)('of a %s app can be %s', (type, uri) => {
    expect(redirectUriProblem(type, uri)).toBeNull();
  });

  const refused: [AppType, string][] = [
    ['web', ''],
    ['web', 'callback'],
    ['web', '/callback'],
    ['web', '//app.example.org/callback'],
    ['web', 'http://app.example.org/callback'],
    ['web', 'http://localhost.example.org/callback'],
    ['web', 'http://127.0.0.1.example.org/'],
    ['web', 'http://localhost:80@evil.example/'],
    ['web', 'http://127.1/'],
    ['web', 'http://0x7f.1/'],
    ['web', 'https://app.example.org/#fragment'],
    ['web', 'https://app.example.org/#'],
    ['web', 'https://kim:secret@app.example.org/'],
    ['web', 'https://@app.example.org/'],
    ['web', 'https://*.example.org/callback'],
    ['web', 'https://app.example.org/*'],
    ['web', 'https:app.example.org/callback'],
    ['web', 'https:/app.example.org/callback'],
    ['web', 'https:\\\\app.example.org\\callback'],
    ['web', 'https://app.example.org\\@evil.example/'],
    ['web', ' https://app.example.org/'],
    ['web', 'https://app.example.org/ '],
    ['web', 'https://app.example.org/a b'],
    ['web', 'https://app.exa\tmple.org/'],
    ['web', 'https://app.example.org/\n'],
    ['web', 'https://app.example.org/\0'],
    ['web', 'https://äpp.example.org/'],
    ['web', 'https://ex%61mple.org/'],
    ['web', 'javascript:alert(1)'],
    ['native', 'javascript:alert(1)'],
    ['native', 'JavaScript://%0aalert(1)'],
    ['native', 'data:text/html,hello'],
    ['native', 'file:///etc/passwd'],
    ['native', 'blob:https://app.example.org/1'],
    ['native', 'myapp:/callback'],
    ['native', 'Org.example.app:/callback'],
    ['native', 'org.example.app://kim@callback'],
    ['native', 'http://app.example.org/callback'],
    ['web', 'org.example.app:/callback'],
    ['spa', 'org.example.app:/callback'],
    ['web', `https://app.example.org/${'a'.repeat(2000)}`],
  ];
  test.each(refused)('of a %s app cannot be %j', (type, uri) => {
    expect(redirectUriProblem(type, uri)).not.toBeNull();
  });

  test('is kept byte for byte', () => {
    const uri = 'https://APP.example.org:443/%7Ekim/?a=%2f';
    expect(completeDraft({ name: 'An app', type: 'web', redirectUris: [uri] }).redirectUris).toEqual([uri]);
  });

  test('is listed once, and at most fifty times', () => {
    expect(problemsOf({ type: 'web', redirectUris: ['https://a.example/', 'https://a.example/'] })).toEqual([
      'DUPLICATE redirectUris.1',
    ]);
    const many = Array.from({ length: 51 }, (_, index) => `https://a.example/${index}`);
    expect(problemsOf({ type: 'web', redirectUris: many })).toEqual(['TOO_MANY redirectUris']);
  });
});

describe('the type presets', () => {
  test.each([
    ['web', 'client_secret_basic', ['authorization_code', 'refresh_token'], true],
    ['spa', 'none', ['authorization_code', 'refresh_token'], true],
    ['native', 'none', ['authorization_code', 'refresh_token'], true],
    ['service', 'client_secret_basic', ['client_credentials'], false],
  ] as const)('%s', (type, authMethod, grantTypes, requirePkce) => {
    expect(completeDraft({ name: 'An app', type })).toMatchObject({ authMethod, grantTypes, requirePkce });
  });

  test.each(['web', 'spa', 'native', 'service'] as const)('of %s break no rule', (type) => {
    expect(problemsOf({ type })).toEqual([]);
  });
});

describe('an app', () => {
  test('needs a name that people can read', () => {
    expect(problemsOf({ type: 'web', name: '  ' })).toEqual(['REQUIRED name']);
    expect(problemsOf({ type: 'web', name: 'x'.repeat(101) })).toEqual(['TOO_LONG name']);
    for (const name of ['a\0b', 'a\nb', 'a\u202eb', 'a\u200bb', '\ud800']) {
      expect(problemsOf({ type: 'web', name })).toEqual(['INVALID name']);
    }
  });

  test('has an address to return to, unless it is a service, which has none', () => {
    expect(problemsOf({ type: 'spa', redirectUris: [] })).toEqual(['REQUIRED redirectUris']);
    expect(problemsOf({ type: 'service', redirectUris: ['https://a.example/'] })).toEqual(['INVALID redirectUris']);
  });

  test('without a secret uses PKCE and no client credentials', () => {
    expect(problemsOf({ type: 'web', authMethod: 'none', requirePkce: false })).toEqual(['INVALID requirePkce']);
    expect(problemsOf({ type: 'web', authMethod: 'none', grantTypes: ['client_credentials'] })).toEqual([
      'INVALID grantTypes',
    ]);
    expect(problemsOf({ type: 'spa', authMethod: 'client_secret_basic' })).toEqual(['INVALID authMethod']);
    expect(problemsOf({ type: 'service', authMethod: 'none' })).toEqual([
      'INVALID authMethod',
      'INVALID requirePkce',
      'INVALID grantTypes',
    ]);
  });

  test('may keep an old client without PKCE, where it has a secret', () => {
    expect(problemsOf({ type: 'web', authMethod: 'client_secret_post', requirePkce: false })).toEqual([]);
  });

  test('uses the grants of its type', () => {
    expect(problemsOf({ type: 'spa', grantTypes: ['authorization_code', 'client_credentials'] })).toEqual([
      'INVALID grantTypes.1',
    ]);
    expect(problemsOf({ type: 'web', grantTypes: ['refresh_token'] })).toEqual(['INVALID grantTypes']);
    expect(problemsOf({ type: 'web', grantTypes: [] })).toEqual(['REQUIRED grantTypes']);
  });

  test('asks for scopes that there are and that suit it', () => {
    expect(problemsOf({ type: 'web', scopes: ['openid', 'nonsense'] })).toEqual(['UNKNOWN scopes.1']);
    expect(problemsOf({ type: 'service', scopes: ['profile'] })).toEqual(['INVALID scopes.0']);
    expect(problemsOf({ type: 'web', scopes: ['admin:users:read'] })).toEqual(['FORBIDDEN scopes.0']);
    expect(problemsOf({ type: 'web', scopes: ['admin:users:read'] }, true)).toEqual([]);
  });

  test('is trusted by administrators only', () => {
    expect(problemsOf({ type: 'web', trusted: true })).toEqual(['FORBIDDEN trusted']);
    expect(problemsOf({ type: 'web', trusted: true }, true)).toEqual([]);
  });

  test.each(['javascript:alert(1)', 'https://kim@a.example', 'data:,', 'a.example'])(
    'has no homepage %s',
    (homepageUri) => {
      expect(problemsOf({ type: 'web', homepageUri })).toEqual(['INVALID homepageUri']);
    },
  );
});
