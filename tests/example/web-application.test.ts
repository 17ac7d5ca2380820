/** The example application, against the real server: what a developer would copy must be right. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConnectedApp } from '../../server/apps/connected-app.entity.ts';
import { AccessToken } from '../../server/oauth/access-token.entity.ts';
import { RefreshToken } from '../../server/oauth/refresh-token.entity.ts';
import { anApp, aPerson, type Person, type TestClient } from '../support/personas.ts';
import { freePort } from '../support/product.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { type Answer, hiddenFields, TestBrowser } from '../support/test-browser.ts';

let latchkey: TestApp;
let client: TestClient;
let example: Server;
let address: string;
const folder = mkdtempSync(join(tmpdir(), 'latchkey-example-'));
const usersFile = join(folder, 'example-web-application-users.json');

beforeAll(async () => {
  latchkey = await createTestApp();
  const port = await freePort();
  address = `http://localhost:${port}`;
  const redirectUri = `${address}/callback`;
  client = await anApp(latchkey, { name: 'Forum', redirectUris: [redirectUri] });
  const { clientId, clientSecret } = client;
  const registration = { issuer: `${latchkey.issuer}/`, redirectUri, clientId, clientSecret };
  writeFileSync(join(folder, 'example-web-application.json'), JSON.stringify(registration));
  vi.stubEnv('LATCHKEY_ISSUER', latchkey.issuer);
  vi.stubEnv('LATCHKEY_DATA', folder);
  vi.stubEnv('EXAMPLE_PORT', String(port));
  // It reads its settings when it is loaded.
  const { createApp } = await import('../../examples/web-application/app.ts');
  const { Identity } = await import('../../examples/web-application/identity.ts');
  example = createApp(await Identity.connect()).listen(port);
  await once(example, 'listening');
  expect((example.address() as AddressInfo).port).toBe(port);
});

afterAll(async () => {
  example.close();
  example.closeAllConnections();
  await latchkey.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Follows redirects from the example's sign-in through the server's pages, and answers the consent page. */
const signIn = async ({ browser, username, password }: Person, decision = 'allow'): Promise<Answer> => {
  let at = `${address}/sign-in`;
  let answer = await browser.get(at);
  for (let step = 0; step < 12; step += 1) {
    if (answer.location !== null) {
      at = new URL(answer.location, at).href;
      answer = await browser.get(at);
    } else if (answer.body.includes('name="password"')) {
      answer = await browser.post(at, { ...hiddenFields(answer.body), identifier: username, password });
    } else if (answer.body.includes('id="allow"')) {
      answer = await browser.post(at, { ...hiddenFields(answer.body), decision });
    } else return answer;
  }
  throw new Error('The sign-in goes round in circles.');
};

const shown = (answer: Answer, id: string): string | undefined =>
  new RegExp(`id="${id}">(?:<code>)?([^<]*)`).exec(answer.body)?.[1];

describe('the example application', () => {
  it('creates its user at the first sign-in and knows them at the next', async () => {
    const ada = await aPerson(latchkey, { givenName: 'Ada', familyName: 'Lovelace' });
    const first = await signIn(ada);
    expect(first.status).toBe(200);
    expect(shown(first, 'name')).toBe('Ada Lovelace');
    expect(shown(first, 'username')).toBe(ada.username);
    expect(shown(first, 'sign-ins')).toBe('1');
    const again = await signIn(ada);
    expect(shown(again, 'sign-ins')).toBe('2');
    expect(shown(again, 'user-id')).toBe(shown(first, 'user-id'));
    const users = JSON.parse(readFileSync(usersFile, 'utf8')) as object[];
    expect(users).toContainEqual(expect.objectContaining({ iss: latchkey.issuer, sub: ada.account.id, signIns: 2 }));
  });

  it('keeps its cookie beside the server’s on the same host', async () => {
    const grace = await aPerson(latchkey);
    await signIn(grace);
    expect(grace.browser.cookie('example_session')).toBeDefined();
    expect(grace.browser.cookie('latchkey_session')).toBeDefined();
    expect((await grace.browser.get(address)).body).toContain(grace.username);
  });

  it('gives the browser another session when somebody signs in', async () => {
    const joan = await aPerson(latchkey);
    await joan.browser.get(`${address}/sign-in`);
    const before = joan.browser.cookie('example_session');
    await signIn(joan);
    expect(joan.browser.cookie('example_session')).not.toBe(before);
  });

  it('accepts a no', async () => {
    const no = await signIn(await aPerson(latchkey), 'deny');
    expect(no.status).toBe(403);
    expect(no.body).toContain('you are not signed in');
  });

  it('shows markup in a name as text', async () => {
    const page = await signIn(await aPerson(latchkey, { givenName: '<script>alert(1)</script>' }));
    expect(page.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.body).not.toContain('<script>');
  });

  it('refreshes once when the token has expired, however many requests come', async () => {
    const edith = await aPerson(latchkey);
    await signIn(edith);
    const before = await tokensGiven();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 597_000 });
    const pages = await Promise.all(Array.from({ length: 8 }, () => edith.browser.get(address)));
    for (const page of pages) expect(page.body).toContain(edith.username);
    expect((await tokensGiven()) - before).toBe(1);
  });

  it('signs people out when their permission is over', async () => {
    const mary = await aPerson(latchkey);
    await signIn(mary);
    await latchkey.inContext(() =>
      latchkey.orm.em.nativeUpdate(ConnectedApp, { account: mary.account.id }, { revokedAt: new Date() }),
    );
    expect((await mary.browser.get(address)).body).toContain('You were signed out');
    expect((await mary.browser.get(address)).body).toContain('id="sign-in"');
  });

  it('gives its tokens back when somebody signs out of it', async () => {
    const ida = await aPerson(latchkey);
    await signIn(ida);
    expect((await ida.browser.post(`${address}/sign-out`, {})).location).toBe('/');
    expect((await ida.browser.get(address)).body).toContain('id="sign-in"');
    const live = await latchkey.inContext(() =>
      latchkey.orm.em.count(RefreshToken, {
        family: { connectedApp: { account: ida.account.id }, endedAt: null },
      }),
    );
    expect(live).toBe(0);
  });

  it.each([
    ['without a sign-in that was begun here', () => new TestBrowser(address)],
    [
      'with a state that is not its own',
      async () => {
        const browser = new TestBrowser(address);
        await browser.get('/sign-in');
        return browser;
      },
    ],
  ])('refuses an answer %s', async (_what, begin) => {
    const browser = await begin();
    const iss = encodeURIComponent(latchkey.issuer);
    const answer = await browser.get(`/callback?code=lk_ac_forged&state=forged&iss=${iss}`);
    expect(answer.status).toBe(400);
    expect(existsSync(usersFile) && readFileSync(usersFile, 'utf8').includes('forged')).toBe(false);
  });
});

const tokensGiven = (): Promise<number> => latchkey.inContext(() => latchkey.orm.em.count(AccessToken, {}));
