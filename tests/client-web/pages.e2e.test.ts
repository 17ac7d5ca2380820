/** Every page of the web client: for everybody, on every screen, in both schemes and both languages. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectedApps } from '../../server/apps/connected-apps.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { anApi } from '../support/apis.ts';
import { launchChromium } from '../support/chromium.ts';
import { anApp, aPerson, type Person, type TestClient } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { aSignedInVisit, aVisit, type Visit } from './visits.ts';

let app: TestApp;
let browser: Browser;
let administrator: Person;
let forum: TestClient;
let grades: string;

beforeAll(async () => {
  app = await createTestApp();
  browser = await launchChromium();
  administrator = await aPerson(app, {
    username: 'ada',
    roles: ['administrator'],
    givenName: 'Ada',
    familyName: 'Lovelace',
  });
  await aPerson(app, { username: 'grace', emailVerified: false });
  forum = await anApp(app, { ownedBy: administrator, name: 'Forum' });
  ({ id: grades } = await anApi(app, { name: 'Grades' }));
  const inTransaction = unitOfWork(app.orm);
  const connectedApps = new ConnectedApps({ em: app.orm.em, inTransaction, clock: app.clock });
  await inTransaction((em) =>
    connectedApps.connect(em, {
      accountId: administrator.account.id,
      appId: forum.id,
      scopes: ['openid', 'profile', 'email'],
    }),
  );
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

interface Place {
  readonly name: string;
  readonly path: string;
  /** Brings the page into a state of its own, such as an open dialog. */
  readonly act?: (page: Page) => Promise<void>;
}

const opensDialog = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('main').getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};

const opensTab = (anchor: string) => (page: Page) =>
  page.locator(`[role=tab][aria-selected=true][id$=${anchor}]`).waitFor();

const places = (): readonly Place[] => [
  { name: 'profile', path: '/account/profile' },
  {
    name: 'profile, being edited',
    path: '/account/profile',
    act: (page) =>
      page
        .getByRole('button', { name: /^(Edit|Modifier)/ })
        .first()
        .click(),
  },
  {
    name: 'postal address, being edited',
    path: '/account/profile',
    act: (page) => page.getByRole('button', { name: /Postal address|Adresse postale/ }).click(),
  },
  {
    name: 'menu',
    path: '/account/profile',
    act: (page) => page.locator('#person-menu').click(),
  },
  { name: 'sessions', path: '/account/sessions' },
  { name: 'connected apps', path: '/account/connected-apps' },
  { name: 'details of a connected app', path: '/account/connected-apps', act: opensDialog(/^(Details|Détails)/) },
  { name: 'revoking', path: '/account/connected-apps', act: opensDialog(/^(Revoke|Révoquer)/) },
  { name: 'apps', path: '/developer/apps' },
  { name: 'a new app', path: '/developer/apps/new' },
  {
    name: 'a new app, refused',
    path: '/developer/apps/new',
    act: (page) => page.locator('#register-app').click(),
  },
  { name: 'an app', path: `/developer/apps/${forum.id}` },
  { name: 'basics of an app', path: `/developer/apps/${forum.id}#basics`, act: opensTab('basics') },
  { name: 'sign-in to an app', path: `/developer/apps/${forum.id}#sign-in`, act: opensTab('sign-in') },
  {
    name: 'FAPI 2.0',
    path: `/developer/apps/${forum.id}#sign-in`,
    act: async (page) => {
      await page.locator('#fapi-switch').click();
      await page.getByRole('dialog').locator('textarea').fill('{}');
      await page.getByRole('dialog').locator('[type=submit]').click();
    },
  },
  { name: 'tokens of an app', path: `/developer/apps/${forum.id}#tokens`, act: opensTab('tokens') },
  {
    name: 'keys of an app',
    path: `/developer/apps/${forum.id}#keys`,
    act: async (page) => {
      await opensTab('keys')(page);
      await page.getByRole('tabpanel').getByRole('radio').nth(1).check();
    },
  },
  {
    name: 'logout of an app',
    path: `/developer/apps/${forum.id}#logout`,
    act: async (page) => {
      await opensTab('logout')(page);
      await page
        .getByRole('tabpanel')
        .getByRole('button', { name: /^(Add|Ajouter)/ })
        .click();
    },
  },
  { name: 'rotating a secret', path: `/developer/apps/${forum.id}`, act: opensDialog(/^(Rotate|Renouveler)/) },
  { name: 'deleting an app', path: `/developer/apps/${forum.id}#basics`, act: opensDialog(/^(Delete|Supprimer)/) },
  { name: 'no such app', path: '/developer/apps/01a00000-0000-7000-8000-000000000000' },
  { name: 'users', path: '/admin/users' },
  { name: 'users, none found', path: '/admin/users?search=nobody-of-that-name' },
  { name: 'a new user', path: '/admin/users/new' },
  { name: 'all apps', path: '/admin/apps' },
  { name: 'APIs', path: '/admin/apis' },
  {
    name: 'a new API, refused',
    path: '/admin/apis/new',
    act: (page) => page.locator('#save-api').click(),
  },
  { name: 'an API', path: `/admin/apis/${grades}` },
  { name: 'deleting an API', path: `/admin/apis/${grades}`, act: opensDialog(/^(Delete|Supprimer)/) },
  {
    name: 'registration tokens',
    path: '/admin/registration-tokens',
    act: async (page) => {
      await page.locator('[name=name]').fill('Continuous integration');
      await page.locator('#create-token').click();
      await page.locator('#registration-token').waitFor();
    },
  },
  { name: 'no such page', path: '/account/nothing' },
];

const open = async ({ page }: Visit, place: Place): Promise<void> => {
  const { pathname, hash } = new URL(page.url());
  // What was open on the same page closes by Escape: that is quicker than to load it again.
  if (pathname === new URL(place.path, app.issuer).pathname) await page.keyboard.press('Escape');
  if (pathname + hash !== place.path) await page.goto(app.issuer + place.path);
  await page.locator('#person-menu').waitFor();
  // Skeletons announce themselves as a status with a name.
  await expect.poll(() => page.locator('main [role=status][aria-label]').count()).toBe(0);
  await place.act?.(page);
};

/** @param rules of axe; without them every rule, the best practices too */
const axeViolations = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
  // Colours on their way to another one are not what people read.
  await page.evaluate('Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)))');
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};

const sidewaysPixels = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

interface Circumstances {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** What these circumstances can change; the first checks everything. */
  readonly rules?: readonly string[];
}

const circumstances: readonly Circumstances[] = [
  { name: 'on a wide screen', options: { viewport: { width: 1280, height: 800 } } },
  {
    name: 'on a screen of 320 pixels, in the dark, in French',
    options: { viewport: { width: 320, height: 640 }, hasTouch: true, colorScheme: 'dark', locale: 'fr-FR' },
    rules: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'label', 'button-name', 'link-name'],
  },
];

describe.each(circumstances)('$name', ({ options, rules }) => {
  it('every page is for everybody, fits, and breaks no policy', { timeout: 480_000 }, async () => {
    const visit = await aVisit(browser, options);
    const { page } = visit;
    const found: string[] = [];
    await page.goto(app.issuer);
    await page.locator('#sign-up').waitFor();
    for (const violation of await axeViolations(page, rules)) found.push(`landing page: ${violation}`);
    await page.locator('#sign-in').click();
    await page.locator('[name=identifier]').fill(administrator.username);
    await page.locator('[name=password]').fill(administrator.password);
    await page.locator('#sign-in').click();
    await page.locator('#person-menu').waitFor();
    for (const place of places()) {
      await open(visit, place);
      for (const violation of await axeViolations(page, rules)) found.push(`${place.name}: ${violation}`);
      if ((await sidewaysPixels(page)) > 0) found.push(`${place.name}: scrolls sideways`);
    }
    expect(found).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });
});

describe('by keyboard alone', () => {
  it('one skips to the page, edits the profile, and gets the focus back', async () => {
    const visit = await aSignedInVisit(browser, app, administrator);
    const { page } = visit;
    await page.getByText('@ada').waitFor();
    await page.reload();
    await page.getByText('@ada').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the page');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Edit: Given name');
    await page.keyboard.press('Enter');
    // The field gets the focus once it is drawn.
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await page.keyboard.type('Augusta');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Augusta Lovelace' }).waitFor();
    await page.getByText('Saved').waitFor();
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Edit: Given name');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await page.keyboard.type('Somebody else');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Augusta Lovelace' }).waitFor();
    await visit.context.close();
  });

  it('a change of page is read out, and a dialog gives the focus back', async () => {
    const visit = await aSignedInVisit(browser, app, administrator);
    const { page } = visit;
    await page.getByRole('link', { name: 'Connected apps' }).press('Enter');
    await page.getByRole('button', { name: 'Revoke: Forum' }).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Connected apps');
    expect(await page.title()).toBe('Connected apps · Latchkey');
    await page.getByRole('button', { name: 'Revoke: Forum' }).press('Enter');
    await page.getByRole('dialog', { name: 'Revoke the access of Forum?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Revoke: Forum');
    await visit.context.close();
  });
});
