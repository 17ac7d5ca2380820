import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { exportJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { aKey, aProof, type Changes, type ClientKey } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty, type SignInRequest } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { recordStatements } from '../../support/statements.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { basic } from '../../support/token-request.ts';

const clock = new TestClock();
let app: TestApp;
let ada: Person;
let key: ClientKey;
let client: TestClient;
let spa: TestClient;
let party: RelyingParty;
let spaParty: RelyingParty;

beforeAll(async () => {
  app = await createTestApp({ clock });
  ada = await aSignedInPerson(app);
  key = await aKey();
  client = await anApp(app);
  spa = await anApp(app, { authMethod: 'none', type: 'spa' });
  party = await RelyingParty.discover(app, client);
  spaParty = await RelyingParty.discover(app, spa, oidc.None());
});
afterAll(() => app.close());

const now = (): number => Math.floor(clock.now().getTime() / 1000);

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { error?: string; access_token?: string; refresh_token?: string };
}

const token = async (
  parameters: Record<string, string>,
  proof: string | null,
  as: TestClient | null = client,
  node: TestApp = app,
): Promise<Answer> => {
  const response = await fetch(`${node.issuer}/oauth/token`, {
    method: 'POST',
    headers: { ...(as === null ? {} : { authorization: basic(as) }), ...(proof === null ? {} : { dpop: proof }) },
    body: new URLSearchParams(parameters),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
};

const forItself = { grant_type: 'client_credentials' };
const proofForToken = (changes: Changes = {}, by: ClientKey = key) =>
  aProof(by, app, { path: '/oauth/token' }, changes);

/** What comes of a proof at the token endpoint. */
const proven = async (changes: Changes = {}, by: ClientKey = key): Promise<string> => {
  const { status, body } = await token(forItself, await proofForToken(changes, by));
  return status === 200 ? String(body.token_type) : `${status} ${body.error}`;
};

const refused = '400 invalid_dpop_proof';

/** A code, by the whole way. */
const code = async (by: RelyingParty, scope: string, more: Record<string, string> = {}) => {
  const request = await by.begin(scope, more);
  const callback = await by.authorize(ada, request);
  return { request, code: callback.searchParams.get('code') ?? '', error: callback.searchParams.get('error') };
};

const redeem = (request: SignInRequest, value: string, proof: string | null, as: TestClient = client) =>
  token(
    {
      grant_type: 'authorization_code',
      code: value,
      redirect_uri: as.redirectUri,
      code_verifier: request.verifier,
      ...(as === spa ? { client_id: spa.clientId } : {}),
    },
    proof,
    as === spa ? null : as,
  );

/** Tokens of a person, bound to a key. */
const boundTokens = async (scope = 'openid profile', by: ClientKey = key) => {
  const { request, code: value } = await code(party, scope);
  const { status, body } = await redeem(request, value, await proofForToken({}, by));
  expect(status).toBe(200);
  return { accessToken: body.access_token ?? '', refreshToken: body.refresh_token ?? '', body };
};

/** Asks a resource. */
const resource = async (
  accessToken: string,
  proof: string | null,
  options: { scheme?: string; path?: string; method?: string; node?: TestApp; query?: string } = {},
): Promise<Answer> => {
  const { scheme = 'DPoP', path = '/oauth/userinfo', method = 'GET', node = app, query = '{ me { id } }' } = options;
  const response = await fetch(node.issuer + path, {
    method,
    headers: {
      authorization: `${scheme} ${accessToken}`,
      ...(proof === null ? {} : { dpop: proof }),
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body: JSON.stringify({ query }) } : {}),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
};

const proofForUserinfo = (accessToken: string, changes: Changes = {}, by: ClientKey = key) =>
  aProof(by, app, { method: 'GET', path: '/oauth/userinfo', accessToken }, changes);

describe('a proof', () => {
  requirement('RFC 9449 §5', 'gives a token that is bound to its key, of the type DPoP', async () => {
    for (const algorithm of ['ES256', 'PS256', 'EdDSA', 'Ed25519']) {
      expect([algorithm, await proven({}, await aKey(algorithm))]).toEqual([algorithm, 'DPoP']);
    }
    const { body } = await token(forItself, null);
    expect(body.token_type).toBe('Bearer');
  });

  requirement('RFC 9449 §4.3', 'is one JWT: two, or what is none, are refused', async () => {
    const proof = await proofForToken();
    for (const wrong of [`${proof}, ${await proofForToken()}`, 'x', '', 'a.b.c', `${proof}.`, `${proof}x`]) {
      const { status, body } = await token(forItself, wrong);
      expect([wrong, status, body.error]).toEqual([wrong, 400, 'invalid_dpop_proof']);
    }
  });

  requirement('RFC 9449 §4.3', 'says what it is: typ dpop+jwt', async () => {
    for (const typ of [undefined, 'JWT', 'at+jwt', 'dpop']) {
      expect([typ, await proven({ header: { typ } })]).toEqual([typ, refused]);
    }
  });

  requirement('RFC 9449 §4.3', 'is signed with an asymmetric algorithm, by the public key that it holds', async () => {
    expect(await proven({}, await aKey('RS256'))).toBe(refused);
    expect(await proven({ header: { jwk: undefined } })).toBe(refused);
    expect(await proven({ header: { jwk: (await aKey()).publicJwk } })).toBe(refused);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = part({ jti: 'x', htm: 'POST', htu: `${app.issuer}/oauth/token`, iat: now() });
    const none = `${part({ typ: 'dpop+jwt', alg: 'none', jwk: key.publicJwk })}.${claims}.`;
    const secret = Buffer.from('a secret of 32 bytes, or of more');
    const symmetric = `${part({ typ: 'dpop+jwt', alg: 'HS256', jwk: { kty: 'oct', k: secret.toString('base64url') } })}.${claims}`;
    const signature = createHmac('sha256', secret).update(symmetric).digest('base64url');
    for (const proof of [none, `${symmetric}.${signature}`]) {
      expect((await token(forItself, proof)).body.error).toBe('invalid_dpop_proof');
    }
  });

  requirement('RFC 9449 §4.3', 'does not hold a secret key', async () => {
    const { privateKey, ...rest } = await aKey();
    expect(await proven({ header: { jwk: await exportJWK(privateKey) } }, { privateKey, ...rest })).toBe(refused);
  });

  requirement(
    'RFC 9449 §4.3',
    'names the method and the address of its request, the query aside, as normalisation makes them',
    async () => {
      const address = `${app.issuer}/oauth/token`;
      for (const claims of [{ htm: 'GET' }, { htm: 'post' }, { htm: undefined }, { htm: ['POST'] }]) {
        expect([claims, await proven({ claims })]).toEqual([claims, refused]);
      }
      const wrong = [
        undefined,
        7,
        '',
        '/oauth/token',
        `${address}/`,
        `${address}x`,
        app.issuer,
        `${app.issuer}/oauth/par`,
      ];
      for (const htu of [...wrong, address.replace('http:', 'https:'), 'https://elsewhere.example/oauth/token']) {
        expect([htu, await proven({ claims: { htu } })]).toEqual([htu, refused]);
      }
      const same = [
        `${address}?a=b`,
        `${address}#c`,
        address.replace('localhost', 'LOCALHOST'),
        `${app.issuer}/x/../oauth/token`,
      ];
      for (const htu of same) expect([htu, await proven({ claims: { htu } })]).toEqual([htu, 'DPoP']);
    },
  );

  requirement(
    'RFC 9449 §11.1',
    'is fresh: 10 seconds ahead are taken, more than a minute either way is not',
    async () => {
      for (const iat of [now() + 10, now(), now() - 50]) expect(await proven({ claims: { iat } })).toBe('DPoP');
      for (const iat of [undefined, now() + 61, now() - 61, now() - 3600, 'now', 1e300, -1]) {
        expect([iat, await proven({ claims: { iat } })]).toEqual([iat, refused]);
      }
      for (const claims of [{ exp: now() - 61 }, { nbf: now() + 61 }]) expect(await proven({ claims })).toBe(refused);
      expect(await proven({ claims: { nbf: now(), exp: now() + 300 } })).toBe('DPoP');
    },
  );

  requirement('RFC 9449 §11.1', 'works once, on every node, for its key', async () => {
    const beside = await createTestApp({ clock, beside: app });
    const proof = await proofForToken();
    expect((await token(forItself, proof)).status).toBe(200);
    for (const node of [app, beside])
      expect((await token(forItself, proof, client, node)).body.error).toBe('invalid_dpop_proof');
    expect(await proven({ claims: { jti: 'the same' } })).toBe('DPoP');
    expect(await proven({ claims: { jti: 'the same', iat: now() - 1 } })).toBe(refused);
    expect(await proven({ claims: { jti: 'the same' } }, await aKey())).toBe('DPoP');
    for (const jti of [undefined, '', 7, 'x'.repeat(257)]) expect(await proven({ claims: { jti } })).toBe(refused);
    await beside.close();
  });

  requirement('RFC 9449 §5', 'that is refused does not use the code up', async () => {
    const { request, code: value } = await code(party, 'openid');
    expect((await redeem(request, value, await proofForToken({ claims: { htm: 'GET' } }))).body.error).toBe(
      'invalid_dpop_proof',
    );
    expect((await redeem(request, value, await proofForToken())).body.token_type).toBe('DPoP');
  });

  requirement('RFC 8725 §3.10', 'that is nonsense is refused without a fault', async () => {
    const part = fc.oneof(
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc.constant(Buffer.from('{"alg":"ES256","typ":"dpop+jwt","jwk":{}}').toString('base64url')),
      fc.constant(
        Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'dpop+jwt', jwk: key.publicJwk })).toString('base64url'),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
        const { status, body } = await token(forItself, parts.join('.'));
        expect([status, body.error]).toEqual([400, 'invalid_dpop_proof']);
      }),
      { numRuns: 60 },
    );
    expect(app.logLines.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});

describe('a bound token', () => {
  requirement(
    'RFC 9449 §7.1',
    'opens UserInfo, /graphql and /profile with a proof of its key, whatever the case of the scheme',
    async () => {
      const { accessToken } = await boundTokens('openid profile read');
      for (const scheme of ['DPoP', 'dpop', 'DPOP']) {
        expect((await resource(accessToken, await proofForUserinfo(accessToken), { scheme })).status).toBe(200);
      }
      for (const [method, path] of [
        ['GET', '/profile/'],
        ['POST', '/graphql'],
      ] as const) {
        const proof = await aProof(key, app, { method, path, accessToken });
        expect([path, (await resource(accessToken, proof, { method, path })).status]).toEqual([path, 200]);
      }
    },
  );

  requirement(
    'RFC 9449 §7.2',
    'is refused as a bearer token, also with a proof; an unbound one is refused under the scheme DPoP',
    async () => {
      const { accessToken } = await boundTokens();
      for (const [path, method] of [
        ['/oauth/userinfo', 'GET'],
        ['/graphql', 'POST'],
      ] as const) {
        for (const proof of [null, await aProof(key, app, { method, path, accessToken })]) {
          const { status, headers } = await resource(accessToken, proof, { scheme: 'Bearer', path, method });
          expect(status).toBe(401);
          expect(headers.get('www-authenticate')).toMatch(
            /^Bearer .*error="invalid_token".*, DPoP .*algs="ES256 PS256/,
          );
        }
      }
      const free = (await party.signIn(ada, 'openid')).access_token;
      const { status, headers } = await resource(free, await proofForUserinfo(free));
      expect([status, headers.get('www-authenticate')?.startsWith('DPoP ')]).toEqual([401, true]);
      expect((await resource(free, null, { scheme: 'Bearer' })).status).toBe(200);
    },
  );

  requirement(
    'RFC 9449 §7.1',
    'needs a proof of its own key, for this token, this method and this address',
    async () => {
      const { accessToken } = await boundTokens();
      const other = await boundTokens();
      const refusals: [string, string | null][] = [
        ['no proof', null],
        ['another key', await proofForUserinfo(accessToken, {}, await aKey())],
        ['no ath', await proofForUserinfo(accessToken, { claims: { ath: undefined } })],
        ['the ath of another token', await proofForUserinfo(other.accessToken)],
        ['another method', await aProof(key, app, { method: 'POST', path: '/oauth/userinfo', accessToken })],
        ['another address', await aProof(key, app, { method: 'GET', path: '/graphql', accessToken })],
      ];
      for (const [what, proof] of refusals) {
        const { status, headers } = await resource(accessToken, proof);
        expect([what, status]).toEqual([what, 401]);
        const challenge = headers.get('www-authenticate') ?? '';
        expect(challenge).toMatch(
          /^DPoP realm="latchkey", algs="ES256 PS256 EdDSA Ed25519", error="invalid_(dpop_proof|token)"/,
        );
      }
      expect((await resource(accessToken, await proofForUserinfo(accessToken))).status).toBe(200);
    },
  );

  requirement('RFC 9449 §11.1', 'takes a proof once, on every node', async () => {
    const beside = await createTestApp({ clock, beside: app });
    const { accessToken } = await boundTokens();
    const proof = await proofForUserinfo(accessToken);
    expect((await resource(accessToken, proof)).status).toBe(200);
    for (const node of [app, beside]) {
      const { status, headers } = await resource(accessToken, proof, { node });
      expect([status, headers.get('www-authenticate')?.includes('error="invalid_dpop_proof"')]).toEqual([401, true]);
    }
    await beside.close();
  });

  requirement('RFC 9449 §11.1', 'keeps a proof in the same statement that finds the token', async () => {
    const { accessToken } = await boundTokens();
    const proof = await aProof(key, app, { path: '/graphql', accessToken });
    const statements = await recordStatements(async () => {
      expect((await resource(accessToken, proof, { method: 'POST', path: '/graphql' })).status).toBe(200);
    });
    const ofToken = statements.filter((text) => /access_token|used_proof|^begin/.test(text));
    expect(ofToken).toHaveLength(1);
    expect(ofToken[0]).toContain('insert into used_proof');
  });

  requirement('RFC 9449 §7.1', 'that lacks a scope is told so in its own scheme', async () => {
    const { accessToken } = await boundTokens('openid');
    const path = '/graphql';
    const graphql = await resource(accessToken, await aProof(key, app, { path, accessToken }), {
      method: 'POST',
      path,
      query: '{ me { email } }',
    });
    const profile = await resource(
      accessToken,
      await aProof(key, app, { method: 'GET', path: '/profile', accessToken }),
      {
        path: '/profile',
      },
    );
    for (const { status, headers } of [graphql, profile]) {
      expect(status).toBe(403);
      expect(headers.get('www-authenticate')).toMatch(/^DPoP .*error="insufficient_scope"/);
    }
  });

  requirement('RFC 9449 §6.2', 'is told of by introspection: its thumbprint and its type', async () => {
    const { accessToken } = await boundTokens();
    const introspect = async (value: string) => {
      const response = await fetch(`${app.issuer}/oauth/introspect`, {
        method: 'POST',
        headers: { authorization: basic(client) },
        body: new URLSearchParams({ token: value }),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    expect(await introspect(accessToken)).toMatchObject({
      active: true,
      token_type: 'DPoP',
      cnf: { jkt: key.thumbprint },
    });
    const free = await introspect((await party.signIn(ada, 'openid')).access_token);
    expect([free.token_type, free.cnf]).toEqual(['Bearer', undefined]);
  });
});

describe('refresh tokens', () => {
  requirement('RFC 9449 §5', 'of public clients are bound to the key of their first proof', async () => {
    const { request, code: value } = await code(spaParty, 'openid offline_access');
    const { body } = await redeem(request, value, await proofForToken(), spa);
    const refresh = async (refreshToken: string, proof: string | null) =>
      token({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: spa.clientId }, proof, null);
    const first = body.refresh_token ?? '';
    expect((await refresh(first, null)).body.error).toMatch(/^invalid_(grant|dpop_proof)$/);
    expect((await refresh(first, await proofForToken({}, await aKey()))).body.error).toBe('invalid_grant');
    // What was refused so did not end the family: its owner goes on.
    const second = await refresh(first, await proofForToken());
    expect([second.status, second.body.token_type]).toEqual([200, 'DPoP']);
  });

  requirement('RFC 9449 §5', 'of confidential clients may go on with another key', async () => {
    const { refreshToken } = await boundTokens('openid offline_access');
    const other = await aKey();
    const { status, body } = await token(
      { grant_type: 'refresh_token', refresh_token: refreshToken },
      await proofForToken({}, other),
    );
    expect([status, body.token_type]).toEqual([200, 'DPoP']);
    const fresh = body.access_token ?? '';
    expect((await resource(fresh, await proofForUserinfo(fresh))).status).toBe(401);
    expect((await resource(fresh, await proofForUserinfo(fresh, {}, other))).status).toBe(200);
  });
});

describe('dpop_jkt', () => {
  requirement('RFC 9449 §10', 'binds the code: only a proof of that key redeems it', async () => {
    for (const proof of [null, await proofForToken({}, await aKey())]) {
      const { request, code: value } = await code(party, 'openid', { dpop_jkt: key.thumbprint });
      expect((await redeem(request, value, proof)).body.error).toMatch(/^invalid_(grant|dpop_proof)$/);
    }
    const { request, code: value } = await code(party, 'openid', { dpop_jkt: key.thumbprint });
    expect((await redeem(request, value, await proofForToken())).status).toBe(200);
    expect((await code(party, 'openid', { dpop_jkt: 'short' })).error).toBe('invalid_request');
  });

  requirement(
    'RFC 9449 §10.1',
    'is said by a proof at the endpoint for pushed requests too, and both must agree',
    async () => {
      const push = async (more: Record<string, string>, proof: string) => {
        const { url, ...rest } = await party.begin('openid', more);
        const response = await fetch(`${app.issuer}/oauth/par`, {
          method: 'POST',
          headers: { authorization: basic(client), dpop: proof },
          body: url.searchParams,
        });
        const body = (await response.json()) as { request_uri?: string; error?: string };
        return { request: { url, ...rest }, status: response.status, body };
      };
      const proofForPush = (by: ClientKey) => aProof(by, app, { path: '/oauth/par' });
      const stranger = await aKey();
      const differing = await push({ dpop_jkt: key.thumbprint }, await proofForPush(stranger));
      expect([differing.status, differing.body.error]).toEqual([400, 'invalid_dpop_proof']);
      for (const [by, status] of [
        [stranger, 400],
        [key, 200],
      ] as const) {
        const { request, body } = await push({}, await proofForPush(key));
        const query = new URLSearchParams({ client_id: client.clientId, request_uri: body.request_uri ?? '' });
        const url = new URL(`/oauth/authorize?${query}`, app.issuer);
        const callback = await party.authorize(ada, { ...request, url });
        const redeemed = await redeem(request, callback.searchParams.get('code') ?? '', await proofForToken({}, by));
        expect(redeemed.status).toBe(status);
      }
      const used = await proofForPush(key);
      expect((await push({}, used)).status).toBe(201);
      expect((await push({}, used)).body.error).toBe('invalid_dpop_proof');
    },
  );
});

requirement(
  'RFC 9449 §5.2',
  'an app that registered dpop_bound_access_tokens gets no tokens without a proof',
  async () => {
    const bound = await anApp(app, { dpopBoundAccessTokens: true });
    const { status, body } = await token(forItself, null, bound);
    expect([status, body.error]).toEqual([400, 'invalid_request']);
    expect((await token(forItself, await proofForToken(), bound)).body.token_type).toBe('DPoP');
  },
);

describe('the nonce of the server', () => {
  let strict: TestApp;
  beforeAll(async () => {
    strict = await createTestApp({ clock, beside: app, settings: { LATCHKEY_DPOP_NONCE: 'on' } });
  });
  afterAll(() => strict.close());

  const withNonce = async (nonce: unknown) =>
    token(forItself, await proofForToken({ claims: { nonce } }), client, strict);

  requirement(
    'RFC 9449 §8',
    'is asked for with use_dpop_nonce and told in DPoP-Nonce, where the operator wants one',
    async () => {
      const first = await withNonce(undefined);
      expect([first.status, first.body.error]).toEqual([400, 'use_dpop_nonce']);
      const nonce = first.headers.get('dpop-nonce') ?? '';
      expect(nonce).toMatch(/^[\w-]{43}$/);
      const second = await withNonce(nonce);
      expect([second.status, second.headers.get('dpop-nonce')]).toEqual([200, nonce]);
      for (const wrong of ['x', 7, `${nonce}x`, '']) expect((await withNonce(wrong)).body.error).toBe('use_dpop_nonce');
      expect((await token(forItself, await proofForToken())).headers.get('dpop-nonce')).toBeNull();
    },
  );

  requirement('RFC 9449 §8.2', 'changes with time, and the one before is taken for a while', async () => {
    const nonce = (await withNonce(undefined)).headers.get('dpop-nonce') ?? '';
    clock.advance(120);
    const later = await withNonce(nonce);
    expect(later.status).toBe(200);
    expect(later.headers.get('dpop-nonce')).not.toBe(nonce);
    clock.advance(120);
    expect((await withNonce(nonce)).body.error).toBe('use_dpop_nonce');
  });

  requirement(
    'RFC 9449 §9',
    'is asked for at resources with 401 and a challenge, readable for pages of other origins',
    async () => {
      const { accessToken } = await boundTokens();
      const first = await resource(accessToken, await proofForUserinfo(accessToken), { node: strict });
      expect(first.status).toBe(401);
      expect(first.headers.get('www-authenticate')).toMatch(/^DPoP .*error="use_dpop_nonce"/);
      expect(first.headers.get('access-control-expose-headers')).toMatch(/DPoP-Nonce/i);
      const nonce = first.headers.get('dpop-nonce') ?? '';
      const second = await resource(accessToken, await proofForUserinfo(accessToken, { claims: { nonce } }), {
        node: strict,
      });
      expect(second.status).toBe(200);
    },
  );
});

requirement(
  'RFC 9449 §5.1',
  'the algorithms are announced, for the server and for /graphql; pages of other origins may send proofs',
  async () => {
    const read = async (path: string) => (await (await fetch(app.issuer + path)).json()) as Record<string, unknown>;
    const algorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519'];
    for (const path of ['openid-configuration', 'oauth-authorization-server', 'oauth-protected-resource/graphql']) {
      expect((await read(`/.well-known/${path}`)).dpop_signing_alg_values_supported).toEqual(algorithms);
    }
    for (const path of ['/oauth/token', '/oauth/par', '/oauth/userinfo', '/graphql']) {
      const response = await fetch(app.issuer + path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://spa.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'dpop',
        },
      });
      expect([path, response.headers.get('access-control-allow-headers')?.includes('DPoP')]).toEqual([path, true]);
    }
  },
);

describe('real clients', () => {
  requirement(
    'RFC 9449 §5',
    'openid-client signs in with DPoP and reads UserInfo, also where a nonce is asked for',
    async () => {
      const node = await createTestApp({ settings: { LATCHKEY_DPOP_NONCE: 'on' } });
      const grace = await aSignedInPerson(node);
      const rp = await RelyingParty.discover(node, await anApp(node, { dpopBoundAccessTokens: true }));
      const handle = oidc.getDPoPHandle(rp.configuration, await oidc.randomDPoPKeyPair());
      const request = await rp.begin('openid profile offline_access');
      const url = await oidc.buildAuthorizationUrlWithPAR(rp.configuration, request.url.searchParams, { DPoP: handle });
      const callback = await rp.authorize(grace, { ...request, url });
      const tokens = await oidc.authorizationCodeGrant(
        rp.configuration,
        callback,
        { pkceCodeVerifier: request.verifier, expectedState: request.state, expectedNonce: request.nonce },
        undefined,
        { DPoP: handle },
      );
      expect(tokens.token_type).toBe('dpop');
      const info = await oidc.fetchUserInfo(rp.configuration, tokens.access_token, grace.account.id, { DPoP: handle });
      expect(info.sub).toBe(grace.account.id);
      const again = await oidc.refreshTokenGrant(rp.configuration, tokens.refresh_token ?? '', undefined, {
        DPoP: handle,
      });
      expect(again.token_type).toBe('dpop');
      await node.close();
    },
  );

  requirement(
    'RFC 9449 §5',
    'oauth4webapi pushes its request, signs in with DPoP and calls /graphql as a public client',
    async () => {
      const node = await createTestApp();
      const grace = await aSignedInPerson(node);
      const itself = await anApp(node, { authMethod: 'none', type: 'spa' });
      const as = await oauth
        .discoveryRequest(new URL(node.issuer), { [oauth.allowInsecureRequests]: true })
        .then((response) => oauth.processDiscoveryResponse(new URL(node.issuer), response));
      const public_: oauth.Client = { client_id: itself.clientId };
      const DPoP = oauth.DPoP(public_, await oauth.generateKeyPair('ES256'));
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const insecure = { [oauth.allowInsecureRequests]: true };
      const pushed = await oauth.pushedAuthorizationRequest(
        as,
        public_,
        oauth.None(),
        {
          redirect_uri: itself.redirectUri,
          response_type: 'code',
          scope: 'openid profile',
          state,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        },
        { DPoP, ...insecure },
      );
      const { request_uri } = await oauth.processPushedAuthorizationResponse(as, public_, pushed);
      const browser = await RelyingParty.discover(node, itself, oidc.None());
      const url = new URL(
        `${as.authorization_endpoint}?${new URLSearchParams({ client_id: itself.clientId, request_uri })}`,
      );
      const callback = await browser.authorize(grace, { url, verifier, state, nonce: '' });
      const parameters = oauth.validateAuthResponse(as, public_, callback, state);
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        public_,
        oauth.None(),
        parameters,
        itself.redirectUri,
        verifier,
        { DPoP, ...insecure },
      );
      const tokens = await oauth.processAuthorizationCodeResponse(as, public_, response);
      const answer = await oauth.protectedResourceRequest(
        tokens.access_token,
        'POST',
        new URL(`${node.issuer}/graphql`),
        new Headers({ 'content-type': 'application/json' }),
        JSON.stringify({ query: '{ me { id } }' }),
        { DPoP, ...insecure },
      );
      expect(((await answer.json()) as { data: { me: { id: string } } }).data.me.id).toBe(grace.account.id);
      await node.close();
    },
  );
});
