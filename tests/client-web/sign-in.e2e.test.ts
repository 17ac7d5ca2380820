/** Signing in to the web client, staying signed in, and signing out, with the real server in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { aPerson, aSignedInPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { aSignedInVisit, aVisit, signIn } from './visits.ts';

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
    await app.inContext(() => app.orm.em.getConnection().execute("update access_token set expires_at = 'yesterday'"));
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

describe('proof of possession', () => {
  it('comes with every token, by a key that nobody can take away', async () => {
    const visit = await aVisit(browser);
    await visit.page.addInitScript(`
      const generate = crypto.subtle.generateKey.bind(crypto.subtle);
      crypto.subtle.generateKey = async (...parameters) => {
        const pair = await generate(...parameters);
        window.pairs = [...(window.pairs ?? []), pair];
        return pair;
      };
    `);
    const proofs: string[] = [];
    visit.page.on('request', (request) => {
      if (!/\/(graphql|oauth\/token)$/.test(request.url())) return;
      const { authorization = '', dpop = '' } = request.headers();
      if (request.url().endsWith('/graphql')) expect(authorization).toMatch(/^DPoP lk_at_/);
      proofs.push(dpop);
    });
    await signIn(visit, app, await aPerson(app));
    await visit.page.getByRole('link', { name: 'Sessions' }).click();
    await visit.page.getByText('this browser').waitFor();
    expect(proofs.length).toBeGreaterThan(2);
    expect(new Set(proofs).size).toBe(proofs.length);
    expect(proofs).not.toContain('');
    expect(await visit.page.evaluate('pairs.map((pair) => pair.privateKey.extractable)')).toEqual([false]);
    await visit.context.close();
  });

  it('is given again with the nonce that the server wants, also when that changes', async () => {
    const strict = await createTestApp({ settings: { LATCHKEY_DPOP_NONCE: 'on' } });
    const person = await aPerson(strict);
    const visit = await aSignedInVisit(browser, strict, person);
    const { page } = visit;
    await page.getByRole('link', { name: 'Sessions' }).click();
    await page.getByText('this browser').waitFor();
    // The API forgets the nonce that this tab knows.
    const refusal = {
      status: 401,
      headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': 'a-new-one' },
    };
    await page.route('**/graphql', (route) => route.fulfill(refusal), { times: 1 });
    const again = page.waitForRequest((request) => {
      const [, claims = ''] = (request.headers().dpop ?? '').split('.');
      return Buffer.from(claims, 'base64url').toString().includes('a-new-one');
    });
    await page.getByRole('link', { name: 'Connected apps' }).click();
    await again;
    await page.getByText('No connected apps').waitFor();
    await visit.context.close();
    await strict.close();
  });

  it('carries the server’s time where the computer’s own is wrong', async () => {
    const visit = await aVisit(browser);
    await visit.page.clock.setSystemTime(new Date('2001-01-01T00:00:00Z'));
    await signIn(visit, app, await aPerson(app));
    await visit.page.getByRole('link', { name: 'Sessions' }).click();
    await visit.page.getByText('this browser').waitFor();
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

  it('goes through the server, which knows by the ID token who asks, and tells the apps', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const leaving = visit.page.waitForRequest((request) => new URL(request.url()).pathname === '/oauth/logout');
    await visit.page.locator('#person-menu').click();
    await visit.page.locator('#sign-out').click();
    const asked = new URL((await leaving).url()).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      id_token_hint: expect.stringMatching(/^eyJ/),
      client_id: 'latchkey-web-client',
      post_logout_redirect_uri: `${app.issuer}/`,
    });
    await heading(visit.page, 'You are signed out.').waitFor();
    expect(visit.page.url()).toBe(`${app.issuer}/`);
    // The same address again says nothing: nobody left this page to sign out.
    await visit.page.goto(`${app.issuer}/?state=${asked.get('state')}`);
    await heading(visit.page, 'Your Latchkey account').waitFor();
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
