import fc from 'fast-check';
import { UnsecuredJWT } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { aKey, aRequestObject, type Changes, type ClientKey } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

const clock = new TestClock();
let app: TestApp;
let ada: Person;
let key: ClientKey;
let client: TestClient;
let party: RelyingParty;

beforeAll(async () => {
  app = await createTestApp({ clock });
  ada = await aSignedInPerson(app);
  key = await aKey();
  client = await anApp(app, {
    jwks: key.jwks,
    redirectUris: ['https://app.example/back', 'https://app.example/other'],
  });
  party = await RelyingParty.discover(app, client);
  // What is asked below was allowed before, so each request is answered at once.
  await party.authorize(ada, await party.begin('openid profile'));
});
afterAll(() => app.close());

const now = (): number => Math.floor(clock.now().getTime() / 1000);

/** The parameters of a right request. */
const parameters = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await party.begin('openid')).url.searchParams);

/** What comes of a request of which only this is in the open. */
const ask = async (open: Record<string, string>): Promise<string> => {
  const answer = await ada.browser.get(`/oauth/authorize?${new URLSearchParams(open)}`);
  if (answer.location === null) return `page ${answer.status}`;
  const { searchParams } = new URL(answer.location, app.issuer);
  return searchParams.get('error') ?? (searchParams.has('code') ? 'code' : 'waits');
};

/** @param open beside the request object; `redirect_uri` lets an error find its way back */
const asked = async (
  changes: Changes & { parameters?: Record<string, unknown>; by?: ClientKey } = {},
  open: Record<string, string> = { redirect_uri: client.redirectUri },
): Promise<string> => {
  const content = { ...(await parameters()), ...changes.parameters };
  const request = await aRequestObject(changes.by ?? key, app, client.clientId, content, changes);
  return ask({ client_id: client.clientId, request, ...open });
};

requirement(
  'RFC 9101 §5',
  'a request may be signed: client_id and request are all that stands in the open',
  async () => {
    expect(await asked({}, {})).toBe('code');
  },
);

requirement('RFC 9101 §6.3', 'only what was signed counts', async () => {
  const content = { ...(await parameters()), state: 'signed', redirect_uri: 'https://app.example/other' };
  const request = await aRequestObject(key, app, client.clientId, content);
  const open = {
    client_id: client.clientId,
    request,
    state: 'open',
    redirect_uri: client.redirectUri,
    prompt: 'login',
  };
  const { location } = await ada.browser.get(`/oauth/authorize?${new URLSearchParams(open)}`);
  expect(location?.startsWith('https://app.example/other?code=')).toBe(true);
  expect(new URL(location ?? '').searchParams.get('state')).toBe('signed');
  const { redirect_uri: _, ...without } = content;
  expect(await ask({ ...open, request: await aRequestObject(key, app, client.clientId, without) })).toBe('page 400');
});

requirement(
  'OpenID Connect Core §6.1',
  'a redirect URI in the open that is not registered harms nothing where a right one is signed',
  async () => {
    expect(await asked({}, { redirect_uri: 'https://evil.example/' })).toBe('code');
  },
);

requirement('RFC 9101 §6.3', 'the signed client_id is that of the request', async () => {
  for (const client_id of [undefined, 'other', 7]) {
    expect(await asked({ claims: { client_id } })).toBe('invalid_request_object');
  }
  const other = await anApp(app, { jwks: key.jwks, redirectUris: [client.redirectUri] });
  const request = await aRequestObject(key, app, client.clientId, await parameters());
  const open = { client_id: other.clientId, request, redirect_uri: client.redirectUri };
  expect(await ask(open)).toBe('invalid_request_object');
});

requirement('RFC 9101 §4', 'iss is the client and aud is this server', async () => {
  for (const claims of [
    { iss: undefined },
    { iss: 'other' },
    { aud: undefined },
    { aud: 'https://elsewhere.example' },
  ]) {
    expect([claims, await asked({ claims })]).toEqual([claims, 'invalid_request_object']);
  }
  expect(await asked({ claims: { aud: ['https://elsewhere.example', app.issuer] } })).toBe('code');
});

requirement(
  'RFC 9101 §6.1',
  'exp and nbf hold, with some room for clocks that differ; neither is required',
  async () => {
    for (const claims of [
      { exp: now() - 61 },
      { nbf: now() + 61 },
      { iat: now() + 61 },
      { exp: 'soon' },
      { nbf: 'now' },
    ]) {
      expect([claims, await asked({ claims })]).toEqual([claims, 'invalid_request_object']);
    }
    for (const claims of [
      { nbf: now() + 10, iat: now() + 10 },
      { exp: undefined, nbf: undefined },
    ]) {
      expect([claims, await asked({ claims })]).toEqual([claims, 'code']);
    }
  },
);

requirement(
  'RFC 9101 §6.2',
  'the signature is one of the app’s keys; none is refused, also where it is announced otherwise',
  async () => {
    expect(await asked({ by: await aKey() })).toBe('invalid_request_object');
    const claims = { iss: client.clientId, aud: app.issuer, client_id: client.clientId, ...(await parameters()) };
    const open = { client_id: client.clientId, redirect_uri: client.redirectUri };
    expect(await ask({ ...open, request: new UnsecuredJWT(claims).encode() })).toBe('invalid_request_object');
    const keyless = await anApp(app, { redirectUris: [client.redirectUri] });
    const request = await aRequestObject(key, app, keyless.clientId, await parameters());
    expect(await ask({ ...open, client_id: keyless.clientId, request })).toBe('invalid_request_object');
  },
);

requirement(
  'RFC 9101 §10.8',
  'what was signed to prove the client is no request, and a request proves no client',
  async () => {
    for (const typ of ['client-authentication+jwt', 'dpop+jwt']) {
      expect(await asked({ header: { typ } })).toBe('invalid_request_object');
    }
    expect(await asked({ claims: { sub: client.clientId } })).toBe('invalid_request_object');
    const request = await aRequestObject(key, app, client.clientId, {}, { claims: { sub: client.clientId, jti: 'x' } });
    const answer = await tokenRequest(app, null, {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: request,
    });
    expect(answer.body.error).toBe('invalid_client');
  },
);

requirement('RFC 9101 §4', 'a request object holds no other, and is not encrypted', async () => {
  for (const claims of [{ request: 'a.b.c' }, { request_uri: 'https://app.example/request' }]) {
    expect(await asked({ claims })).toBe('invalid_request_object');
  }
  const open = { client_id: client.clientId, redirect_uri: client.redirectUri };
  expect(await ask({ ...open, request: 'a.b.c.d.e' })).toBe('invalid_request_object');
});

requirement('RFC 9101 §5', 'request and request_uri exclude each other', async () => {
  expect(await asked({}, { redirect_uri: client.redirectUri, request_uri: 'https://app.example/r' })).toBe(
    'invalid_request',
  );
});

requirement(
  'OpenID Connect Core §6.1',
  'numbers and JSON stand in their own types; what is neither is refused',
  async () => {
    expect(await asked({ parameters: { max_age: 3600, claims: { userinfo: { name: null } } } })).toBe('code');
    expect(await asked({ parameters: { max_age: -1 } })).toBe('invalid_request');
    for (const state of [['a'], null, 'a\0b', 'a\ud800']) {
      expect([state, await asked({ parameters: { state } })]).toEqual([state, 'invalid_request_object']);
    }
  },
);

requirement(
  'RFC 9101 §6.3',
  'a parameter whose name is no text is refused, also where the request is pushed',
  async () => {
    for (const name of ['a\0b', 'a\ud800']) {
      expect([name, await asked({ parameters: { [name]: 'x' } })]).toEqual([name, 'invalid_request_object']);
      const content = { ...(await parameters()), [name]: 'x' };
      const request = await aRequestObject(key, app, client.clientId, content);
      const { status, body } = await tokenRequest(app, client, { request }, '/oauth/par');
      expect([name, status, body.error]).toEqual([name, 400, 'invalid_request_object']);
    }
  },
);

requirement('RFC 9101 §7', 'an error is told to the app only where the request says in the open where to', async () => {
  const by = await aKey();
  expect(await asked({ by }, {})).toBe('page 400');
  expect(await asked({ by }, { redirect_uri: 'https://evil.example/' })).toBe('page 400');
  expect(await asked({ by })).toBe('invalid_request_object');
});

requirement('RFC 9101 §10.5', 'an app that signs its requests is refused unsigned ones, pushed or not', async () => {
  const strict = await anApp(app, {
    jwks: key.jwks,
    redirectUris: [client.redirectUri],
    requireSignedRequestObject: true,
  });
  const content = { ...(await parameters()), client_id: strict.clientId };
  expect(await ask(content)).toBe('invalid_request');
  expect((await tokenRequest(app, strict, content, '/oauth/par')).body.error).toBe('invalid_request');
  const request = await aRequestObject(key, app, strict.clientId, content);
  expect(await ask({ client_id: strict.clientId, request })).toBe('waits');
  expect((await tokenRequest(app, strict, { request }, '/oauth/par')).status).toBe(201);
});

requirement(
  'OpenID Connect Registration §2',
  'an app that registered an algorithm for its requests uses no other',
  async () => {
    const ps256 = await aKey('PS256');
    const jwks = { keys: [...key.jwks.keys, ...ps256.jwks.keys] };
    const strict = await anApp(app, { jwks, redirectUris: [client.redirectUri], requestObjectSigningAlg: 'PS256' });
    for (const [by, expected] of [
      [ps256, 'waits'],
      [key, 'invalid_request_object'],
    ] as const) {
      const request = await aRequestObject(by, app, strict.clientId, {
        ...(await parameters()),
        client_id: strict.clientId,
      });
      expect(await ask({ client_id: strict.clientId, redirect_uri: client.redirectUri, request })).toBe(expected);
    }
  },
);

requirement('RFC 9126 §3', 'a signed request may be pushed', async () => {
  const content = { ...(await parameters()), state: 'pushed' };
  const request = await aRequestObject(key, app, client.clientId, content);
  const { status, body } = await tokenRequest(app, client, { request }, '/oauth/par');
  expect(status).toBe(201);
  const { request_uri = '' } = body as { request_uri?: string };
  const { location } = await ada.browser.get(
    `/oauth/authorize?${new URLSearchParams({ client_id: client.clientId, request_uri })}`,
  );
  expect(new URL(location ?? '').searchParams.get('state')).toBe('pushed');
  const forged = await aRequestObject(await aKey(), app, client.clientId, content);
  expect((await tokenRequest(app, client, { request: forged }, '/oauth/par')).body.error).toBe(
    'invalid_request_object',
  );
  const other = await anApp(app, { jwks: key.jwks, redirectUris: [client.redirectUri] });
  expect((await tokenRequest(app, other, { request }, '/oauth/par')).body.error).toBe('invalid_request_object');
});

requirement('OpenID Connect Core §3.1.2.1', 'a signed request may come by POST', async () => {
  const request = await aRequestObject(key, app, client.clientId, await parameters());
  const repeated = await ada.browser.post('/oauth/authorize', { client_id: client.clientId, request });
  expect(repeated.status).toBe(303);
  expect((await ada.browser.get(repeated.location ?? '')).location).toContain('code=');
});

requirement(
  'OpenID Connect Discovery §3',
  'what is announced is the truth: by value, signed, not by reference',
  async () => {
    const metadata = party.configuration.serverMetadata();
    expect(metadata.request_parameter_supported).toBe(true);
    expect(metadata.request_uri_parameter_supported).toBe(false);
    expect(metadata.request_object_signing_alg_values_supported).toEqual([
      'ES256',
      'PS256',
      'EdDSA',
      'Ed25519',
      'RS256',
    ]);
  },
);

requirement('RFC 9101 §5', 'openid-client signs its requests, and pushes them signed', async () => {
  // It has a clock of its own.
  const node = await createTestApp();
  const grace = await aSignedInPerson(node);
  const rp = await RelyingParty.discover(node, await anApp(node, { jwks: key.jwks }));
  const request = await rp.begin('openid profile');
  const signing = { key: key.privateKey, kid: key.jwks.keys[0]?.kid ?? '' };
  const url = await oidc.buildAuthorizationUrlWithJAR(rp.configuration, request.url.searchParams, signing);
  expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request']);
  const tokens = await rp.finish(await rp.authorize(grace, { ...request, url }), request);
  expect(tokens.claims()?.sub).toBe(grace.account.id);
  const again = await rp.begin('openid');
  const signed = await oidc.buildAuthorizationUrlWithJAR(rp.configuration, again.url.searchParams, signing);
  const pushed = await oidc.buildAuthorizationUrlWithPAR(rp.configuration, signed.searchParams);
  expect((await rp.finish(await rp.authorize(grace, { ...again, url: pushed }), again)).access_token).toBeTruthy();
  await node.close();
});

requirement('RFC 8725 §3.10', 'whatever is sent as a request object is refused without a fault', async () => {
  const part = fc.oneof(
    fc.base64String(),
    fc.string(),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
    fc.constant(Buffer.from('{"alg":"ES256"}').toString('base64url')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
      const request = parts.join('.');
      fc.pre(request !== '' && !request.includes('\0'));
      const open = { client_id: client.clientId, redirect_uri: client.redirectUri };
      expect(await ask({ ...open, request })).toBe('invalid_request_object');
    }),
    { numRuns: 60 },
  );
  expect(app.logLines.filter((line) => line.includes('request failed'))).toEqual([]);
});
