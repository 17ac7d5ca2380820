import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { type JWK, SignJWT, UnsecuredJWT } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { assertedClientId } from '../../../server/oauth/endpoints/client-assertions.ts';
import { aKey, anAssertion, type Changes, type ClientKey, withAssertion } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { anApp, aSignedInPerson, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { type TokenAnswer, tokenRequest } from '../../support/token-request.ts';

const clock = new TestClock();
let app: TestApp;
let key: ClientKey;
let client: TestClient;

beforeAll(async () => {
  app = await createTestApp({ clock, settings: { LATCHKEY_CLIENT_FAILURES: '100000' } });
  key = await aKey();
  client = await anApp(app, { authMethod: 'private_key_jwt', jwks: key.jwks });
});
afterAll(() => app.close());

const forItself = { grant_type: 'client_credentials' };

const present = (assertion: string, more: Record<string, string> = {}, node: TestApp = app): Promise<TokenAnswer> =>
  tokenRequest(node, null, { ...forItself, ...withAssertion(assertion), ...more });

const outcome = ({ status, body }: TokenAnswer): string => (status === 200 ? 'granted' : `${status} ${body.error}`);

const refused = '401 invalid_client';

const signed = async (changes: Changes = {}, by: ClientKey = key): Promise<string> =>
  outcome(await present(await anAssertion(by, app, client.clientId, changes)));

const now = (): number => Math.floor(clock.now().getTime() / 1000);

requirement(
  'RFC 7523 §2.2',
  'an app is authenticated by what it signs, with ES256, PS256, RS256 or EdDSA',
  async () => {
    for (const algorithm of ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519']) {
      const its = await aKey(algorithm);
      const jwks = algorithm === 'Ed25519' ? { keys: its.jwks.keys.map(({ alg: _, ...rest }) => rest) } : its.jwks;
      const { clientId } = await anApp(app, { authMethod: 'private_key_jwt', jwks });
      expect([algorithm, outcome(await present(await anAssertion(its, app, clientId)))]).toEqual([
        algorithm,
        'granted',
      ]);
    }
  },
);

requirement('RFC 7521 §4.2', 'client_id may be left out, but must agree with the assertion', async () => {
  const other = await anApp(app);
  const assertion = () => anAssertion(key, app, client.clientId);
  expect(outcome(await present(await assertion()))).toBe('granted');
  expect(outcome(await present(await assertion(), { client_id: client.clientId }))).toBe('granted');
  expect(outcome(await present(await assertion(), { client_id: other.clientId }))).toBe(refused);
});

requirement('RFC 7521 §4.2', 'the client_assertion_type must be that of JWTs', async () => {
  const assertion = await anAssertion(key, app, client.clientId);
  for (const type of ['', 'x', 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer']) {
    expect(outcome(await present(assertion, { client_assertion_type: type }))).toBe(refused);
  }
});

requirement('RFC 7523 §3', 'iss and sub are the client_id', async () => {
  const other = await anApp(app, { authMethod: 'private_key_jwt', jwks: (await aKey()).jwks });
  for (const claims of [
    { iss: 'other' },
    { iss: undefined },
    { sub: undefined },
    { sub: other.clientId },
    { iss: other.clientId, sub: other.clientId },
    { sub: `${client.clientId}\0` },
    { sub: 7 },
  ]) {
    expect([claims, await signed({ claims })]).toEqual([claims, refused]);
  }
});

requirement('RFC 7523 §3', 'aud is the issuer or the URL of the token endpoint, and nobody else', async () => {
  const token = `${app.issuer}/oauth/token`;
  for (const aud of [app.issuer, token, [app.issuer], [token], [app.issuer, token]]) {
    expect([aud, await signed({ claims: { aud } })]).toEqual([aud, 'granted']);
  }
  const wrong = [
    undefined,
    '',
    'https://elsewhere.example',
    [],
    ['https://elsewhere.example', token],
    [app.issuer, 'https://elsewhere.example'],
    [[app.issuer]],
    `${app.issuer}/oauth/par`,
    `${app.issuer}.evil.example`,
    `${app.issuer}/`,
    token.toUpperCase(),
    { a: app.issuer },
    1,
  ];
  for (const aud of wrong) expect([aud, await signed({ claims: { aud } })]).toEqual([aud, refused]);
});

requirement('RFC 7523 §3', 'exp is required, not over, and at most an hour ahead', async () => {
  for (const exp of [undefined, now(), now() - 1, now() - 3600, now() + 3700, 1e12, 'soon']) {
    expect([exp, await signed({ claims: { exp } })]).toEqual([exp, refused]);
  }
  expect(await signed({ claims: { exp: now() + 3600 } })).toBe('granted');
});

requirement('RFC 7523 §3', 'nbf and iat may be 10 seconds ahead, for clocks differ, and not a minute', async () => {
  for (const name of ['nbf', 'iat']) {
    expect([name, await signed({ claims: { [name]: now() + 10 } })]).toEqual([name, 'granted']);
    for (const value of [now() + 61, now() + 3600, 'now', 1e300]) {
      expect([name, value, await signed({ claims: { [name]: value } })]).toEqual([name, value, refused]);
    }
  }
});

requirement('RFC 7523 §3', 'jti is required, and works once, on every node', async () => {
  const beside = await createTestApp({ clock, beside: app });
  const assertion = await anAssertion(key, app, client.clientId);
  expect(outcome(await present(assertion))).toBe('granted');
  expect(outcome(await present(assertion))).toBe(refused);
  expect(outcome(await present(assertion, {}, beside))).toBe(refused);
  const again = { claims: { jti: 'the same' } };
  expect(await signed(again)).toBe('granted');
  expect(await signed({ claims: { jti: 'the same', exp: now() + 90 } })).toBe(refused);
  for (const jti of [undefined, '', 7, 'x'.repeat(257)]) expect(await signed({ claims: { jti } })).toBe(refused);
  await beside.close();
});

requirement('RFC 7523 §3', 'another app may use the same jti', async () => {
  const its = await aKey();
  const other = await anApp(app, { authMethod: 'private_key_jwt', jwks: its.jwks });
  const claims = { jti: 'shared by chance' };
  expect(await signed({ claims })).toBe('granted');
  expect(outcome(await present(await anAssertion(its, app, other.clientId, { claims })))).toBe('granted');
});

requirement('RFC 7523 §3', 'an assertion that fails for another reason does not use its jti up', async () => {
  const claims = { jti: 'still unused' };
  expect(await signed({ claims: { ...claims, aud: 'https://elsewhere.example' } })).toBe(refused);
  expect(await signed({ claims }, await aKey())).toBe(refused);
  expect(await signed({ claims })).toBe('granted');
});

requirement(
  'RFC 8725 §3.1',
  'none, symmetric and unexpected algorithms are refused, and keys in the header count for nothing',
  async () => {
    const claims = { iss: client.clientId, sub: client.clientId, aud: app.issuer, jti: 'x', exp: now() + 60 };
    const none = new UnsecuredJWT(claims).encode();
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(JSON.stringify(key.publicJwk)));
    const stranger = await aKey();
    const brought = await anAssertion(stranger, app, client.clientId, {
      header: { jwk: stranger.publicJwk, jku: 'https://elsewhere.example', kid: undefined },
    });
    const critical = await anAssertion(key, app, client.clientId, { header: { crit: ['b64'], b64: false } }).catch(
      () => 'x',
    );
    for (const assertion of [none, symmetric, brought, critical, `${none}x`]) {
      expect(outcome(await present(assertion))).toBe(refused);
    }
  },
);

requirement('RFC 8725 §3.11', 'what was signed for another purpose is no assertion', async () => {
  for (const typ of ['dpop+jwt', 'oauth-authz-req+jwt', 'application/oauth-authz-req+jwt', 'at+jwt']) {
    expect([typ, await signed({ header: { typ } })]).toEqual([typ, refused]);
  }
  for (const typ of ['JWT', 'client-authentication+jwt']) expect(await signed({ header: { typ } })).toBe('granted');
});

requirement(
  'OpenID Connect Registration §2',
  'an app that registered one algorithm for its assertions uses no other',
  async () => {
    const es256 = await aKey('ES256');
    const ps256 = await aKey('PS256');
    const { clientId } = await anApp(app, {
      authMethod: 'private_key_jwt',
      jwks: { keys: [...es256.jwks.keys, ...ps256.jwks.keys] },
      tokenEndpointAuthSigningAlg: 'PS256',
    });
    expect(outcome(await present(await anAssertion(ps256, app, clientId)))).toBe('granted');
    expect(outcome(await present(await anAssertion(es256, app, clientId)))).toBe(refused);
  },
);

requirement('RFC 7517 §4.5', 'an assertion without kid is tried with each key that fits', async () => {
  const keys = await Promise.all([aKey('ES256', 'a'), aKey('ES256', 'b')]);
  const jwks = { keys: keys.flatMap((each) => each.jwks.keys) };
  const { clientId } = await anApp(app, { authMethod: 'private_key_jwt', jwks });
  for (const each of keys) {
    const assertion = await anAssertion(each, app, clientId, { header: { kid: undefined } });
    expect(outcome(await present(assertion))).toBe('granted');
  }
  const stranger = await anAssertion(await aKey(), app, clientId, { header: { kid: undefined } });
  expect(outcome(await present(stranger))).toBe(refused);
});

/** An app's own server, which publishes its keys. */
const publish = async (): Promise<{
  uri: string;
  keys: JWK[];
  asked: () => number;
  answer: { status: number };
  close: () => void;
}> => {
  const keys: JWK[] = [];
  const answer = { status: 200 };
  let asked = 0;
  const server = createServer((_req, res) => {
    asked += 1;
    res.writeHead(answer.status).end(JSON.stringify({ keys }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const uri = `http://localhost:${(server.address() as AddressInfo).port}/jwks`;
  return { uri, keys, asked: () => asked, answer, close: () => server.close() };
};

requirement(
  'OpenID Connect Core §10.1.1',
  'parallel requests fetch a jwks_uri once; one that cannot be read refuses the app',
  async () => {
    const its = await publish();
    its.keys.push(...key.jwks.keys);
    const { clientId } = await anApp(app, { authMethod: 'private_key_jwt', jwksUri: its.uri });
    const all = await Promise.all([1, 2, 3, 4].map(async () => present(await anAssertion(key, app, clientId))));
    expect([all.map(outcome), its.asked()]).toEqual([Array(4).fill('granted'), 1]);
    for (const jwksUri of ['http://localhost:1/jwks', 'https://169.254.169.254/jwks', 'http://keys.example.org/jwks']) {
      const lost = await anApp(app, { authMethod: 'private_key_jwt', jwksUri });
      const answer = await present(await anAssertion(key, app, lost.clientId));
      expect([jwksUri, outcome(answer)]).toEqual([jwksUri, refused]);
      expect(answer.body.error_description).toContain('jwks_uri');
    }
    its.close();
  },
);

requirement('RFC 6749 §4.1.3', 'a refused assertion does not use the code up', async () => {
  const ada = await aSignedInPerson(app);
  const party = await RelyingParty.discover(app, client, oidc.PrivateKeyJwt(key.privateKey));
  const request = await party.begin('openid');
  const callback = await party.authorize(ada, request);
  const parameters = {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    code_verifier: request.verifier,
  };
  const stranger = await anAssertion(await aKey(), app, client.clientId);
  expect((await present(stranger, parameters)).body.error).toBe('invalid_client');
  expect((await present(await anAssertion(key, app, client.clientId), parameters)).status).toBe(200);
});

requirement(
  'RFC 7523 §2.2',
  'introspection and revocation take the assertion too, with the issuer or the token endpoint as aud',
  async () => {
    for (const path of ['/oauth/introspect', '/oauth/revoke']) {
      for (const [aud, status] of [
        [app.issuer, 200],
        [`${app.issuer}/oauth/token`, 200],
        [app.issuer + path, 401],
      ] as const) {
        const assertion = await anAssertion(key, app, client.clientId, { claims: { aud } });
        const answer = await tokenRequest(app, null, { token: 'x', ...withAssertion(assertion) }, path);
        expect([path, aud, answer.status]).toEqual([path, aud, status]);
      }
    }
  },
);

requirement('OpenID Connect Core §9', 'openid-client signs people in by private_key_jwt', async () => {
  // It has a clock of its own.
  const node = await createTestApp();
  const grace = await aSignedInPerson(node);
  const party = await RelyingParty.discover(
    node,
    await anApp(node, { authMethod: 'private_key_jwt', jwks: key.jwks }),
    oidc.PrivateKeyJwt({ key: key.privateKey, kid: key.jwks.keys[0]?.kid ?? '' }),
  );
  const tokens = await party.signIn(grace, 'openid offline_access');
  expect(tokens.claims()?.sub).toBe(grace.account.id);
  const refreshed = await oidc.refreshTokenGrant(party.configuration, tokens.refresh_token ?? '');
  expect(refreshed.access_token).toMatch(/^lk_at_/);
  await node.close();
});

requirement('RFC 8725 §3.10', 'whatever is sent as an assertion is refused without a fault', async () => {
  const part = fc.oneof(
    fc.base64String(),
    fc.string(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
    fc.constant(Buffer.from('{"alg":"ES256","typ":"JWT"}').toString('base64url')),
    fc.constant(Buffer.from(JSON.stringify({ sub: client.clientId })).toString('base64url')),
  );
  const candidate = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(candidate, (text) => void assertedClientId(text)),
    { numRuns: 500 },
  );
  await fc.assert(
    fc.asyncProperty(candidate, async (text) => {
      fc.pre(text !== '' && !text.includes('\0'));
      expect(outcome(await present(text))).toBe(refused);
    }),
    { numRuns: 60 },
  );
  expect(app.logLines.filter((line) => line.includes('request failed'))).toEqual([]);
});

// Last, for it moves the clock.
requirement(
  'OpenID Connect Core §10.1.1',
  'keys at a jwks_uri are fetched, kept, and fetched again for a new key, at most once a minute',
  async () => {
    const its = await publish();
    const [first, second] = await Promise.all([aKey('ES256', '1'), aKey('ES256', '2')]);
    its.keys.push(...first.jwks.keys);
    const { clientId } = await anApp(app, { authMethod: 'private_key_jwt', jwksUri: its.uri });
    const by = async (which: ClientKey) => outcome(await present(await anAssertion(which, app, clientId)));
    expect([await by(first), await by(first), its.asked()]).toEqual(['granted', 'granted', 1]);
    its.keys.splice(0, 1, ...second.jwks.keys);
    // It was asked a moment ago.
    expect([await by(second), await by(second), its.asked()]).toEqual([refused, refused, 1]);
    clock.advance(61);
    expect([await by(second), its.asked()]).toEqual(['granted', 2]);
    expect([await by(first), await by(first), its.asked()]).toEqual([refused, refused, 2]);
    // Where it does not answer, what is known goes on being used.
    its.answer.status = 503;
    clock.advance(601);
    expect(await by(second)).toBe('granted');
    its.close();
  },
);
