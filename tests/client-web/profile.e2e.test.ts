/** What people say of themselves, each line changed where it stands. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { aPerson } from '../support/personas.ts';
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

const edit = (page: Page, name: string) => page.getByRole('button', { name: `Edit: ${name}` }).click();

/** Changes one line; it stands there again once it is saved. */
const change = async (page: Page, name: string, value: string): Promise<void> => {
  await edit(page, name);
  await page.getByLabel(name, { exact: true }).fill(value);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Edit: ${name}` }).waitFor();
};

const line = (page: Page, name: string) =>
  page.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });

it('keeps every line, and takes it away again', async () => {
  const person = await aPerson(app);
  const visit = await aSignedInVisit(browser, app, person);
  const { page } = visit;
  const lines = {
    'Middle name': 'Augusta',
    Nickname: 'Countess',
    Phone: '+33 1 23 45 67 89',
    'Date of birth': '1815-12-10',
    Gender: 'female',
    Website: 'https://ada.example.org',
    'Profile page': 'https://ada.example.org/about',
    Picture: 'https://ada.example.org/me.png',
  };
  for (const [name, value] of Object.entries(lines)) await change(page, name, value);
  await page.reload();
  await expect.poll(() => line(page, 'Phone').textContent()).toContain('+33123456789');
  expect(await line(page, 'Date of birth').textContent()).toContain('10 December 1815');
  expect(await line(page, 'Website').getByRole('link').getAttribute('rel')).toBe('noreferrer');
  expect(await line(page, 'Nickname').textContent()).toContain('Countess');
  await change(page, 'Nickname', '');
  expect(await line(page, 'Nickname').textContent()).toContain('Not set');
  // Without the year, the 29th of February is a birthday too.
  await change(page, 'Date of birth', '0000-02-29');
  expect(await line(page, 'Date of birth').textContent()).toContain('29 February');
  expect(visit.complaints).toEqual([]);
  await visit.context.close();
});

it('says beside the field what cannot be used, and nothing moves on', async () => {
  const visit = await aSignedInVisit(browser, app, await aPerson(app));
  const { page } = visit;
  await edit(page, 'Phone');
  await page.getByLabel('Phone', { exact: true }).fill('12 34');
  await page.keyboard.press('Enter');
  await page.getByText('That is not a number such as').waitFor();
  expect(await page.evaluate('document.activeElement.name')).toBe('value');
  await page.keyboard.press('Escape');
  await edit(page, 'Website');
  await page.getByLabel('Website', { exact: true }).fill('javascript:alert(1)');
  await page.keyboard.press('Enter');
  await page.getByText('That is not an address such as').waitFor();
  await visit.context.close();
});

it('takes a postal address as a whole', async () => {
  const visit = await aSignedInVisit(browser, app, await aPerson(app));
  const { page } = visit;
  const save = () => page.getByRole('button', { name: 'Save' }).click();
  await edit(page, 'Postal address');
  await page.getByLabel('Street and number').fill('12 St James’s Square\nAttic');
  await page.getByLabel('Postal code').fill('SW1Y 4JH');
  await page.getByLabel('City').fill('London');
  await page.getByLabel('Country').fill('x'.repeat(200));
  await save();
  await page.getByText('That is too long.').waitFor();
  expect(await page.evaluate('document.activeElement.name')).toBe('country');
  await page.getByLabel('Country').fill('England');
  await save();
  const address = line(page, 'Postal address');
  await expect.poll(() => address.textContent()).toContain('12 St James’s Square\nAttic\nSW1Y 4JH London\nEngland');
  await edit(page, 'Postal address');
  for (const name of ['Street and number', 'Postal code', 'City', 'Country']) await page.getByLabel(name).fill('');
  await save();
  await address.getByText('Not set').waitFor();
  expect(visit.complaints).toEqual([]);
  await visit.context.close();
});
