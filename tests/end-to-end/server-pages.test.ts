/** The server's own pages in a real browser: for everybody, in both languages, by keyboard alone, and without scripts. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FirstAdministrator } from '../../server/accounts/first-administrator.ts';
import { Passwords } from '../../server/accounts/password.ts';
import { Registration } from '../../server/accounts/registration.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { launchChromium } from '../support/chromium.ts';
import { anApp, aPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { fillInNewAccount, signInByForm } from './web-client.ts';

let app: TestApp;
let browser: Browser;
let client: TestClient;
let party: RelyingParty;
let ada: Person;
let setUpLink: string;
/** The end of the way: whoever is sent back to the application has arrived. */
const application = createServer((_req, res) => res.end('arrived'));

beforeAll(async () => {
  app = await createTestApp();
  browser = await launchChromium();
  application.listen(0, '127.0.0.1');
  await once(application, 'listening');
  client = await anApp(app, {
    redirectUris: [`http://localhost:${(application.address() as AddressInfo).port}/callback`],
    name: 'The forum of the institute for long names',
    scopes: ['openid', 'profile', 'email', 'offline_access', 'sessions:read', 'profile:write'],
  });
  party = await RelyingParty.discover(app, client);
  ada = await aPerson(app, { givenName: 'Ada', familyName: 'Lovelace' });
  const { orm, clock, issuer, secret } = app;
  const inTransaction = unitOfWork(orm);
  const registration = new Registration({ em: orm.em, inTransaction, clock, passwords: new Passwords() });
  setUpLink = (await new FirstAdministrator({ em: orm.em, registration, issuer, secret }).link()) ?? '';
});
afterAll(async () => {
  await browser.close();
  application.close();
  await app.close();
});

const newPage = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
  const context: BrowserContext = await browser.newContext({ baseURL: app.issuer, locale: 'en-GB', ...options });
  context.setDefaultTimeout(15_000);
  return context.newPage();
};

const authorizationUrl = async (scope?: string): Promise<string> => (await party.begin(scope)).url.href;

const arrival = async (page: Page): Promise<URLSearchParams> => {
  await page.waitForURL(`${client.redirectUri}?*`);
  return new URL(page.url()).searchParams;
};

const everything = 'openid profile email offline_access sessions:read profile:write';

/** How each page is come to, by somebody who is not signed in and by somebody who is. */
const strangersPages: Record<string, (page: Page) => Promise<unknown>> = {
  'sign-in': (page) => page.goto('/sign-in'),
  'sign-in on the way to an app': async (page) => page.goto(await authorizationUrl()),
  'sign-in with a mistake': async (page) => {
    await page.goto('/sign-in');
    await signInByForm(page, 'nobody', 'not a password');
    await page.locator('[aria-invalid=true]').waitFor();
  },
  'sign-up': (page) => page.goto('/sign-up'),
  'sign-up with mistakes': async (page) => {
    await page.goto('/sign-up');
    await fillInNewAccount(page, { username: 'x', email: 'no-address@x', password: 'short' });
    await page.locator('#sign-up').click();
    await page.locator('[aria-invalid=true]').first().waitFor();
  },
  'the first administrator': (page) => page.goto(setUpLink),
  'signed out': (page) => page.goto('/sign-out'),
  'an unknown client': (page) => page.goto('/oauth/authorize?client_id=nobody&response_type=code'),
  'an unregistered redirect URI': (page) =>
    page.goto(`/oauth/authorize?client_id=${client.clientId}&response_type=code&redirect_uri=https://evil.example/`),
  'a request that is gone': (page) => page.goto('/oauth/authorize/00000000-0000-7000-8000-000000000000'),
  'a link that is worth nothing': (page) => page.goto('/confirm-email?id=x&key=y'),
  'nothing here': (page) => page.goto('/set-up?key=wrong'),
};

const personsPages: Record<string, (page: Page) => Promise<unknown>> = {
  consent: async (page) => page.goto(await authorizationUrl(everything)),
  'sign-out': (page) => page.goto('/sign-out'),
  inbox: (page) => page.goto('/inbox'),
  'confirming an address': async (page) => {
    await page.goto('/inbox');
    await page.locator('main a.button').first().click();
    await page.locator('form').waitFor();
  },
};

describe.each([
  ['en-GB', 'en'],
  ['fr-FR', 'fr'],
])('in %s', (locale, language) => {
  let page: Page;
  beforeAll(async () => {
    page = await newPage({ locale });
  });
  afterAll(() => page.context().close());

  /** No axe violation in light and dark, nothing that scrolls sideways on a small telephone. */
  const isForEverybody = async (): Promise<void> => {
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const inLight = new AxeBuilder({ page }).setLegacyMode();
    // The scheme changes colours, nothing else.
    const inDark = new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast', 'link-in-text-block']);
    for (const [colorScheme, axe] of [['light', inLight] as const, ['dark', inDark] as const]) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await axe.analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  test.each(Object.entries(strangersPages))('the page “%s” is for everybody', async (_name, open) => {
    await open(page);
    await isForEverybody();
  });

  test('somebody signs up', async () => {
    await page.goto('/sign-up?continue=/sign-out');
    const username = `somebody-${language}`;
    await fillInNewAccount(page, { username, email: `${username}@example.org`, password: 'correct horse' });
    await page.locator('#sign-up').click();
    await page.waitForURL('**/sign-out');
  });

  test.each(Object.entries(personsPages))('and the page “%s” is for everybody', async (_name, open) => {
    await open(page);
    await isForEverybody();
  });
});

test('by keyboard alone: sign-in, consent, and back to the application', async () => {
  const page = await newPage();
  const focused = () => page.evaluate('document.activeElement.id');
  await page.goto(await authorizationUrl(everything));
  await expect.poll(focused).toBe('identifier');
  await page.keyboard.type(ada.username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ada.password);
  await page.keyboard.press('Enter');
  await page.locator('#allow').waitFor();
  for (let presses = 0; (await focused()) !== 'allow' && presses < 10; presses++) await page.keyboard.press('Tab');
  expect(await focused()).toBe('allow');
  await page.keyboard.press('Enter');
  expect((await arrival(page)).get('code')).toMatch(/^lk_ac_/);
  await page.context().close();
});

test('without scripts: sign-up, consent, confirmation, sign-out, sign-in', async () => {
  const page = await newPage({ javaScriptEnabled: false });
  await page.goto(await authorizationUrl());
  await page.getByRole('link', { name: 'Create one' }).click();
  const person = { username: 'plain', email: 'plain@example.org', password: 'no script at all' };
  await fillInNewAccount(page, person);
  await page.locator('#sign-up').click();
  await page.locator('#deny').click();
  expect((await arrival(page)).get('error')).toBe('access_denied');

  await page.goto(await authorizationUrl());
  await page.locator('#allow').click();
  expect((await arrival(page)).get('code')).toMatch(/^lk_ac_/);

  await page.goto('/inbox');
  await page.getByRole('listitem').filter({ hasText: person.email }).getByRole('link').click();
  await page.getByRole('button', { name: 'Yes, confirm it' }).click();
  await page.getByRole('heading', { name: 'Address confirmed' }).waitFor();

  await page.goto('/sign-out');
  await page.locator('#sign-out').click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();

  await page.goto(await authorizationUrl());
  await signInByForm(page, person.username, person.password);
  expect((await arrival(page)).get('code')).toMatch(/^lk_ac_/);
  await page.context().close();
});

test('two tabs and the back button: each request is answered for itself', async () => {
  const page = await newPage();
  const person = await aPerson(app);
  await page.goto('/sign-in?continue=/sign-out');
  await signInByForm(page, person.username, person.password);
  await page.waitForURL('**/sign-out');
  const other = await page.context().newPage();
  const [first, second] = [await party.begin('openid'), await party.begin('openid email')];
  await page.goto(first.url.href);
  await other.goto(second.url.href);
  await page.locator('#allow').click();
  expect((await arrival(page)).get('state')).toBe(first.state);
  await other.locator('#allow').click();
  expect((await arrival(other)).get('state')).toBe(second.state);
  // Back to the form that was answered: nothing is given twice, and a person is told so.
  await page.goBack();
  await page
    .locator('#allow')
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
  if (await page.locator('#allow').isVisible()) await page.locator('#allow').click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(page.url()).toMatch(/\/oauth\/authorize\//);
  await page.context().close();
});
