/** What works once works once, whichever node is asked and however many ask at a time: codes, pushed requests, proofs, assertions. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AuthorizationCode } from '../../server/oauth/authorization-code.entity.ts';
import { aKey, anAssertion, aProof, type ClientKey, withAssertion } from '../support/client-jwt.ts';
import { anApp, aSignedInPerson } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';
import { basic, tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let other: TestApp;
let key: ClientKey;

beforeAll(async () => {
  app = await createTestApp();
  other = await createTestApp({ beside: app });
  key = await aKey();
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const times = 20;
const node = (index: number): TestApp => (index % 2 ? app : other);

/** The same at once on both nodes. */
const atOnce = <T>(work: (at: TestApp) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => work(node(index))));

const forItself = { grant_type: 'client_credentials' };

test('a client assertion', async () => {
  const client = await anApp(app, { authMethod: 'private_key_jwt', jwks: key.jwks });
  const assertion = await anAssertion(key, app, client.clientId);
  const answers = await atOnce((at) => tokenRequest(at, null, { ...forItself, ...withAssertion(assertion) }));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('invalid_client');
});

test('a proof of possession at the token endpoint', async () => {
  const client = await anApp(app);
  const proof = await aProof(key, app, { path: '/oauth/token' });
  const answers = await atOnce(async (at) => {
    const response = await fetch(`${at.issuer}/oauth/token`, {
      method: 'POST',
      headers: { authorization: basic(client), dpop: proof },
      body: new URLSearchParams(forItself),
    });
    return { status: response.status, body: (await response.json()) as { error?: string } };
  });
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('invalid_dpop_proof');
});

test('a proof of possession at a resource', async () => {
  const client = await anApp(app, { authMethod: 'client_secret_basic', scopes: ['openid', 'profile'] });
  const person = await aSignedInPerson(app);
  const party = await RelyingParty.discover(app, client);
  const request = await party.begin('openid');
  const callback = await party.authorize(person, request);
  const response = await fetch(`${app.issuer}/oauth/token`, {
    method: 'POST',
    headers: { authorization: basic(client), dpop: await aProof(key, app, { path: '/oauth/token' }) },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: client.redirectUri,
      code_verifier: request.verifier,
    }),
  });
  const { access_token: accessToken } = (await response.json()) as { access_token: string };
  const proof = await aProof(key, app, { method: 'GET', path: '/oauth/userinfo', accessToken });
  const headers = { authorization: `DPoP ${accessToken}`, dpop: proof };
  const answers = await atOnce((at) => fetch(`${at.issuer}/oauth/userinfo`, { headers }));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(times - 1).fill(401)]);
});

test('a pushed request: of many tabs that answer, one gives a code', async () => {
  const client = await anApp(app);
  const person = await aSignedInPerson(app);
  const party = await RelyingParty.discover(app, client);
  const { url } = await party.begin('openid');
  const pushed = await fetch(`${app.issuer}/oauth/par`, {
    method: 'POST',
    headers: { authorization: basic(client) },
    body: url.searchParams,
  });
  const { request_uri } = (await pushed.json()) as { request_uri: string };
  const address = `/oauth/authorize?${new URLSearchParams({ client_id: client.clientId, request_uri })}`;
  const tabs = [];
  for (let tab = 0; tab < 8; tab++) {
    const { location } = await person.browser.get(address);
    const page = await person.browser.get(location ?? '');
    tabs.push({ path: location ?? '', form: hiddenFields(page.body) });
  }
  const answers = await Promise.all(
    tabs.map(({ path, form }, index) =>
      person.browser.post(new URL(path, node(index).issuer).href, { ...form, decision: 'allow' }),
    ),
  );
  expect(answers.filter(({ location }) => location?.includes('code='))).toHaveLength(1);
  const codes = await app.inContext(() => app.orm.em.count(AuthorizationCode, { family: { app: client.id } }));
  expect(codes).toBe(1);
});

test('an authorization code', async () => {
  const client = await anApp(app);
  const person = await aSignedInPerson(app);
  const party = await RelyingParty.discover(app, client);
  const request = await party.begin('openid');
  const callback = await party.authorize(person, request);
  const parameters = {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    code_verifier: request.verifier,
  };
  const answers = await atOnce((at) => tokenRequest(at, client, parameters));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('invalid_grant');
});

test('with the window closed, a refresh token', async () => {
  const strict = [
    await createTestApp({ beside: app, settings: { LATCHKEY_REFRESH_GRACE: '0' } }),
    await createTestApp({ beside: app, settings: { LATCHKEY_REFRESH_GRACE: '0' } }),
  ];
  const client = await anApp(app);
  const party = await RelyingParty.discover(app, client);
  const { refresh_token = '' } = await party.signIn(await aSignedInPerson(app), 'openid offline_access');
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      tokenRequest(strict[index % 2] as TestApp, client, { grant_type: 'refresh_token', refresh_token }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  await Promise.all(strict.map((each) => each.close()));
});
