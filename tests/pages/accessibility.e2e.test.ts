import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  app = await createTestApp();
  browser = await launchChromium();
  page = await (await browser.newContext({ locale: 'en-GB', baseURL: app.issuer })).newPage();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** No axe violation in either scheme; no sideways scrolling on a telephone, and on a screen at 200 %. */
const isAccessible = async (): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
  for (const width of [320, 640, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
};

const focused = () => page.evaluate('document.activeElement.id');

describe('in a browser, by keyboard alone', { timeout: 120_000 }, () => {
  it('a person signs up, confirms the address, signs out and in again', async () => {
    await page.goto('/sign-in');
    await isAccessible();
    expect(await focused()).toBe('identifier');

    await page.goto('/sign-up?continue=/sign-out');
    await isAccessible();
    await page.keyboard.type('a');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ada@example.org');
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse');
    await page.keyboard.press('Enter');
    await page.getByText('A username has at least 2 characters.').waitFor();
    await isAccessible();
    expect(await focused()).toBe('username');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ada@example.org');
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await page.keyboard.type('da');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByLabel('Username').fill('ada');
    await page.keyboard.press('Enter');

    await page.waitForURL('**/sign-out');
    await isAccessible();

    await page.goto('/inbox');
    await isAccessible();
    await page.getByRole('link', { name: 'Confirm this address' }).click();
    await isAccessible();
    await page.getByRole('button', { name: 'Yes, confirm it' }).click();
    await page.getByRole('heading', { name: 'Address confirmed' }).waitFor();
    await isAccessible();

    await page.goto('/sign-out');
    await page.locator('#sign-out').press('Enter');
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await isAccessible();

    await page.goto('/sign-in?continue=/sign-out');
    // The browser gives the focus a moment after the page is there.
    await expect.poll(focused).toBe('identifier');
    await page.keyboard.type('ada@example.org');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong horse');
    await page.keyboard.press('Enter');
    await page.getByText('That name and password do not match.').waitFor();
    await isAccessible();
    expect(await focused()).toBe('password');
    await page.keyboard.type('correct horse');
    await page.keyboard.press('Enter');
    await page.getByText('You are signed in as ada.').waitFor();
  });

  it('chooses French, and keeps it', async () => {
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    await isAccessible();
    await page.goto('/sign-up');
    await page.getByRole('heading', { name: 'Créer votre compte' }).waitFor();
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Create your account' }).waitFor();
  });

  it('is told in words what went wrong', async () => {
    const address = '/set-up?key=wrong';
    await page.goto(address);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await isAccessible();
  });

  it('sees its focus, and no motion', async () => {
    await page.goto('/sign-in');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });
});
