/** While the database is away every address says so at once and plainly; when it is back, so is the service. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RawAnswer, send } from '../http/request.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty, type Tokens } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';
import { basic } from '../support/token-request.ts';
import { FlakyDatabase } from './flaky-database.ts';

let steady: TestApp;
let app: TestApp;
let database: FlakyDatabase;
let client: TestClient;
let person: Person;
let tokens: Tokens;
let requests: Record<string, () => Promise<RawAnswer>>;

beforeAll(async () => {
  steady = await createTestApp();
  database = await FlakyDatabase.before(steady.databaseUrl);
  app = await createTestApp({ beside: { ...steady, databaseUrl: database.url }, patience: 2 });
  client = await anApp(steady, { trusted: true });
  person = await aSignedInPerson(steady);
  const party = await RelyingParty.discover(steady, client);
  tokens = await party.signIn(person, 'openid profile offline_access');
  const form_token = hiddenFields((await person.browser.get('/sign-in')).body).form_token ?? '';
  const type = 'application/x-www-form-urlencoded';
  const asPerson = { cookie: person.browser.cookieHeader, accept: 'text/html' };
  const asClient = { authorization: basic(client), 'content-type': type };
  const bearer = { authorization: `Bearer ${tokens.access_token}` };
  const get = (path: string, headers: Record<string, string>) => () => send(app.origin, path, { headers });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string>) => () =>
    send(app.origin, path, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  const { url } = await party.begin();
  requests = {
    'a page of somebody who is signed in': get('/sign-out', asPerson),
    'a sign-in': post('/sign-in', { form_token, identifier: person.username, password: person.password }, asPerson),
    'an authorization request': get(url.pathname + url.search, asPerson),
    'client credentials': post('/oauth/token', { grant_type: 'client_credentials' }, asClient),
    introspection: post('/oauth/introspect', { token: tokens.access_token }, asClient),
    userinfo: get('/oauth/userinfo', bearer),
    'the profile of the tutorial': get('/profile/', bearer),
    'a GraphQL query': () =>
      send(app.origin, '/graphql', {
        method: 'POST',
        headers: { ...bearer, 'content-type': 'application/json' },
        body: '{"query":"{ me { id } }"}',
      }),
  };
});
afterEach(() => database.comeBack());
afterAll(async () => {
  await app.close();
  await database.close();
  await steady.close();
});

/** Of each request, in the order of their names. */
const statuses = async (): Promise<[string, number][]> => {
  const answers = Object.entries(requests).map(async ([name, ask]) => [name, (await ask()).status] as [string, number]);
  return Promise.all(answers);
};

const isFine = (status: number): boolean => status < 400 || status === 403;

const isBack = async (): Promise<void> => {
  await expect
    .poll(async () => (await statuses()).filter(([, status]) => !isFine(status)), { timeout: 15_000 })
    .toEqual([]);
};

const isPlain = ({ status, headers, body }: RawAnswer): void => {
  expect([500, 503]).toContain(status);
  expect(body).not.toMatch(/ECONN|node_modules|\.ts:|\bat \S+ \(|127\.0\.0\.1|timeout|terminated/);
  expect(headers['x-request-id']).toBeTruthy();
  if (String(headers['content-type']).startsWith('text/html')) expect(body).toContain('Something went wrong');
  else expect(JSON.parse(body)).toEqual(expect.objectContaining({}));
};

describe.each([
  ['gone', () => database.goAway()],
  ['silent', async () => database.fallSilent()],
])('while the database is %s', (_how, takeAway) => {
  test('every address answers plainly, each in one line of the log; then the service is back by itself', {
    timeout: 60_000,
  }, async () => {
    await isBack();
    // As everybody does who checks tokens: from then on the node knows it by heart.
    expect((await send(app.origin, '/oauth/jwks')).status).toBe(200);
    app.logLines.length = 0;
    await takeAway();
    const begun = performance.now();
    for (const answer of await Promise.all(Object.values(requests).map((ask) => ask()))) isPlain(answer);
    expect(performance.now() - begun).toBeLessThan(20_000);
    const told = app.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request failed');
    expect(told).toHaveLength(Object.keys(requests).length);
    for (const line of told) expect(line).toMatchObject({ level: 50, err: { type: expect.any(String) } });
    // What needs no database is there all the while.
    expect((await send(app.origin, '/oauth/jwks')).status).toBe(200);
    await database.comeBack();
    await isBack();
  });
});

test('a revocation that did not happen is not said to have happened', async () => {
  await database.goAway();
  const revoke = () =>
    send(app.origin, '/oauth/revoke', {
      method: 'POST',
      headers: { authorization: basic(client), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: tokens.refresh_token ?? '' }).toString(),
    });
  isPlain(await revoke());
  await database.comeBack();
  await expect.poll(async () => (await revoke()).status, { timeout: 15_000 }).toBe(200);
});
