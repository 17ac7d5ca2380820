/** RFC 7592: OAuth 2.0 Dynamic Client Registration Management Protocol. */
import { afterAll, beforeAll, expect } from 'vitest';
import { scopes } from '../../../server/kernel/scopes.ts';
import { callerFor } from '../../support/graphql-caller.ts';
import { anApp, aPerson } from '../../support/personas.ts';
import { ask, type Registered, register, registrationUri } from '../../support/registration.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_CLIENT_REGISTRATION: 'open' } });
  // Registration was turned off there: what was registered stays its program's to manage.
  other = await createTestApp({ beside: app });
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const web = { client_name: 'Forum', redirect_uris: ['https://forum.example.org/callback'], scope: 'openid email' };
const manage = (registered: Registered, method: string, body?: unknown, token = registered.registration_access_token) =>
  ask(registrationUri(app, registered), method, token, body);
const works = async ({ client_id, client_secret = '' }: Registered): Promise<boolean> =>
  (await tokenRequest(app, { clientId: client_id, clientSecret: client_secret }, { token: 'x' }, '/oauth/revoke'))
    .status === 200;

requirement('RFC 7592 §3', 'a registration is answered with its own address and its own token', async () => {
  const registered = await register(app, web);
  expect(registered.registration_client_uri).toBe(`${app.issuer}/oauth/register/${registered.client_id}`);
  expect(registered.registration_access_token).toMatch(/^lk_ra_/);
});

requirement(
  'RFC 7592 §2.1',
  'GET answers what is registered, on every node, whether or not others may register',
  async () => {
    const registered = await register(app, web);
    for (const node of [app, other]) {
      const { status, headers, body } = await ask(
        registrationUri(node, registered),
        'GET',
        registered.registration_access_token,
      );
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      const { client_secret: _, client_secret_expires_at: __, ...rest } = registered;
      expect(body).toEqual({ ...rest, registration_client_uri: body.registration_client_uri });
    }
  },
);

requirement('RFC 7592 §2', 'without the token of this very registration nothing is told or changed', async () => {
  const [mine, yours] = [await register(app, web), await register(app, web)];
  const wrong = [
    yours.registration_access_token,
    'x',
    `${mine.registration_access_token}x`,
    mine.client_secret as string,
  ];
  for (const method of ['GET', 'PUT', 'DELETE']) {
    for (const token of wrong) {
      const { status, headers, body } = await manage(mine, method, method === 'PUT' ? web : undefined, token);
      expect([status, body.error]).toEqual([401, 'invalid_token']);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
    }
    expect((await ask(registrationUri(app, mine), method, null)).status).toBe(401);
  }
  expect((await manage(mine, 'GET')).status).toBe(200);
});

requirement('RFC 7592 §2', 'an app that did not register itself cannot be reached here', async () => {
  const { clientId } = await anApp(app);
  const { registration_access_token: token } = await register(app, web);
  expect((await ask(`${app.origin}/oauth/register/${clientId}`, 'GET', token)).status).toBe(401);
  expect((await ask(`${app.origin}/oauth/register/latchkey-web-client`, 'DELETE', token)).status).toBe(401);
  for (const [path, status] of [
    ['%00', 401],
    ['%zz', 400],
    ['%ff', 400],
    ['a%2fb', 401],
    ['a/b', 404],
    ['x'.repeat(5000), 401],
  ] as const) {
    expect((await ask(`${app.origin}/oauth/register/${path}`, 'GET', token)).status).toBe(status);
  }
});

requirement('RFC 7592 §2.2', 'PUT puts what is sent in the place of all that was', async () => {
  const registered = await register(app, {
    ...web,
    client_uri: 'https://forum.example.org',
    contacts: ['kim@example.org'],
  });
  const { status, body } = await manage(registered, 'PUT', {
    client_id: registered.client_id,
    client_secret: registered.client_secret,
    client_name: 'Board',
    redirect_uris: ['https://board.example.org/callback'],
    client_uri: null,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    client_id: registered.client_id,
    client_name: 'Board',
    redirect_uris: ['https://board.example.org/callback'],
    contacts: [],
    registration_access_token: registered.registration_access_token,
  });
  expect(body).not.toHaveProperty('client_uri');
  expect(body.scope.split(' ').length).toBeGreaterThan(2);
  expect(await works(registered)).toBe(true);
});

requirement(
  'RFC 7592 §2.2',
  'PUT names the client as it is: another id, another secret and what is the server’s to say are refused',
  async () => {
    const registered = await register(app, web);
    const { client_id, client_secret } = registered;
    const refused: [object, string][] = [
      [web, 'invalid_client_metadata'],
      [{ ...web, client_id: 'another' }, 'invalid_client_metadata'],
      [{ ...web, client_id, client_secret: 'another secret' }, 'invalid_client_metadata'],
      [{ ...web, client_id, client_secret: `${client_secret}x` }, 'invalid_client_metadata'],
      [{ ...web, client_id, registration_access_token: registered.registration_access_token }, 'invalid_request'],
      [{ ...web, client_id, registration_client_uri: registered.registration_client_uri }, 'invalid_request'],
      [{ ...web, client_id, client_secret_expires_at: 0 }, 'invalid_request'],
      [{ ...web, client_id, client_id_issued_at: 0 }, 'invalid_request'],
      [{ ...web, client_id, redirect_uris: ['http://a.example/'] }, 'invalid_redirect_uri'],
      [{ ...web, client_id, scope: 'admin:users:read' }, 'invalid_client_metadata'],
      [[], 'invalid_client_metadata'],
    ];
    for (const [metadata, error] of refused) {
      const { status, body } = await manage(registered, 'PUT', metadata);
      expect([status, body.error]).toEqual([400, error]);
    }
    expect((await manage(registered, 'GET')).body).toMatchObject(web);
  },
);

requirement(
  'RFC 7592 §2.2',
  'an app that comes to need a secret is given one; one that goes without loses its own',
  async () => {
    const registered = await register(app, web);
    const { client_id } = registered;
    const bare = await manage(registered, 'PUT', { ...web, client_id, token_endpoint_auth_method: 'none' });
    expect(bare.body).not.toHaveProperty('client_secret');
    expect(await works(registered)).toBe(false);
    const again = await manage(registered, 'PUT', { ...web, client_id });
    expect(again.body).toMatchObject({ client_secret: expect.stringMatching(/^lk_cs_/), client_secret_expires_at: 0 });
    expect(await works(again.body)).toBe(true);
  },
);

requirement('RFC 7592 §2.2', 'what an administrator gave stays, and by it nothing more can be taken', async () => {
  const registered = await register(app, web);
  const { client_id } = registered;
  const administrator = await callerFor(
    app,
    (await aPerson(app, { roles: ['administrator'] })).account,
    scopes.map(({ name }) => name),
  );
  const { apps } = await administrator.data('query ($search: String) { apps(search: $search) { nodes { id } } }', {
    search: client_id,
  });
  await administrator.data(
    'mutation ($id: ID!) { updateApp(input: { id: $id, trusted: true, accessTokenLifetime: 61 }) { userErrors { code } } }',
    { id: apps.nodes[0].id },
  );
  const renamed = await manage(registered, 'PUT', { ...web, client_id, client_name: 'Board' });
  expect(renamed.status).toBe(200);
  const { app: after } = await administrator.data(
    'query ($id: ID!) { app(id: $id) { name trusted accessTokenLifetime } }',
    {
      id: apps.nodes[0].id,
    },
  );
  expect(after).toEqual({ name: 'Board', trusted: true, accessTokenLifetime: 61 });
  const moved = await manage(registered, 'PUT', { ...web, client_id, redirect_uris: ['https://evil.example/'] });
  expect([moved.status, moved.body.error]).toEqual([400, 'invalid_redirect_uri']);
});

requirement('RFC 7592 §2.3', 'DELETE answers 204; then the client and its token are gone', async () => {
  const registered = await register(app, web);
  const { status, body } = await manage(registered, 'DELETE');
  expect([status, body]).toEqual([204, null]);
  expect(await works(registered)).toBe(false);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    expect((await manage(registered, method, method === 'PUT' ? web : undefined)).status).toBe(401);
  }
});

requirement('RFC 7592 §2', 'pages of any origin may manage their registration', async () => {
  const preflight = await fetch(`${app.origin}/oauth/register/x`, {
    method: 'OPTIONS',
    headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'PUT' },
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,PUT,DELETE');
});
