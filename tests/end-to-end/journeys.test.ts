/** What people and developers do with the product, in a real browser and from an empty data folder: each test goes on where the last one ended. */
import * as oidc from 'openid-client';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Product } from '../support/product.ts';
import { basic } from '../support/token-request.ts';
import type { Credentials, ExampleApplication } from './example-application.ts';
import { FreshMachine } from './fresh-machine.ts';
import { fillInNewAccount, signInByForm, WebClient } from './web-client.ts';

const root = { username: 'root', email: 'root@example.org', password: 'the first administrator' };
const ada = { username: 'ada', email: 'ada@example.org', password: 'a poetical science' };
const kim = { username: 'kim', email: 'kim@example.org', password: 'a developer of forums' };

let machine: FreshMachine;
let product: Product;
let example: ExampleApplication;
let forum: ExampleApplication;
let forumCredentials: Credentials;

/** Ada's browser. */
let context: BrowserContext;
let page: Page;
let client: WebClient;

beforeAll(async () => {
  machine = await FreshMachine.start();
  ({ product, example, forum } = machine);
  context = await machine.newContext();
  page = await context.newPage();
  client = new WebClient(page, product.origin);
}, 180_000);
afterAll(() => machine.stop());

/** Somebody else's browser, at the web client. */
const anotherClient = async (): Promise<WebClient> =>
  new WebClient(await (await machine.newContext()).newPage(), product.origin);

/** Where an application was sent its answers, from now on. */
const answersTo = (redirectUri: string): URLSearchParams[] => {
  const answers: URLSearchParams[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.url().startsWith(`${redirectUri}?`)) {
      answers.push(new URL(request.url()).searchParams);
    }
  });
  return answers;
};

/** The paths that the page shows, from now on. */
const pathsShown = (): string[] => {
  const shown: string[] = [];
  page.on('framenavigated', (frame) => shown.push(new URL(frame.url()).pathname));
  return shown;
};

/** Runs before anything of a page: notes whether the landing page's buttons were ever there. */
const noteSignedOutPage = `
  globalThis.seen = [];
  new MutationObserver(() => {
    for (const id of ['sign-in', 'sign-up']) if (document.getElementById(id)) seen.push(id);
  }).observe(document, { childList: true, subtree: true });
`;

test('1. on a fresh machine the printed link creates the first administrator, once', async () => {
  const [link = ''] = /http:\S+\/set-up\?key=\S+/.exec(machine.server.stdout) ?? [];
  const administrator = await anotherClient();
  await administrator.page.goto(link);
  await fillInNewAccount(administrator.page, root);
  await administrator.page.locator('#create').click();
  // The browser is signed in to the server by now: the web client gets its tokens without a question.
  await administrator.isSignedInAs(root.username);
  await administrator.page.getByRole('link', { name: 'Admin', exact: true }).click();
  await administrator.page.getByText(root.email).first().waitFor();

  const late = await page.goto(link);
  expect(late?.status()).toBe(404);
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  await administrator.page.context().close();
});

test('1. the command line creates administrators too', async () => {
  const { username, email, password } = kim;
  await product.ask(
    ...['users', 'create', '--admin', '--username', username],
    ...['--email', email, '--password', password],
  );
  const administrator = await anotherClient();
  await administrator.signIn(username, password);
  await administrator.page.getByRole('link', { name: 'Admin', exact: true }).waitFor();
  await administrator.page.context().close();
});

test('2. a visitor signs up, is signed in by code and PKCE, and sees the own profile', async () => {
  const requests: { url: URL; headers: Record<string, string> }[] = [];
  page.on('request', (request) => {
    requests.push({ url: new URL(request.url()), headers: request.headers() });
  });
  await client.signUp(ada);

  const [authorization] = requests.filter(({ url }) => url.pathname === '/oauth/authorize');
  expect(Object.fromEntries(authorization?.url.searchParams ?? [])).toMatchObject({
    response_type: 'code',
    client_id: 'latchkey-web-client',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  const [callback] = requests.filter(({ url }) => url.pathname === '/callback');
  expect(callback?.url.searchParams.get('code')).toMatch(/^lk_ac_/);
  const queries = requests.filter(({ url }) => url.pathname === '/graphql');
  expect(queries.length).toBeGreaterThan(0);
  for (const { headers } of queries) expect(headers.authorization).toMatch(/^DPoP lk_at_/);
  // Each with a proof of its own.
  expect(new Set(queries.map(({ headers }) => headers.dpop)).size).toBe(queries.length);
  // Tokens live in memory: neither the address nor any storage holds one.
  expect(await page.evaluate('location.href + JSON.stringify({ ...localStorage, ...sessionStorage })')).not.toContain(
    'lk_',
  );
});

test('2. the visitor confirms the e-mail address', async () => {
  await page.getByText('to be confirmed').waitFor();
  await page.goto(`${product.origin}/inbox`);
  const mail = page.getByRole('listitem').filter({ hasText: ada.email });
  await mail.getByRole('link', { name: 'Confirm this address' }).click();
  await page.getByRole('button', { name: 'Yes, confirm it' }).click();
  await page.getByRole('heading', { name: 'Address confirmed' }).waitFor();
  await client.openProfile();
  await page.getByText('confirmed', { exact: true }).waitFor();
});

test('3. what a person changes in the profile, the next application that asks sees', async () => {
  await example.start();
  await page.goto(example.address);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByText(ada.email).waitFor();
  await page.locator('#allow').click();
  await page.getByRole('heading', { name: 'Welcome, ada' }).waitFor();

  await client.openProfile();
  await client.change('Given name', 'Ada');
  await client.change('Family name', 'Lovelace');
  await page.goto(example.address);
  await page.getByRole('heading', { name: 'Welcome, Ada Lovelace' }).waitFor();
});

test('4. a developer registers an app and copies its credentials, which are shown once', async () => {
  const developer = await anotherClient();
  await developer.signIn(kim.username, kim.password);
  forumCredentials = await developer.registerWebApp('Forum', forum.redirectUri);
  const { clientId, clientSecret } = forumCredentials;
  expect(clientSecret).toMatch(/^lk_cs_/);
  expect(await developer.page.locator('#client-secret').textContent()).toBe(clientSecret);

  const isGone = async () => {
    await developer.page.getByRole('heading', { name: 'Quick start' }).waitFor();
    expect(await developer.page.content()).toContain(clientId);
    expect(await developer.page.content()).not.toContain(clientSecret);
  };
  await developer.page.getByRole('link', { name: 'I have kept the secret: go on' }).click();
  await isGone();
  await developer.page.reload();
  await isGone();
  await developer.page.goBack();
  await developer.page.goForward();
  await isGone();
  await developer.page.context().close();
});

test('5. whoever denies is brought back with the refusal that the standard names', async () => {
  await forum.use(forumCredentials);
  await forum.start();
  const answers = answersTo(forum.redirectUri);
  await page.goto(forum.address);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByText('kim').first().waitFor();
  await page.locator('#deny').click();
  await page.getByRole('heading', { name: 'That is all right' }).waitFor();
  expect(Object.fromEntries(answers[0] ?? [])).toEqual({
    error: 'access_denied',
    state: expect.stringMatching(/^[\w-]{43}$/),
    iss: product.origin,
  });
});

test('4. and 5. whoever allows is signed in there, as a user of its own', async () => {
  const answers = answersTo(forum.redirectUri);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('#allow').click();
  await page.getByRole('heading', { name: 'Welcome, Ada Lovelace' }).waitFor();
  expect(Object.fromEntries(answers[0] ?? [])).toEqual({
    code: expect.stringMatching(/^lk_ac_/),
    state: expect.stringMatching(/^[\w-]{43}$/),
    iss: product.origin,
  });
  const [user, ...others] = await forum.users();
  expect(others).toEqual([]);
  expect(user).toMatchObject({ iss: product.origin, signIns: 1 });
  expect(await page.locator('#user-id').textContent()).toBe(user?.id);
});

test('4. server and applications on one host leave each other’s cookies alone', async () => {
  const names = (await context.cookies()).map(({ name }) => name).sort();
  expect(names).toContain('example_session');
  expect(names).toContain(`latchkey_session_${product.port}`);
  expect(names).not.toContain('sessionid');
  for (let visit = 0; visit < 2; visit++) {
    await client.openProfile();
    await client.isSignedInAs(ada.username);
    await page.goto(forum.address);
    await page.getByRole('heading', { name: 'Welcome, Ada Lovelace' }).waitFor();
  }
});

test('5. the second sign-in does not ask, and finds the same user', async () => {
  await page.locator('#sign-out').click();
  await page.getByText('leaves the signing in to somebody else').waitFor();
  const shown = pathsShown();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Welcome back, Ada Lovelace' }).waitFor();
  expect(shown).toEqual(['/']);
  expect(await forum.users()).toMatchObject([{ signIns: 2 }]);
});

test('5. a wider scope is asked for again', async () => {
  await forum.stop();
  await forum.start({ EXAMPLE_SCOPE: 'openid profile email offline_access' });
  await page.goto(forum.address);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByText('while you are away').waitFor();
  await page.locator('#allow').click();
  await page.getByRole('heading', { name: 'Welcome back, Ada Lovelace' }).waitFor();
});

test('6. a revoked app’s tokens stop working at once, everywhere, on every node', async () => {
  const configuration = await oidc.discovery(
    new URL(product.origin),
    forumCredentials.clientId,
    undefined,
    oidc.ClientSecretBasic(forumCredentials.clientSecret),
    { execute: [oidc.allowInsecureRequests] },
  );
  // The same app once more, so that its tokens can be looked at: the browser is caught on its way back.
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const request = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: forum.redirectUri,
    scope: 'openid profile offline_access',
    state,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  await page.route(`${forum.redirectUri}?*`, (route) => route.fulfill({ body: 'caught' }));
  await page.goto(request.href);
  const callback = new URL(page.url());
  await page.unroute(`${forum.redirectUri}?*`);
  const tokens = await oidc.authorizationCodeGrant(configuration, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });

  const authorization = `Bearer ${tokens.access_token}`;
  const seenBy = async (origin: string) => {
    const [userinfo, graphql, introspection] = await Promise.all([
      fetch(`${origin}/oauth/userinfo`, { headers: { authorization } }),
      fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ me { username } }' }),
      }),
      fetch(`${origin}/oauth/introspect`, {
        method: 'POST',
        headers: { authorization: basic(forumCredentials) },
        body: new URLSearchParams({ token: tokens.access_token }),
      }),
    ]);
    return [userinfo.status, graphql.status, ((await introspection.json()) as { active: boolean }).active];
  };
  for (const origin of [product.origin, machine.secondOrigin]) expect(await seenBy(origin)).toEqual([200, 200, true]);

  await client.revoke('Forum');

  for (const origin of [machine.secondOrigin, product.origin]) expect(await seenBy(origin)).toEqual([401, 401, false]);
  await expect(oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  await page.goto(forum.address);
  await page.getByRole('heading', { name: 'You were signed out' }).waitFor();
  // The other app is still connected.
  await page.goto(example.address);
  await page.getByRole('heading', { name: 'Welcome, Ada Lovelace' }).waitFor();
});

test('a reload shows no flash of the signed-out page', async () => {
  await client.openProfile();
  await client.isSignedInAs(ada.username);
  await page.addInitScript({ content: noteSignedOutPage });
  const shown = pathsShown();
  await page.reload();
  await client.isSignedInAs(ada.username);
  expect(await page.evaluate('globalThis.seen')).toEqual([]);
  expect(new Set(shown)).toEqual(new Set(['/account/profile']));
});

test('13. who signs out of an application is still signed in here', async () => {
  await page.goto(example.address);
  await page.locator('#sign-out').click();
  await page.getByText('leaves the signing in to somebody else').waitFor();
  await page.reload();
  await page.getByText('leaves the signing in to somebody else').waitFor();
  await client.openProfile();
  await client.isSignedInAs(ada.username);
});

test('13. who signs out here is signed out in every tab, and after a reload', async () => {
  const other = new WebClient(await context.newPage(), product.origin);
  await other.openProfile();
  await other.isSignedInAs(ada.username);
  await client.signOut();
  await other.isSignedOut();
  for (const tab of [client, other]) {
    await tab.page.reload();
    await tab.page.getByRole('button', { name: 'Sign up' }).waitFor();
    expect(await tab.page.locator('#person-menu').count()).toBe(0);
  }
  // The browser session is over too: an application that sends the browser here asks for the password again.
  await page.goto(example.address);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signInByForm(page, ada.email, ada.password);
  await page.getByRole('heading', { name: 'Welcome back, Ada Lovelace' }).waitFor();
});

test('no page threw an error or broke its content security policy', () => {
  expect(machine.misdeeds).toEqual([]);
});
