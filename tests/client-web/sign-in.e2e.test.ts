/** Signing in to the web client, staying signed in, and signing out, with the real server in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { TestClock } from '../support/clock.ts';
import { aPerson, aSignedInPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { aSignedInVisit, aVisit, signIn } from './visits.ts';

let app: TestApp;
let browser: Browser;
const clock = new TestClock();

beforeAll(async () => {
  app = await createTestApp({ clock });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});
beforeEach(() => clock.advance(1));

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe('signing in', () => {
  it('begins on a quiet landing page and ends where the person wanted to go, without the code in the address', async () => {
    const person = await aPerson(app);
    const visit = await aVisit(browser);
    await visit.page.goto(`${app.issuer}/account/sessions`);
    await heading(visit.page, 'Your Latchkey account').waitFor();
    await signIn(visit, app, person, '/account/sessions');
    await heading(visit.page, 'Sessions').waitFor();
    expect(new URL(visit.page.url()).pathname).toBe('/account/sessions');
    expect(visit.page.url()).not.toContain('code=');
    await visit.page.goBack();
    expect(visit.page.url()).not.toContain('code=');
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });

  it('keeps no token where another script or another visit could read it', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const kept = await visit.page.evaluate('JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])');
    expect(kept).not.toContain('lk_');
    await visit.context.close();
  });

  it('survives a reload without a flash of the signed-out page', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const { page } = visit;
    await page.addInitScript(`
      new MutationObserver(() => {
        if (document.querySelector('#sign-up')) sessionStorage.setItem('flashed', 'yes');
      }).observe(document, { childList: true, subtree: true });
    `);
    await page.goto(`${app.issuer}/account/connected-apps`);
    await heading(page, 'Connected apps').waitFor();
    await page.reload();
    await heading(page, 'Connected apps').waitFor();
    await page.locator('#person-menu').waitFor();
    expect(await page.evaluate("sessionStorage.getItem('flashed')")).toBeNull();
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });

  it('goes on when the access token is over, without a word', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    clock.advance(3600);
    await visit.page.getByRole('link', { name: 'Sessions' }).click();
    await visit.page.getByText('this browser').waitFor();
    await visit.context.close();
  });

  it('refuses an answer that it did not ask for', async () => {
    const visit = await aVisit(browser);
    await visit.page.goto(`${app.issuer}/callback?code=forged&state=forged&iss=${encodeURIComponent(app.issuer)}`);
    await visit.page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(visit.page.url()).not.toContain('forged');
    await visit.context.close();
  });

  it('says so when the server cannot be reached, and goes on when it can', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const { page } = visit;
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('this browser').waitFor();
    await visit.context.close();
  });

  it('says by which number an operator finds the cause of a fault', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    await visit.page.route('**/graphql', (route) =>
      route.fulfill({
        status: 500,
        json: { errors: [{ message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r-4711' } }] },
      }),
    );
    await visit.page.getByRole('link', { name: 'Sessions' }).click();
    await visit.page.getByText('r-4711').waitFor();
    await visit.context.close();
  });
});

describe('signing out', () => {
  it('ends the session, here and in the other tabs', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const other = await visit.context.newPage();
    await other.goto(`${app.issuer}/account/profile`);
    await other.locator('#person-menu').waitFor();
    await visit.page.locator('#person-menu').click();
    await visit.page.locator('#sign-out').click();
    await heading(visit.page, 'You are signed out.').waitFor();
    await heading(other, 'You are signed out.').waitFor();
    await other.reload();
    await heading(other, 'Your Latchkey account').waitFor();
    // The server has ended it too: signing in asks for the password again.
    await visit.page.getByRole('button', { name: 'Sign in' }).click();
    await visit.page.locator('[name=password]').waitFor();
    await visit.context.close();
  });

  it('is noticed when it happened elsewhere', async () => {
    const person = await aSignedInPerson(app);
    const elsewhere = await aSignedInVisit(browser, app, person);
    const visit = await aSignedInVisit(browser, app, person);
    await visit.page.getByRole('link', { name: 'Sessions' }).click();
    const ends = visit.page.getByRole('button', { name: /^End: / });
    await ends.first().waitFor();
    const before = await ends.count();
    // Newest first: after the current one comes the browser that signed in just before.
    await ends.first().click();
    await visit.page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
    await expect.poll(() => ends.count()).toBe(before - 1);
    await elsewhere.page.getByRole('link', { name: 'Connected apps' }).click();
    await elsewhere.page.getByText('Your session has ended.').waitFor();
    await elsewhere.context.close();
    await visit.context.close();
  });

  it('shows nothing of one person to the next', async () => {
    const [ada, grace] = [await aPerson(app, { givenName: 'Ada' }), await aPerson(app, { givenName: 'Grace' })];
    const visit = await aSignedInVisit(browser, app, ada);
    await visit.page.getByText(`@${ada.username}`).waitFor();
    await visit.page.locator('#person-menu').click();
    await visit.page.locator('#sign-out').click();
    await heading(visit.page, 'You are signed out.').waitFor();
    await signIn(visit, app, grace);
    await visit.page.getByText(`@${grace.username}`).waitFor();
    expect(await visit.page.getByText(ada.username).count()).toBe(0);
    await visit.context.close();
  });
});
