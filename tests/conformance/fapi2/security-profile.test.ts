/** What the FAPI 2.0 Security Profile (final) asks of this server, for an app with `profile: fapi2`. */
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { aKey, anAssertion, aProof, type Changes, type ClientKey, withAssertion } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty, type SignInRequest } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const clock = new TestClock();
let app: TestApp;
let ada: Person;
let key: ClientKey;
let dpop: ClientKey;
let client: TestClient;
let party: RelyingParty;

const aFapiApp = async (by: ClientKey, node: TestApp = app): Promise<TestClient> =>
  anApp(node, {
    authMethod: 'private_key_jwt',
    jwks: by.jwks,
    profile: 'fapi2',
    // What the profile asks for does not hang on the other settings.
    requirePkce: false,
    dpopBoundAccessTokens: true,
    requirePushedAuthorizationRequests: true,
  });

beforeAll(async () => {
  app = await createTestApp({ clock, settings: { LATCHKEY_CLIENT_FAILURES: '100000' } });
  ada = await aSignedInPerson(app);
  [key, dpop] = await Promise.all([aKey(), aKey()]);
  client = await aFapiApp(key);
  party = await RelyingParty.discover(app, client, oidc.PrivateKeyJwt(key.privateKey));
});
afterAll(() => app.close());

const now = (): number => Math.floor(clock.now().getTime() / 1000);

interface Answer {
  status: number;
  body: Record<string, string | undefined>;
}

interface Call {
  by?: ClientKey;
  as?: TestClient;
  assertion?: Changes;
  /** Null: none. */
  proof?: Changes | null;
  proofKey?: ClientKey;
}

const call = async (path: string, parameters: Record<string, string>, how: Call = {}): Promise<Answer> => {
  const { by = key, as = client, assertion = {}, proof = {}, proofKey = dpop } = how;
  const dpopHeader = proof === null ? {} : { dpop: await aProof(proofKey, app, { path }, proof) };
  const response = await fetch(app.issuer + path, {
    method: 'POST',
    headers: dpopHeader,
    body: new URLSearchParams({ ...parameters, ...withAssertion(await anAssertion(by, app, as.clientId, assertion)) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};

const push = (parameters: Record<string, string>, how?: Call) =>
  call('/oauth/par', parameters, { proof: null, ...how });

const token = (parameters: Record<string, string>, how?: Call) => call('/oauth/token', parameters, how);

/** The parameters of a right request. */
const begun = async (scope = 'openid'): Promise<{ request: SignInRequest; parameters: Record<string, string> }> => {
  const request = await party.begin(scope);
  const { client_id: _, ...parameters } = Object.fromEntries(request.url.searchParams);
  return { request, parameters };
};

const arrive = (request: SignInRequest, requestUri: string): Promise<URL> =>
  party.authorize(ada, {
    ...request,
    url: new URL(
      `/oauth/authorize?${new URLSearchParams({ client_id: client.clientId, request_uri: requestUri })}`,
      app.issuer,
    ),
  });

/** A code, by the whole way. */
const code = async (scope?: string, changes: Record<string, string> = {}) => {
  const { request, parameters } = await begun(scope);
  const { body } = await push({ ...parameters, ...changes });
  const callback = await arrive(request, body.request_uri ?? '');
  return { request, callback, code: callback.searchParams.get('code') ?? '' };
};

const redeem = (request: SignInRequest, value: string, how?: Call, verifier = request.verifier) =>
  token(
    { grant_type: 'authorization_code', code: value, redirect_uri: client.redirectUri, code_verifier: verifier },
    how,
  );

requirement(
  'FAPI 2.0 Security Profile §5.3.2.2',
  'a pushed request, a code, a bound token, UserInfo: the whole way',
  async () => {
    const { request, callback, code: value } = await code('openid profile');
    expect(callback.searchParams.get('iss')).toBe(app.issuer);
    expect(callback.searchParams.get('state')).toBe(request.state);
    const { status, body } = await redeem(request, value);
    expect([status, body.token_type]).toEqual([200, 'DPoP']);
    const accessToken = body.access_token ?? '';
    const proof = await aProof(dpop, app, { method: 'GET', path: '/oauth/userinfo', accessToken });
    for (const scheme of ['DPoP', 'dpop']) {
      const fresh =
        scheme === 'DPoP' ? proof : await aProof(dpop, app, { method: 'GET', path: '/oauth/userinfo', accessToken });
      const response = await fetch(`${app.issuer}/oauth/userinfo`, {
        headers: { authorization: `${scheme} ${accessToken}`, dpop: fresh },
      });
      expect(response.status).toBe(200);
    }
  },
);

requirement('FAPI 2.0 Security Profile §5.3.2.2', 'a request that was not pushed is refused', async () => {
  const { request } = await begun();
  const answer = new URL((await ada.browser.get(request.url.href)).location ?? '');
  expect([answer.searchParams.get('error'), answer.searchParams.has('code')]).toEqual(['invalid_request', false]);
});

requirement(
  'FAPI 2.0 Security Profile §5.3.2.2',
  'a pushed request needs PKCE with S256 and a redirect_uri, and only the response type code',
  async () => {
    const { parameters } = await begun();
    for (const [changes, error] of [
      [{ code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ code_challenge_method: '' }, 'invalid_request'],
      [{ redirect_uri: '' }, 'invalid_request'],
      [{ redirect_uri: '', scope: '' }, 'invalid_request'],
      [{ redirect_uri: `${client.redirectUri}/other` }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ response_type: 'code id_token' }, 'unsupported_response_type'],
      [{ response_mode: 'form_post' }, 'invalid_request'],
      [{ response_mode: 'fragment' }, 'invalid_request'],
      [{ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ] as const) {
      const answer = await push({ ...parameters, ...changes });
      expect([changes, answer.status, answer.body.error]).toEqual([changes, 400, error]);
    }
    expect((await push(parameters)).status).toBe(201);
  },
);

requirement('FAPI 2.0 Security Profile §5.3.2.2', 'a wrong or missing code_verifier is refused', async () => {
  const other = oidc.randomPKCECodeVerifier();
  for (const verifier of ['', other]) {
    const { request, code: value } = await code();
    const { status, body } = await redeem(request, value, {}, verifier);
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  }
});

requirement('FAPI 2.0 Security Profile §5.3.2.1', 'aud is the issuer, as a text: no list, no endpoint', async () => {
  const { parameters } = await begun();
  const wrong = [
    [app.issuer],
    [app.issuer, 'x'],
    `${app.issuer}/oauth/token`,
    `${app.issuer}/oauth/par`,
    `${app.issuer}/`,
    'x',
    undefined,
  ];
  for (const aud of wrong) {
    const answer = await push(parameters, { assertion: { claims: { aud } } });
    expect([aud, answer.status, answer.body.error]).toEqual([aud, 401, 'invalid_client']);
  }
  expect((await push(parameters, { assertion: { claims: { aud: app.issuer } } })).status).toBe(201);
});

requirement(
  'FAPI 2.0 Security Profile §5.3.2.1',
  'iat and nbf up to 10 seconds ahead are taken, more than 60 are not; what has expired is not',
  async () => {
    const { parameters } = await begun();
    for (const [claims, status] of [
      [{ iat: now() + 8, nbf: now() + 8 }, 201],
      [{ iat: now() + 10, nbf: now() + 10 }, 201],
      [{ iat: now() + 61 }, 401],
      [{ nbf: now() + 61 }, 401],
      [{ exp: now() - 300 }, 401],
      [{ sub: undefined }, 401],
    ] as const) {
      expect([claims, (await push(parameters, { assertion: { claims } })).status]).toEqual([claims, status]);
    }
  },
);

requirement(
  'FAPI 2.0 Security Profile §5.4.1',
  'assertions are signed with ES256, PS256 or EdDSA; with RS256 never',
  async () => {
    const { parameters } = await begun();
    for (const [algorithm, status] of [
      ['ES256', 201],
      ['PS256', 201],
      ['EdDSA', 201],
      ['RS256', 401],
    ] as const) {
      const by = await aKey(algorithm);
      const as = await aFapiApp(by);
      expect([algorithm, (await push(parameters, { by, as })).status]).toEqual([algorithm, status]);
    }
  },
);

requirement(
  'FAPI 2.0 Security Profile §5.3.2.1',
  'the client proves itself at the endpoint for pushed requests and at that for tokens',
  async () => {
    const { parameters } = await begun();
    for (const path of ['/oauth/par', '/oauth/token']) {
      const body = new URLSearchParams({ ...parameters, grant_type: 'authorization_code', client_id: client.clientId });
      const response = await fetch(app.issuer + path, { method: 'POST', body });
      expect([path, response.status]).toEqual([path, 401]);
    }
  },
);

requirement(
  'FAPI 2.0 Security Profile §5.3.2.1',
  'no token is given without a proof of possession, and the code is still good',
  async () => {
    const { request, code: value } = await code();
    const { status, body } = await redeem(request, value, { proof: null });
    expect([status, body.error]).toEqual([400, 'invalid_request']);
    expect((await redeem(request, value)).status).toBe(200);
  },
);

requirement('FAPI 2.0 Security Profile §5.3.2.1', 'proofs up to 10 seconds off are taken', async () => {
  for (const iat of [now() - 10, now() + 10]) {
    const { request, code: value } = await code();
    expect((await redeem(request, value, { proof: { claims: { iat } } })).status).toBe(200);
  }
});

requirement(
  'FAPI 2.0 Security Profile §5.3.2.1',
  'dpop_jkt and a proof with the pushed request bind the code to the key',
  async () => {
    const other = await aKey();
    const { parameters, request } = await begun();
    const wrong = await push({ ...parameters, dpop_jkt: dpop.thumbprint }, { proof: {}, proofKey: other });
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_dpop_proof']);
    for (const how of [{ proof: {} }, {}] as const) {
      const again = await begun();
      const more = 'proof' in how ? {} : { dpop_jkt: dpop.thumbprint };
      const { body } = await push({ ...again.parameters, ...more }, how);
      const value = (await arrive(again.request, body.request_uri ?? '')).searchParams.get('code') ?? '';
      expect((await redeem(again.request, value, { proofKey: other })).status).toBe(400);
      expect((await redeem(again.request, value)).status).toBe(200);
    }
    expect(request.state).toBeTruthy();
  },
);

requirement(
  'FAPI 2.0 Security Profile §5.3.2.1',
  'a code lives a minute at most, works once, and for its client alone',
  async () => {
    const otherKey = await aKey();
    const other = await aFapiApp(otherKey);
    const stolen = await code();
    expect((await redeem(stolen.request, stolen.code, { by: otherKey, as: other })).body.error).toBe('invalid_grant');
    const used = await code();
    expect((await redeem(used.request, used.code)).status).toBe(200);
    expect((await redeem(used.request, used.code)).body.error).toBe('invalid_grant');
    const old = await code();
    clock.advance(61);
    expect((await redeem(old.request, old.code)).body.error).toBe('invalid_grant');
  },
);

requirement(
  'FAPI 2.0 Security Profile §5.3.2.1',
  'refresh tokens do not rotate, and need the client and a proof',
  async () => {
    const { request, code: value } = await code('openid offline_access');
    const { refresh_token: refreshToken = '' } = (await redeem(request, value)).body;
    expect(refreshToken).toMatch(/^lk_rt_/);
    const refresh = (how?: Call) => token({ grant_type: 'refresh_token', refresh_token: refreshToken }, how);
    for (let time = 0; time < 3; time++) {
      const { status, body } = await refresh();
      expect([status, body.token_type, body.refresh_token]).toEqual([200, 'DPoP', undefined]);
      clock.advance(30);
    }
    expect((await refresh({ proof: null })).body.error).toBe('invalid_request');
    const otherKey = await aKey();
    const other = await aFapiApp(otherKey);
    expect((await refresh({ by: otherKey, as: other })).body.error).toBe('invalid_grant');
    expect((await refresh()).status).toBe(200);
  },
);

requirement(
  'FAPI 2.0 Security Profile §5.3.2.1',
  'a refresh token that is used lives on, one that is not ends',
  async () => {
    const node = await createTestApp({ clock, settings: { LATCHKEY_REFRESH_TOKEN_LIFETIME: '600' }, beside: app });
    const { request, code: value } = await code('openid offline_access');
    const { refresh_token: refreshToken = '' } = (await redeem(request, value)).body;
    const refresh = async () => {
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        ...withAssertion(await anAssertion(key, app, client.clientId)),
      });
      const headers = { dpop: await aProof(dpop, app, { path: '/oauth/token' }) };
      return (await fetch(`${node.issuer}/oauth/token`, { method: 'POST', headers, body })).status;
    };
    for (let time = 0; time < 3; time++) {
      expect(await refresh()).toBe(200);
      clock.advance(500);
    }
    clock.advance(200);
    expect(await refresh()).toBe(400);
    await node.close();
  },
);

requirement(
  'FAPI 2.0 Security Profile §5.3.2.2',
  'openid-client goes the whole way: private_key_jwt, PAR and DPoP',
  async () => {
    const node = await createTestApp();
    const grace = await aSignedInPerson(node);
    const by = await aKey('PS256');
    const rp = await RelyingParty.discover(node, await aFapiApp(by, node), oidc.PrivateKeyJwt(by.privateKey));
    const handle = oidc.getDPoPHandle(rp.configuration, await oidc.randomDPoPKeyPair());
    const request = await rp.begin('openid offline_access');
    const url = await oidc.buildAuthorizationUrlWithPAR(rp.configuration, request.url.searchParams, { DPoP: handle });
    const callback = await rp.authorize(grace, { ...request, url });
    const checks = { pkceCodeVerifier: request.verifier, expectedState: request.state, expectedNonce: request.nonce };
    const tokens = await oidc.authorizationCodeGrant(rp.configuration, callback, checks, undefined, { DPoP: handle });
    const again = await oidc.refreshTokenGrant(rp.configuration, tokens.refresh_token ?? '', undefined, {
      DPoP: handle,
    });
    const info = await oidc.fetchUserInfo(rp.configuration, again.access_token, grace.account.id, { DPoP: handle });
    expect(info.sub).toBe(grace.account.id);
    await node.close();
  },
);

requirement('FAPI 2.0 Security Profile §5.3.2.1', 'what is announced holds what the profile needs', async () => {
  const metadata = party.configuration.serverMetadata();
  expect(metadata.token_endpoint_auth_methods_supported).toContain('private_key_jwt');
  expect(metadata.token_endpoint_auth_signing_alg_values_supported).toEqual(expect.arrayContaining(['ES256', 'PS256']));
  expect(metadata.dpop_signing_alg_values_supported).not.toContain('RS256');
  expect(metadata.code_challenge_methods_supported).toEqual(['S256']);
  expect(metadata.authorization_response_iss_parameter_supported).toBe(true);
  expect(metadata.pushed_authorization_request_endpoint).toBeTruthy();
});
