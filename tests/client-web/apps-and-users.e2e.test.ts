/** Developers and administrators at work in the web client. */
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

describe('a developer', () => {
  it('registers an app, sees its secret once, gives it another one, and deletes it', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const { page } = visit;
    await page.getByRole('link', { name: 'Developer' }).click();
    await page.getByRole('heading', { name: 'No apps yet' }).waitFor();
    await page.getByRole('link', { name: 'Register an app' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Forum');
    const uri = page.getByLabel('Redirect URI 1');
    await uri.fill('http://forum.example.org/callback');
    await uri.press('Tab');
    await page.getByText('http is for localhost only. Use https.').waitFor();
    await uri.fill('https://forum.example.org/callback');
    await page.getByText('http is for localhost only. Use https.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add another' }).click();
    await page.getByLabel('Redirect URI 2').fill('http://localhost:3000/callback');
    await page.locator('#register-app').click();
    await page.getByRole('heading', { name: 'Forum is registered' }).waitFor();
    const secret = (await page.locator('#client-secret').textContent()) ?? '';
    expect(secret).toMatch(/^lk_cs_/);

    await page.getByRole('link', { name: 'I have kept the secret' }).click();
    await page.getByRole('heading', { level: 1, name: 'Forum' }).waitFor();
    await page.getByText(`••••${secret.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(secret);
    const start = page.getByRole('region', { name: 'Code for Express' });
    expect(await start.textContent()).toContain('https://forum.example.org/callback');

    await page.getByRole('button', { name: 'Rotate' }).click();
    await page.getByLabel('The old secret works').selectOption('for one more hour');
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    await page.locator('#client-secret').waitFor();
    const fresh = await page.locator('#client-secret').textContent();
    expect(fresh).toMatch(/^lk_cs_/);
    expect(fresh).not.toBe(secret);

    await page.getByLabel('Name', { exact: true }).fill('The Forum');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'The Forum' }).waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'The Forum' }).waitFor();
    expect(await page.locator('#client-secret').count()).toBe(0);

    await page.getByRole('button', { name: 'Delete app' }).click();
    const remove = page.getByRole('dialog').getByRole('button', { name: 'Delete app' });
    expect(await remove.isDisabled()).toBe(true);
    await page.getByLabel('Type “The Forum” to confirm').fill('The Forum');
    await remove.click();
    await page.getByRole('heading', { name: 'No apps yet' }).waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });

  it('sees beside the field what the server refuses', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const { page } = visit;
    await page.goto(`${app.issuer}/developer/apps/new`);
    await page.getByLabel('Name', { exact: true }).fill('Forum');
    await page.getByLabel('Redirect URI 1').fill('https://forum.example.org/callback');
    await page.getByLabel('Homepage (optional)').fill('forum');
    await page.locator('#register-app').click();
    const homepage = page.getByLabel('Homepage (optional)');
    await expect.poll(() => homepage.getAttribute('aria-invalid')).toBe('true');
    expect(await page.evaluate('document.activeElement.name')).toBe('homepageUri');
    await visit.context.close();
  });

  it('does not see Admin, nor what is behind it', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    await visit.page.getByRole('link', { name: 'Developer' }).waitFor();
    expect(await visit.page.getByRole('link', { name: 'Admin' }).count()).toBe(0);
    await visit.page.goto(`${app.issuer}/admin/users`);
    await visit.page.getByRole('heading', { name: 'For administrators' }).waitFor();
    await visit.context.close();
  });
});

describe('an administrator', () => {
  it('finds a person, locks the account, unlocks it again, and keeps at least one administrator', async () => {
    const administrator = await aPerson(app, { roles: ['administrator'], givenName: 'Ada', familyName: 'Lovelace' });
    const grace = await aPerson(app, { givenName: 'Grace', familyName: 'Hopper' });
    const victim = await aSignedInVisit(browser, app, grace);
    const visit = await aSignedInVisit(browser, app, administrator);
    const { page } = visit;
    await page.getByRole('link', { name: 'Admin' }).click();
    await page.getByRole('searchbox').fill(grace.username);
    await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(1);
    expect(page.url()).toContain(`search=${grace.username}`);

    const act = async (name: string, what: string) => {
      await page.getByRole('button', { name: `What can be done with ${name}` }).click();
      await page.getByRole('menuitem', { name: what }).click();
      await page.getByRole('dialog').getByRole('button', { name: what }).click();
    };
    await act('Grace Hopper', 'Lock');
    await page.getByText('locked', { exact: true }).waitFor();
    await victim.page.getByRole('link', { name: 'Sessions' }).click();
    await victim.page.getByText('Your session has ended.').waitFor();
    await act('Grace Hopper', 'Unlock');
    await page.getByText('locked', { exact: true }).waitFor({ state: 'detached' });

    await page.getByRole('searchbox').fill(administrator.username);
    await page.getByText('you', { exact: true }).waitFor();
    await act('Ada Lovelace', 'Take the role away');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await victim.context.close();
    await visit.context.close();
  });

  it('creates a user and is told beside the field what is taken', async () => {
    const administrator = await aPerson(app, { roles: ['administrator'] });
    const visit = await aSignedInVisit(browser, app, administrator);
    const { page } = visit;
    await page.goto(`${app.issuer}/admin/users/new`);
    await page.getByLabel('Username').fill(administrator.username);
    await page.getByLabel('E-mail address').fill('emmy@example.org');
    await page.getByRole('button', { name: 'Create a user' }).click();
    await page.getByText('That is taken already.').waitFor();
    await page.getByLabel('Username').fill('emmy');
    await page.getByRole('button', { name: 'Create a user' }).click();
    await page.getByText('@emmy').waitFor();
    await visit.context.close();
  });

  it('marks an app as trusted, and takes that back', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app, { roles: ['administrator'] }));
    await anApp(app, { name: 'Tickets' });
    const { page } = visit;
    await page.goto(`${app.issuer}/admin/apps`);
    await page.getByRole('button', { name: 'Trust: Tickets', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Trust' }).click();
    await page.getByRole('button', { name: 'Stop trusting: Tickets' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop trusting' }).click();
    await page.getByRole('button', { name: 'Trust: Tickets', exact: true }).waitFor();
    await visit.context.close();
  });

  it('sees long lists page by page', async () => {
    const administrator = await aPerson(app, { roles: ['administrator'] });
    for (let each = 0; each < 21; each++) await aPerson(app, { username: `crowd${each}` });
    const visit = await aSignedInVisit(browser, app, administrator);
    const { page } = visit;
    await page.goto(`${app.issuer}/admin/users?search=crowd`);
    const rows = page.getByRole('main').getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(20);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => rows.count()).toBe(21);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    await visit.context.close();
  });
});
