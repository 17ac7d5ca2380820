/** RFC 7591: OAuth 2.0 Dynamic Client Registration Protocol. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RegistrationTokens } from '../../../server/apps/registration-tokens.ts';
import { unitOfWork } from '../../../server/database/unit-of-work.ts';
import { scopes } from '../../../server/kernel/scopes.ts';
import { TestClock } from '../../support/clock.ts';
import { callerFor } from '../../support/graphql-caller.ts';
import { aPerson } from '../../support/personas.ts';
import { ask, register, tryToRegister } from '../../support/registration.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

const clock = new TestClock();
let open: TestApp;
let guarded: TestApp;
let closed: TestApp;
beforeAll(async () => {
  open = await createTestApp({
    clock,
    settings: { LATCHKEY_CLIENT_REGISTRATION: 'open', LATCHKEY_REGISTRATIONS_PER_ADDRESS: '1000000' },
  });
  guarded = await createTestApp({ clock, settings: { LATCHKEY_CLIENT_REGISTRATION: 'token' } });
  closed = await createTestApp({ beside: guarded, clock });
});
afterAll(async () => {
  await closed.close();
  await guarded.close();
  await open.close();
});

const tokens = () =>
  new RegistrationTokens({ em: guarded.orm.em, inTransaction: unitOfWork(guarded.orm), clock: guarded.clock });
const aToken = async (uses = 1): Promise<string> =>
  (await tokens().create({ name: 'for a test', uses, expiresIn: 600 }, null)).token;

const web = { client_name: 'Forum', redirect_uris: ['https://forum.example.org/callback'] };
const errorOf = async (metadata: unknown): Promise<[number, string]> => {
  const { status, body } = await tryToRegister(open, metadata);
  expect(body?.error_description ?? '').toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
  return [status, body?.error];
};

requirement(
  'RFC 7591 §3.2.1',
  'a registration answers 201 with an id, a secret, and everything that was registered',
  async () => {
    const { status, headers, body } = await tryToRegister(open, {
      ...web,
      'client_name#fr': 'Le forum',
      client_uri: 'https://forum.example.org',
      logo_uri: 'https://forum.example.org/logo.png',
      policy_uri: 'https://forum.example.org/policy',
      tos_uri: 'https://forum.example.org/terms',
      contacts: ['kim@example.org'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'openid email',
      software_id: 'forum',
      software_version: '2.1',
    });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      ...web,
      client_id: expect.any(String),
      client_secret: expect.stringMatching(/^lk_cs_/),
      client_secret_expires_at: 0,
      client_id_issued_at: Math.floor(clock.now().getTime() / 1000),
      client_uri: 'https://forum.example.org',
      logo_uri: 'https://forum.example.org/logo.png',
      policy_uri: 'https://forum.example.org/policy',
      tos_uri: 'https://forum.example.org/terms',
      contacts: ['kim@example.org'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'openid email',
      software_id: 'forum',
      software_version: '2.1',
    });
  },
);

requirement('RFC 7591 §3.2.1', 'every registration is a client of its own', async () => {
  const [one, two] = [await register(open, web), await register(open, web)];
  expect(one.client_id).not.toBe(two.client_id);
  expect(one.client_secret).not.toBe(two.client_secret);
  expect(one.registration_access_token).not.toBe(two.registration_access_token);
});

requirement('RFC 7591 §2', 'what is left out is client_secret_basic, authorization_code and code', async () => {
  const registered = await register(open, web);
  expect(registered).toMatchObject({
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    require_pkce: false,
  });
});

requirement('RFC 7591 §3.2.1', 'a public client is given no secret', async () => {
  const registered = await register(open, { ...web, token_endpoint_auth_method: 'none' });
  expect(registered).not.toHaveProperty('client_secret');
  expect(registered).not.toHaveProperty('client_secret_expires_at');
  expect(registered).toMatchObject({ require_pkce: true, token_endpoint_auth_method: 'none' });
});

requirement('RFC 7591 §3.1', 'what was registered can be used', async () => {
  const service = await register(open, { grant_types: ['client_credentials'], scope: 'read' });
  expect(service).toMatchObject({ response_types: [], grant_types: ['client_credentials'] });
  const credentials = { clientId: service.client_id, clientSecret: service.client_secret as string };
  const { status } = await tokenRequest(open, credentials, { grant_type: 'client_credentials' });
  expect(status).toBe(200);
});

requirement('RFC 7591 §2', 'members that the server does not know are ignored', async () => {
  const registered = await register(open, { ...web, colour: 'green', software_statement: 'eyJhbGciOiJub25lIn0.e30.' });
  expect(registered).not.toHaveProperty('colour');
  expect(registered).not.toHaveProperty('software_statement');
});

requirement('RFC 7591 §2', 'members without a value are as good as none', async () => {
  expect(await register(open, { ...web, client_uri: null, grant_types: null })).toMatchObject({
    grant_types: ['authorization_code'],
  });
});

requirement('RFC 7591 §2.1', 'grants and response types that do not go together are refused', async () => {
  expect(await errorOf({ ...web, response_types: [] })).toEqual([400, 'invalid_client_metadata']);
  expect(await errorOf({ grant_types: ['client_credentials'], response_types: ['code'] })).toEqual([
    400,
    'invalid_client_metadata',
  ]);
});

requirement('RFC 7591 §3.2.2', 'a bad redirect URI is invalid_redirect_uri', async () => {
  for (const uri of [
    'http://forum.example.org/callback',
    'https://forum.example.org/#fragment',
    'https://kim@forum.example.org/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/callback',
    '',
    'https://*.example.org/',
  ]) {
    expect(await errorOf({ ...web, redirect_uris: [uri] })).toEqual([400, 'invalid_redirect_uri']);
  }
  expect(await errorOf({ ...web, redirect_uris: [] })).toEqual([400, 'invalid_redirect_uri']);
  expect(await errorOf({ client_name: 'Forum' })).toEqual([400, 'invalid_redirect_uri']);
});

requirement('RFC 7591 §3.2.2', 'any other bad value is invalid_client_metadata, and its member is named', async () => {
  for (const wrong of [
    { token_endpoint_auth_method: 'client_secret_jwt' },
    { token_endpoint_auth_method: 'private_key_jwt' },
    { grant_types: ['implicit'] },
    { grant_types: ['password'] },
    { response_types: ['token'] },
    { response_types: ['code', 'code id_token'] },
    { id_token_encrypted_response_alg: 'RSA-OAEP' },
    { tls_client_certificate_bound_access_tokens: true },
    { jwks: { keys: [] } },
    { jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } },
    { jwks_uri: 'http://forum.example.org/jwks' },
    { client_uri: 'javascript:alert(1)' },
    { logo_uri: 'data:image/png,x' },
    { client_name: 7 },
    { client_name: 'a\u202eb' },
    { contacts: 'kim@example.org' },
    { scope: 'openid nonsense' },
    { scope: ['openid'] },
  ]) {
    expect(await errorOf({ ...web, ...wrong })).toEqual([400, 'invalid_client_metadata']);
  }
  const { body } = await tryToRegister(open, { ...web, tos_uri: 'ftp://a.example/' });
  expect(body.error_description).toContain('tos_uri: ');
});

requirement(
  'RFC 7591 §5',
  'nobody registers more than the operator gives: no trust, no administration, no exchange',
  async () => {
    const administrative = scopes.filter(({ kind }) => kind === 'administrative').map(({ name }) => name);
    for (const scope of administrative) {
      expect(await errorOf({ ...web, scope })).toEqual([400, 'invalid_client_metadata']);
    }
    expect(
      await errorOf({ ...web, grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:token-exchange'] }),
    ).toEqual([400, 'invalid_client_metadata']);
    const registered = await register(open, {
      ...web,
      client_id: 'latchkey-web-client',
      client_secret: 'a secret of my own',
      trusted: true,
      owner: 'kim',
      apis: [{ identifier: 'https://api.example.org', scopes: [] }],
      access_token_lifetime: 86_400,
      profile: 'fapi2',
    });
    expect(registered.client_id).not.toBe('latchkey-web-client');
    expect(registered.client_secret).not.toBe('a secret of my own');
    expect(registered).not.toHaveProperty('access_token_lifetime');
    expect(registered).not.toHaveProperty('profile');
    const row = await open.inContext(() =>
      open.orm.em
        .getConnection()
        .execute('select trusted, owner_id, origin from app where client_id = ?', [registered.client_id]),
    );
    expect(row).toEqual([{ trusted: false, owner_id: null, origin: 'dynamic' }]);
  },
);

requirement(
  'RFC 7591 §3',
  'without the operator’s leave there is no registration endpoint, and none is announced',
  async () => {
    expect((await tryToRegister(closed, web)).status).toBe(404);
    for (const [app, announced] of [
      [closed, undefined],
      [guarded, `${guarded.issuer}/oauth/register`],
      [open, `${open.issuer}/oauth/register`],
    ] as const) {
      const response = await fetch(`${app.origin}/.well-known/openid-configuration`);
      expect(((await response.json()) as Record<string, unknown>).registration_endpoint).toBe(announced);
    }
  },
);

requirement('RFC 7591 §3', 'where an initial access token is asked for, only a live one lets register', async () => {
  const none = await tryToRegister(guarded, web);
  expect([none.status, none.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringMatching(/^Bearer realm="latchkey"/),
  ]);
  const token = await aToken();
  for (const wrong of ['x', token.slice(0, -1), `${token}x`, token.toUpperCase()]) {
    const { status, body } = await tryToRegister(guarded, web, wrong);
    expect([status, body.error]).toEqual([401, 'invalid_token']);
  }
  expect((await tryToRegister(guarded, web, token)).status).toBe(201);
  expect((await tryToRegister(guarded, web, token)).status).toBe(401);
  const late = await aToken();
  clock.advance(601);
  expect((await tryToRegister(guarded, web, late)).status).toBe(401);
  clock.advance(-601);
});

requirement('RFC 7591 §3', 'a refused registration does not use an initial access token up', async () => {
  const token = await aToken();
  expect((await tryToRegister(guarded, { redirect_uris: ['http://a.example/'] }, token)).status).toBe(400);
  expect((await tryToRegister(guarded, web, token)).status).toBe(201);
});

test('of twenty registrations at once with a token for three, three succeed', async () => {
  const token = await aToken(3);
  const answers = await Promise.all(Array.from({ length: 20 }, () => tryToRegister(guarded, web, token)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(17);
});

requirement('RFC 7591 §5', 'from one network no more apps register themselves than the operator lets', async () => {
  const throttled = await createTestApp({
    settings: { LATCHKEY_CLIENT_REGISTRATION: 'open', LATCHKEY_REGISTRATIONS_PER_ADDRESS: '2' },
  });
  try {
    await register(throttled, web);
    await register(throttled, web);
    const { status, headers, body } = await tryToRegister(throttled, web);
    expect([status, body.error]).toEqual([429, 'temporarily_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  } finally {
    await throttled.close();
  }
});

requirement('RFC 7591 §3', 'pages of any origin may register, without cookies', async () => {
  const preflight = await fetch(`${open.origin}/oauth/register`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://elsewhere.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
});

test('what is no JSON object, too large or of another type is refused as such', async () => {
  const uri = `${open.origin}/oauth/register`;
  for (const text of ['', '{', 'null', '[]', '"text"', '{"client_name":"\ud800"}']) {
    const { status, body } = await ask(uri, 'POST', null, text);
    expect([status, body.error]).toEqual([
      400,
      expect.stringMatching(/^invalid_(request|client_metadata|redirect_uri)$/),
    ]);
  }
  expect((await ask(uri, 'POST', null, JSON.stringify({ client_name: 'x'.repeat(70_000) }))).status).toBe(413);
  const form = await fetch(uri, { method: 'POST', body: new URLSearchParams({ client_name: 'x' }) });
  expect(form.status).toBe(415);
  expect((await fetch(uri)).status).toBe(405);
});

test('whatever is sent, the answer is a registration or an error of the standard', async () => {
  const members = [
    'client_name',
    'redirect_uris',
    'jwks',
    'scope',
    'contacts',
    'grant_types',
    'default_max_age',
    'logo_uri',
  ];
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...members), fc.jsonValue()), async (metadata) => {
      const { status, body } = await tryToRegister(open, { ...web, ...metadata });
      expect([201, 400]).toContain(status);
      if (status === 400) expect(body.error).toMatch(/^invalid_(client_metadata|redirect_uri)$/);
    }),
    { numRuns: 60 },
  );
});

test('administrators make, see and end initial access tokens', async () => {
  const everything = scopes.map(({ name }) => name);
  const administrator = await callerFor(
    guarded,
    (await aPerson(guarded, { roles: ['administrator'] })).account,
    everything,
  );
  const create = `mutation ($input: CreateRegistrationTokenInput!) { createRegistrationToken(input: $input) {
    token registrationToken { id name usesLeft expiresAt } userErrors { code path } } }`;
  const { createRegistrationToken: made } = await administrator.data(create, { input: { name: 'CI', uses: 2 } });
  expect(made).toMatchObject({
    token: expect.stringMatching(/^lk_it_/),
    registrationToken: { name: 'CI', usesLeft: 2 },
  });
  await register(guarded, web, made.token);
  const list = '{ registrationTokens(first: 100) { nodes { id name usesLeft } } }';
  const { registrationTokens } = await administrator.data(list);
  expect(registrationTokens.nodes).toContainEqual({ id: made.registrationToken.id, name: 'CI', usesLeft: 1 });
  expect(JSON.stringify(registrationTokens)).not.toContain(made.token);
  const revoke = `mutation ($id: ID!) { revokeRegistrationToken(input: { id: $id }) { revokedRegistrationTokenId } }`;
  await administrator.data(revoke, { id: made.registrationToken.id });
  expect((await tryToRegister(guarded, web, made.token)).status).toBe(401);
  expect(await administrator.code(revoke, { id: made.registrationToken.id })).toBe('NOT_FOUND');
  for (const input of [{ name: '' }, { name: 'x', uses: 0 }, { name: 'x', expiresIn: 1 }, { name: '\u202e' }]) {
    const { createRegistrationToken } = await administrator.data(create, { input });
    expect(createRegistrationToken).toMatchObject({ token: null, userErrors: [{ code: expect.any(String) }] });
  }
  const person = await callerFor(guarded, (await aPerson(guarded)).account, everything);
  expect(await person.code(list)).toBe('FORBIDDEN');
  expect(await person.code(create, { input: { name: 'CI' } })).toBe('FORBIDDEN');
});
