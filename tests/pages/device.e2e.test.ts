/** A device is connected in a real browser, without JavaScript and by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anApi, giveAccess } from '../support/apis.ts';
import { launchChromium } from '../support/chromium.ts';
import { beginDevice, deviceGrant, poll } from '../support/device.ts';
import { anApp, aPerson, type Person, type TestClient } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let browser: Browser;
let client: TestClient;
let person: Person;
beforeAll(async () => {
  app = await createTestApp();
  browser = await launchChromium();
  person = await aPerson(app, { givenName: 'Ada', familyName: 'Lovelace' });
  client = await anApp(app, { name: 'Television', grantTypes: [deviceGrant], redirectUris: [], ownedBy: person });
  const api = await anApi(app, { name: 'Orders', identifier: 'https://orders.example' });
  await giveAccess(app, client, api);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const openPage = async (): Promise<Page> =>
  (await browser.newContext({ locale: 'en-GB', baseURL: app.issuer, javaScriptEnabled: false })).newPage();

/** No sideways scrolling on a telephone and on a screen at 200 %. */
const fits = async (page: Page): Promise<void> => {
  for (const width of [320, 640, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const box = await page.locator('main').boundingBox();
    expect(box?.width).toBeLessThanOrEqual(width);
  }
};

test('a person signs in, types the code, compares it and allows the device', { timeout: 120_000 }, async () => {
  const device = await beginDevice(app, client, {
    scope: 'openid profile orders:read',
    resource: 'https://orders.example',
  });
  const page = await openPage();
  await page.goto('/device');
  await page.fill('[name=identifier]', person.username);
  await page.fill('[name=password]', person.password);
  await page.locator('#sign-in').press('Enter');
  await page.waitForURL('**/device');
  await fits(page);
  await page.locator('[name=user_code]').fill('BBBB-BBBB');
  await page.keyboard.press('Enter');
  await page.getByText('That code is not right').waitFor();
  await fits(page);
  await page.locator('[name=user_code]').fill(device.user_code.toLowerCase());
  await page.locator('#continue').press('Enter');
  await page.getByText(device.user_code).waitFor();
  await page.getByText('Read your orders').waitFor();
  await fits(page);
  await page.locator('#allow').press('Enter');
  await page.getByRole('heading', { name: 'Your device is connected' }).waitFor();
  await fits(page);
  expect((await poll(app, client, device)).status).toBe(200);
});

test('no page of it breaks a rule of accessibility', { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ locale: 'en-GB', baseURL: app.issuer });
  const page = await context.newPage();
  const isAccessible = async (): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
  };
  const device = await beginDevice(app, client);
  await page.goto(`/sign-in?continue=${encodeURIComponent(`/device?user_code=${device.user_code}`)}`);
  await page.fill('[name=identifier]', person.username);
  await page.fill('[name=password]', person.password);
  await page.click('#sign-in');
  await page.getByText('Does your device show this very code?').waitFor();
  await isAccessible();
  await page.click('#continue');
  await page.locator('#deny').waitFor();
  await isAccessible();
  await page.click('#deny');
  await page.getByRole('heading', { name: 'You did not allow it' }).waitFor();
  await isAccessible();
});
