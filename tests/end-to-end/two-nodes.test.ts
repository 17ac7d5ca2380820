/** Two processes of the server on one database are one service. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, Product, type Running } from '../support/product.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { hiddenFields, TestBrowser } from '../support/test-browser.ts';
import { tokenRequest } from '../support/token-request.ts';
import { registerWebApp } from './registered-app.ts';

const ada = { username: 'ada', email: 'ada@example.org', password: 'a poetical science' };

let product: Product;
let nodes: Running[];
let first: string;
let second: string;
let client: Awaited<ReturnType<typeof registerWebApp>>;
let party: RelyingParty;
let browser: TestBrowser;

beforeAll(async () => {
  product = await Product.install({ LATCHKEY_REFRESH_GRACE: '0' });
  first = product.origin;
  const one = await product.start();
  const port = await freePort();
  second = `http://localhost:${port}`;
  nodes = [one, await product.start({ PORT: String(port), LATCHKEY_ISSUER: product.origin })];
  client = await registerWebApp(product);
  party = await RelyingParty.discover({ issuer: first }, client);
  browser = new TestBrowser(first);
  await browser.fillIn('/sign-up', ada);
}, 120_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await product.remove();
});

/** Both nodes in turn: many requests at once are spread over them. */
const nodeOf = (index: number): string => (index % 2 === 0 ? first : second);

const ask = (origin: string, parameters: Record<string, string>, path?: string) =>
  tokenRequest({ issuer: origin }, client, parameters, path);

const isLive = async (origin: string, token: string): Promise<boolean> =>
  (await fetch(`${origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status === 200;

const isSignedIn = async (origin: string, who = browser): Promise<boolean> =>
  (await who.get(`${origin}/sign-out`)).body.includes('id="sign-out"');

/** A request that was begun on one node, up to the code, without the other one having heard of it before. */
const code = async () => {
  const request = await party.begin('openid profile offline_access');
  const callback = await party.authorize({ browser }, request);
  return {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    code_verifier: request.verifier,
  };
};

test('a sign-in that begins on one ends on the other', async () => {
  const fresh = new TestBrowser(first);
  const request = await party.begin();
  const waiting = (await fresh.get(request.url.href)).location ?? '';
  const signIn = (await fresh.get(`${second}${waiting}`)).location ?? '';
  const form = hiddenFields((await fresh.get(`${first}${signIn}`)).body);
  const fields = { ...form, identifier: ada.username, password: ada.password };
  const signedIn = await fresh.post(`${second}${signIn}`, fields);
  expect([signedIn.status, signedIn.location]).toEqual([303, waiting]);
  const { location } = await fresh.get(`${first}${waiting}`);
  const tokens = await party.finish(new URL(location ?? ''), request);
  expect(await isLive(second, tokens.access_token)).toBe(true);
  expect(await isSignedIn(second, fresh)).toBe(true);
});

test('a code is redeemed once, however many ask on both', async () => {
  const parameters = await code();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => ask(nodeOf(index), parameters)));
  const good = answers.filter(({ status }) => status === 200);
  expect(good).toHaveLength(1);
  expect(answers.filter(({ body }) => body.error !== 'invalid_grant')).toEqual(good);
  for (const origin of [first, second]) expect(await isLive(origin, good[0]?.body.access_token ?? '')).toBe(false);
});

test('a refresh token is used once, however many ask on both', async () => {
  const { body } = await ask(first, await code());
  const parameters = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' };
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => ask(nodeOf(index), parameters)));
  const good = answers.filter(({ status }) => status === 200);
  expect(good).toHaveLength(1);
  expect(answers.filter(({ body }) => body.error !== 'invalid_grant')).toEqual(good);
  for (const origin of [first, second]) expect(await isLive(origin, good[0]?.body.access_token ?? '')).toBe(false);
});

test('what one revokes, the other refuses at once', async () => {
  const { body } = await ask(first, await code());
  expect(await isLive(second, body.access_token ?? '')).toBe(true);
  await ask(first, { token: body.refresh_token ?? '' }, '/oauth/revoke');
  expect(await isLive(second, body.access_token ?? '')).toBe(false);
  expect((await ask(second, { token: body.access_token ?? '' }, '/oauth/introspect')).body).toEqual({ active: false });
});

test('a session that ends on one is over on the other, and with it the tokens that live by it', async () => {
  const request = await party.begin('openid');
  const tokens = await party.finish(await party.authorize({ browser }, request), request);
  expect(await isLive(second, tokens.access_token)).toBe(true);
  await browser.fillIn(`${second}/sign-out`, {});
  expect(await isSignedIn(first)).toBe(false);
  expect(await isLive(first, tokens.access_token)).toBe(false);
  await browser.signIn(ada.username, ada.password);
});

test('an account that is locked from the command line is locked on both at once', async () => {
  const { body } = await ask(second, await code());
  await product.ask('users', 'lock', ada.username);
  for (const origin of [first, second]) {
    expect(await isLive(origin, body.access_token ?? '')).toBe(false);
    expect(await isSignedIn(origin)).toBe(false);
    const refreshed = await ask(origin, { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' });
    expect(refreshed.body.error).toBe('invalid_grant');
    expect((await new TestBrowser(origin).signIn(ada.username, ada.password, `${origin}/sign-in`)).status).toBe(403);
  }
  await product.ask('users', 'unlock', ada.username);
  expect((await browser.signIn(ada.username, ada.password)).status).toBe(303);
});

test('when one is killed, the other goes on', async () => {
  const parameters = await code();
  nodes.shift()?.signal('SIGKILL');
  expect(await isSignedIn(second)).toBe(true);
  expect((await ask(second, parameters)).status).toBe(200);
});
