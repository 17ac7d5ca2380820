/** What the server refuses of an app's settings is said where it can be mended. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { anApp, aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { aSignedInVisit } from './visits.ts';

let app: TestApp;
let browser: Browser;

beforeAll(async () => {
  app = await createTestApp();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe('an app without keys', () => {
  it('that is to prove itself by them is refused at the choice of keys, which has the focus', async () => {
    const person = await aPerson(app);
    const forum = await anApp(app, { ownedBy: person, name: 'Forum' });
    const { page, context } = await aSignedInVisit(browser, app, person);
    await page.goto(`${app.issuer}/developer/apps/${forum.id}#keys`);
    await page.getByLabel('Client authentication').selectOption('private_key_jwt');
    await page.getByRole('button', { name: 'Save' }).click();
    const choice = page.getByRole('group', { name: 'Public keys' });
    await choice.getByText('It needs its public keys, or their address.').waitFor();
    await choice.locator('input:focus').waitFor();
    await choice.getByLabel('Paste them here').check();
    await choice.getByText('It needs its public keys').waitFor({ state: 'detached' });
    await context.close();
  });

  it('that is to sign its requests is sent to the tab where keys are given', async () => {
    const person = await aPerson(app);
    const forum = await anApp(app, { ownedBy: person, name: 'Forum' });
    const { page, context } = await aSignedInVisit(browser, app, person);
    await page.goto(`${app.issuer}/developer/apps/${forum.id}#sign-in`);
    await page.getByLabel('Require signed requests').check();
    await page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Signed requests need the app’s public keys or their address.').waitFor();
    await page.getByRole('link', { name: 'Go to “Keys”' }).click();
    await page.getByRole('group', { name: 'Public keys' }).waitFor();
    await context.close();
  });
});

it('a time out of range is answered by its range', async () => {
  const person = await aPerson(app);
  const forum = await anApp(app, { ownedBy: person, name: 'Forum' });
  const { page, context } = await aSignedInVisit(browser, app, person);
  await page.goto(`${app.issuer}/developer/apps/${forum.id}#tokens`);
  const lifetime = page.getByRole('group', { name: 'Access tokens work for' });
  for (const [amount, unit] of [
    ['-1', 'seconds'],
    ['99999', 'days'],
  ] as const) {
    await lifetime.getByLabel('Number').fill(amount);
    await lifetime.getByLabel('Unit').selectOption(unit);
    await page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).click();
    await lifetime.getByText('It can be from 30 to 86400 seconds.').waitFor();
  }
  await context.close();
});

it('the range is named in French, too', async () => {
  const person = await aPerson(app);
  const forum = await anApp(app, { ownedBy: person, name: 'Forum' });
  const { page, context } = await aSignedInVisit(browser, app, person);
  await page.goto(`${app.issuer}/developer/apps/${forum.id}#tokens`);
  await page.locator('#person-menu').click();
  await page.getByRole('menuitemradio', { name: 'Français' }).click();
  await page.getByRole('group', { name: 'Les jetons d’accès' }).getByLabel('Nombre').fill('-1');
  await page.getByRole('tabpanel').getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('De 30 à 86400 secondes.').waitFor();
  await page.getByRole('tab', { name: 'Connexion', exact: true }).click();
  await page.getByLabel('Exiger des demandes signées').check();
  await page.getByRole('tabpanel').getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Il lui faut ses clés publiques, ou leur adresse.').waitFor();
  await page.getByRole('link', { name: 'Aller à « Clés »' }).waitFor();
  await context.close();
});

it('nobody is said to have registered an app that belongs to nobody', async () => {
  const administrator = await aPerson(app, { roles: ['administrator'] });
  const forum = await anApp(app, { name: 'Forum' });
  const { page, context } = await aSignedInVisit(browser, app, administrator);
  await page.goto(`${app.issuer}/admin/apps/${forum.id}`);
  await page.getByText('Registered', { exact: true }).waitFor();
  expect(await page.getByText('by a person').count()).toBe(0);
  await context.close();
});

it('while programs cannot register apps, the page of their tokens says so', async () => {
  const administrator = await aPerson(app, { roles: ['administrator'] });
  const { page, context } = await aSignedInVisit(browser, app, administrator);
  await page.goto(`${app.issuer}/admin/registration-tokens`);
  await page.getByText('LATCHKEY_CLIENT_REGISTRATION').waitFor();
  await context.close();
});
