/** The rules for keys, addresses, lifetimes and the profile of an app. */
import fc from 'fast-check';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AppType } from '../../server/apps/app.entity.ts';
import { type AppDraft, completeDraft } from '../../server/apps/app-draft.ts';
import { keptKeySet, keySetProblems } from '../../server/apps/app-keys.ts';
import { appProblems } from '../../server/apps/app-rules.ts';

const bounds = { accessTokenLifetimeMax: 3600, refreshTokenLifetimeMax: 86_400 };
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

const problemsOf = (draft: Partial<AppDraft> & { type?: AppType }, judgement = {}) => {
  const { type = 'web' } = draft;
  const redirectUris = type === 'service' ? [] : ['https://a.example/callback'];
  const app = completeDraft({ name: 'An app', redirectUris, ...draft, type });
  return appProblems(app, { mayAdminister: false, bounds, ...judgement }).map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  );
};

const pairs: Record<string, { publicJwk: JWK; privateJwk: JWK }> = {};
beforeAll(async () => {
  for (const [name, algorithm, options] of [
    ['ec', 'ES256', {}],
    ['ed', 'EdDSA', {}],
    ['rsa', 'RS256', {}],
    ['p384', 'ES384', {}],
    ['p521', 'ES512', {}],
    ['x25519', 'ECDH-ES', { crv: 'X25519' }],
  ] as const) {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true, ...options });
    pairs[name] = { publicJwk: await exportJWK(publicKey), privateJwk: await exportJWK(privateKey) };
  }
});
const publicKey = (name: string): JWK => pairs[name]?.publicJwk ?? {};

describe('keys', () => {
  test('are public ones of P-256, Ed25519 or RSA', () => {
    for (const name of ['ec', 'ed', 'rsa']) {
      expect(keySetProblems({ keys: [{ ...publicKey(name), kid: name, use: 'sig' }] })).toEqual([]);
      expect(keySetProblems({ keys: [pairs[name]?.privateJwk] })).toHaveLength(1);
    }
    for (const name of ['p384', 'p521', 'x25519']) expect(keySetProblems({ keys: [publicKey(name)] })).toHaveLength(1);
  });

  test('are never secret, weak or broken', () => {
    const { n } = publicKey('rsa');
    const { x = '', y = '' } = publicKey('ec');
    for (const key of [
      { kty: 'oct', k: 'c2VjcmV0' },
      { kty: 'RSA', n: (n ?? '').slice(0, 171), e: 'AQAB' },
      { kty: 'RSA', n, e: 'AQ' },
      { kty: 'RSA', n, e: 'Aw' },
      { kty: 'RSA' },
      { kty: 'EC', crv: 'P-256', x, y: x },
      { kty: 'EC', crv: 'P-256', x },
      { kty: 'OKP', crv: 'Ed25519', x: 'short' },
      { kty: 'EC', crv: 'P-256', x, y, kid: 'a\0b' },
      { kty: 'EC', crv: 'P-256', x, y, kid: 7 },
      { kty: 'EC', crv: 'P-256', x, y, x5c: ['x'.repeat(5000)] },
      { kty: 'none' },
      {},
      [],
      null,
      'key',
    ]) {
      expect(keySetProblems({ keys: [key] }), JSON.stringify(key)).toHaveLength(1);
    }
  });

  test('are a set of one to twenty, each with a name of its own, one of them for signatures', () => {
    const key = publicKey('ec');
    expect(keySetProblems({ keys: Array.from({ length: 20 }, (_, kid) => ({ ...key, kid: String(kid) })) })).toEqual(
      [],
    );
    expect(
      keySetProblems({ keys: Array.from({ length: 21 }, (_, kid) => ({ ...key, kid: String(kid) })) }),
    ).toHaveLength(1);
    expect(
      keySetProblems({
        keys: [
          { ...key, kid: 'a' },
          { ...publicKey('ed'), kid: 'a' },
        ],
      }),
    ).toHaveLength(1);
    expect(keySetProblems({ keys: [{ ...key, use: 'enc' }] })).toHaveLength(1);
    for (const none of [{}, { keys: [] }, { keys: {} }, [], null, 'x', 7]) expect(keySetProblems(none)).toHaveLength(1);
  });

  test('are kept without what decides nothing', () => {
    const key = publicKey('ec');
    const kept = keptKeySet({ keys: [{ ...key, kid: 'one', use: 'sig', alg: 'ES256', x5c: ['x'] }] });
    expect(kept).toEqual({ keys: [{ ...key, kid: 'one', use: 'sig', alg: 'ES256' }] });
  });

  test('whatever a set is, it is judged', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(keySetProblems(value))));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'use'), fc.jsonValue()),
        (key) => Array.isArray(keySetProblems({ keys: [key] })),
      ),
    );
  });

  test('are needed by whoever signs, by value or by address', () => {
    const jwksUri = 'https://a.example/jwks';
    const jwks = { keys: [publicKey('ec')] };
    expect(problemsOf({ authMethod: 'private_key_jwt' })).toEqual(['REQUIRED jwks']);
    expect(problemsOf({ requireSignedRequestObject: true })).toEqual(['REQUIRED jwks']);
    expect(problemsOf({ authMethod: 'private_key_jwt', jwksUri })).toEqual([]);
    expect(problemsOf({ authMethod: 'private_key_jwt', jwks })).toEqual([]);
    expect(problemsOf({ jwks, jwksUri })).toEqual(['INVALID jwksUri']);
    expect(problemsOf({ jwks: { keys: [publicKey('ec'), { kty: 'oct', k: 'x' }] } })).toEqual(['INVALID jwks.keys.1']);
  });
});

describe('types', () => {
  const cases: [Partial<AppDraft> & { type: AppType }, string[]][] = [
    [{ type: 'native', grantTypes: [deviceGrant], redirectUris: [] }, []],
    [{ type: 'native', grantTypes: [deviceGrant, 'refresh_token'], redirectUris: [] }, []],
    [{ type: 'web', grantTypes: ['authorization_code', deviceGrant] }, []],
    [{ type: 'spa', grantTypes: ['authorization_code', deviceGrant] }, ['INVALID grantTypes.1']],
    [{ type: 'service', grantTypes: [deviceGrant] }, ['INVALID grantTypes.0']],
    [{ type: 'native', authMethod: 'client_secret_basic' }, ['INVALID authMethod']],
    [{ type: 'spa', authMethod: 'private_key_jwt', jwksUri: 'https://a.example/jwks' }, ['INVALID authMethod']],
    [{ type: 'service', authMethod: 'private_key_jwt', jwksUri: 'https://a.example/jwks' }, []],
    [{ type: 'service', grantTypes: [exchangeGrant] }, ['FORBIDDEN grantTypes']],
    [
      { type: 'native', grantTypes: ['authorization_code', exchangeGrant] },
      ['INVALID grantTypes.1', 'FORBIDDEN grantTypes'],
    ],
    [{ type: 'service', postLogoutRedirectUris: ['https://a.example/'] }, ['INVALID postLogoutRedirectUris']],
    [{ type: 'service', backchannelLogoutUri: 'https://a.example/' }, ['INVALID backchannelLogoutUri']],
  ];
  test.each(cases)('%j', (draft, problems) => {
    expect(problemsOf(draft)).toEqual(problems);
  });

  test('an administrator lets apps exchange tokens, where they prove who they are', () => {
    const administrator = { mayAdminister: true };
    expect(problemsOf({ type: 'service', grantTypes: [exchangeGrant] }, administrator)).toEqual([]);
    expect(
      problemsOf({ authMethod: 'none', grantTypes: ['authorization_code', exchangeGrant] }, administrator),
    ).toEqual(['INVALID grantTypes']);
  });

  test('a program that registers itself may have a secret also on a device', () => {
    expect(problemsOf({ type: 'native', authMethod: 'client_secret_basic' }, { dynamic: true })).toEqual([]);
    expect(problemsOf({ type: 'spa', authMethod: 'client_secret_basic' }, { dynamic: true })).toEqual([
      'INVALID authMethod',
    ]);
  });
});

describe('addresses', () => {
  test('of sign-outs are https, on this machine http, without a fragment', () => {
    for (const uri of ['https://a.example/bye?x=1', 'http://localhost:3000/bye', 'http://127.0.0.1/bye']) {
      expect(problemsOf({ postLogoutRedirectUris: [uri], backchannelLogoutUri: uri })).toEqual([]);
    }
    for (const uri of [
      'http://a.example/bye',
      'https://a.example/#bye',
      'javascript:alert(1)',
      'bye',
      '//a.example/',
    ]) {
      expect(problemsOf({ postLogoutRedirectUris: [uri] })).toEqual(['INVALID postLogoutRedirectUris.0']);
      expect(problemsOf({ backchannelLogoutUri: uri })).toEqual(['INVALID backchannelLogoutUri']);
      expect(problemsOf({ jwksUri: uri })).toEqual(['INVALID jwksUri']);
      expect(problemsOf({ initiateLoginUri: uri })).toEqual(['INVALID initiateLoginUri']);
    }
    const twice = ['https://a.example/', 'https://a.example/'];
    expect(problemsOf({ postLogoutRedirectUris: twice })).toEqual(['DUPLICATE postLogoutRedirectUris.1']);
    expect(problemsOf({ type: 'native', postLogoutRedirectUris: ['org.example.app:/bye'] })).toEqual([]);
  });

  test('of a front-channel page are on the origin of a redirect URI', () => {
    expect(problemsOf({ frontchannelLogoutUri: 'https://a.example/front' })).toEqual([]);
    for (const uri of ['https://b.example/front', 'https://a.example:8443/front', 'http://localhost/front']) {
      expect(problemsOf({ frontchannelLogoutUri: uri })).toEqual(['INVALID frontchannelLogoutUri']);
    }
  });

  test('that people are shown are pages', () => {
    for (const field of ['homepageUri', 'logoUri', 'policyUri', 'tosUri']) {
      expect(problemsOf({ [field]: 'https://a.example/page#top' })).toEqual([]);
      expect(problemsOf({ [field]: 'http://localhost:3000/page' })).toEqual([]);
      for (const uri of ['javascript:alert(1)', 'data:,', 'http://a.example/page']) {
        expect(problemsOf({ [field]: uri })).toEqual([`INVALID ${field}`]);
      }
    }
  });

  test('of a sector are needed where pairwise subjects have no one host', () => {
    const subjectType = 'pairwise' as const;
    expect(problemsOf({ subjectType })).toEqual([]);
    expect(problemsOf({ subjectType, redirectUris: ['https://a.example/1', 'https://a.example/2'] })).toEqual([]);
    const two = ['https://a.example/', 'https://b.example/'];
    expect(problemsOf({ subjectType, redirectUris: two })).toEqual(['REQUIRED sectorIdentifierUri']);
    const sectorIdentifierUri = 'https://a.example/sector.json';
    expect(problemsOf({ subjectType, redirectUris: two, sectorIdentifierUri })).toEqual([]);
    const native = { type: 'native' as const, redirectUris: ['org.example.app:/callback'] };
    expect(problemsOf({ subjectType, ...native })).toEqual(['REQUIRED sectorIdentifierUri']);
  });
});

describe('lifetimes', () => {
  test.each([
    ['accessTokenLifetime', 30, 3600],
    ['idTokenLifetime', 30, 3600],
    ['refreshTokenLifetime', 60, 86_400],
    ['refreshFamilyLifetime', 60, 86_400],
    ['defaultMaxAge', 0, 31_536_000],
  ])('%s is from %d to %d seconds', (field, least, most) => {
    for (const seconds of [least, most]) expect(problemsOf({ [field]: seconds })).toEqual([]);
    for (const seconds of [least - 1, most + 1, least + 0.5]) {
      expect(problemsOf({ [field]: seconds })).toEqual([`INVALID ${field}`]);
    }
  });
});

describe('texts', () => {
  test('can be read', () => {
    expect(problemsOf({ contacts: ['kim@example.org'], softwareId: 'forum', softwareVersion: '1' })).toEqual([]);
    expect(problemsOf({ contacts: ['a\0b', '', 'x'.repeat(201)] })).toEqual([
      'INVALID contacts.0',
      'INVALID contacts.1',
      'INVALID contacts.2',
    ]);
    expect(problemsOf({ contacts: Array.from({ length: 11 }, (_, index) => String(index)) })).toEqual([
      'TOO_MANY contacts',
    ]);
    expect(problemsOf({ softwareId: '\u202e', softwareVersion: 'x'.repeat(201) })).toEqual([
      'INVALID softwareId',
      'INVALID softwareVersion',
    ]);
  });
});

describe('the profile fapi2', () => {
  const profile = 'fapi2' as const;
  const jwksUri = 'https://a.example/jwks';

  test('presets what it demands', () => {
    expect(completeDraft({ name: 'Bank', type: 'web', profile })).toMatchObject({
      authMethod: 'private_key_jwt',
      dpopBoundAccessTokens: true,
      requirePushedAuthorizationRequests: true,
      requirePkce: true,
    });
    expect(problemsOf({ profile, jwksUri })).toEqual([]);
    expect(problemsOf({ profile, jwksUri, type: 'service' })).toEqual([]);
  });

  test('refuses what contradicts it', () => {
    const contradictions: [Partial<AppDraft>, string][] = [
      [{ authMethod: 'client_secret_basic' }, 'authMethod'],
      [{ dpopBoundAccessTokens: false }, 'dpopBoundAccessTokens'],
      [{ requirePushedAuthorizationRequests: false }, 'requirePushedAuthorizationRequests'],
      [{ requirePkce: false }, 'requirePkce'],
      [{ tokenEndpointAuthSigningAlg: 'RS256' }, 'tokenEndpointAuthSigningAlg'],
      [{ requestObjectSigningAlg: 'RS256' }, 'requestObjectSigningAlg'],
      [{ idTokenSignedResponseAlg: 'RS256' }, 'idTokenSignedResponseAlg'],
      [{ userinfoSignedResponseAlg: 'RS256' }, 'userinfoSignedResponseAlg'],
      [{ redirectUris: ['https://a.example/', 'http://localhost:9999/callback'] }, 'redirectUris.1'],
    ];
    for (const [contradiction, field] of contradictions) {
      expect(problemsOf({ profile, jwksUri, ...contradiction })).toEqual([`INVALID ${field}`]);
    }
    expect(problemsOf({ profile })).toEqual(['REQUIRED jwks']);
    for (const type of ['spa', 'native'] as const) {
      expect(problemsOf({ profile, type, authMethod: 'none' })).toEqual(['INVALID profile']);
    }
  });
});
