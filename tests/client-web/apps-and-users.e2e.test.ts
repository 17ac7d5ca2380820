/** Developers and administrators at work in the web client. */
import { generateKeyPairSync } from 'node:crypto';
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

    await page.getByRole('tab', { name: 'Basics' }).click();
    await page.getByLabel('Name', { exact: true }).fill('The Forum');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'The Forum' }).waitFor();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'The Forum' }).waitFor();
    expect(await page.locator('#client-secret').count()).toBe(0);
    // The group that was open is in the address.
    expect(await page.getByRole('tab', { name: 'Basics' }).getAttribute('aria-selected')).toBe('true');

    await page.getByRole('button', { name: 'Delete app' }).click();
    const remove = page.getByRole('dialog').getByRole('button', { name: 'Delete app' });
    expect(await remove.isDisabled()).toBe(true);
    await page.getByLabel('Type “The Forum” to confirm').fill('The Forum');
    await remove.click();
    await page.getByRole('heading', { name: 'No apps yet' }).waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });

  it('sets everything of an app, group by group, and keeps it', async () => {
    const person = await aPerson(app);
    const forum = await anApp(app, { ownedBy: person, name: 'Forum' });
    const visit = await aSignedInVisit(browser, app, person);
    const { page } = visit;
    const address = `${app.issuer}/developer/apps/${forum.id}`;
    const open = (name: string) => page.getByRole('tab', { name }).click();
    const save = async () => {
      await page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('tabpanel').getByText('Saved', { exact: true }).waitFor();
    };
    await page.goto(`${address}#tokens`);
    const lifetime = page.getByRole('group', { name: 'Access tokens work for' });
    await lifetime.getByLabel('Number').fill('400');
    await lifetime.getByLabel('Unit').selectOption('days');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).click();
    await page.getByText('It can be from 30 to 86400 seconds.').waitFor();
    await lifetime.getByLabel('Number').fill('1.5');
    await lifetime.getByLabel('Unit').selectOption('hours');
    await page.getByLabel('ID tokens are signed by').selectOption('RS256');
    await save();

    await open('Basics');
    await page.getByLabel('Privacy policy (optional)').fill('https://forum.example.org/privacy');
    await page.getByLabel('Contacts (optional)').fill('ada@example.org\nhttps://forum.example.org/help');
    await save();

    await open('Sign-in');
    await page.getByLabel('Device flow').check();
    await page.getByLabel('address', { exact: true }).check();
    await page.getByLabel('Require pushed requests (PAR)').check();
    await save();

    await open('Logout');
    await page.getByRole('button', { name: 'Add an address' }).click();
    await page.getByLabel('Post-logout redirect URI 1').fill('https://forum.example.org/bye');
    await page.getByLabel('Front-channel logout (optional)').fill('https://elsewhere.example.org/logout');
    await page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Its scheme, host and port must be those of a redirect URI.').waitFor();
    await page.getByLabel('Front-channel logout (optional)').fill('');
    await page.getByLabel('Back-channel logout (optional)').fill('https://forum.example.org/logout');
    await save();

    await page.goto(`${address}#basics`);
    await page.reload();
    expect(await page.getByLabel('Contacts (optional)').inputValue()).toBe(
      'ada@example.org\nhttps://forum.example.org/help',
    );
    await open('Tokens');
    expect(await lifetime.getByLabel('Number').inputValue()).toBe('90');
    expect(await lifetime.getByLabel('Unit').inputValue()).toBe('minutes');
    expect(await page.getByLabel('ID tokens are signed by').inputValue()).toBe('RS256');
    await open('Sign-in');
    expect(await page.getByLabel('Device flow').isChecked()).toBe(true);
    await open('Logout');
    expect(await page.getByLabel('Post-logout redirect URI 1').inputValue()).toBe('https://forum.example.org/bye');
    // The quick start follows.
    await open('Overview');
    await page.getByRole('tab', { name: 'Device flow' }).waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });

  it('goes through the groups by the arrow keys, and what was typed in one stays', async () => {
    const person = await aPerson(app);
    const forum = await anApp(app, { ownedBy: person, name: 'Forum' });
    const visit = await aSignedInVisit(browser, app, person);
    const { page } = visit;
    await page.goto(`${app.issuer}/developer/apps/${forum.id}#basics`);
    await page.getByLabel('Name', { exact: true }).fill('Another name');
    await page.getByRole('tab', { name: 'Basics' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).hash).toBe('#sign-in');
    await page.keyboard.press('End');
    await expect.poll(() => new URL(page.url()).hash).toBe('#logout');
    await page.getByRole('tab', { name: 'Logout', selected: true }).waitFor();
    await page.getByRole('tabpanel').getByRole('button', { name: 'Add an address' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Add an address');
    await page.getByRole('tab', { name: 'Basics' }).click();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Another name');
    await visit.context.close();
  });

  it('turns FAPI 2.0 on with the app’s keys, which must be public ones', async () => {
    const person = await aPerson(app);
    const bank = await anApp(app, {
      ownedBy: person,
      name: 'Bank',
      redirectUris: ['https://bank.example.org/callback'],
    });
    const visit = await aSignedInVisit(browser, app, person);
    const { page } = visit;
    await page.goto(`${app.issuer}/developer/apps/${bank.id}#sign-in`);
    await page.locator('#fapi-switch').click();
    const dialog = page.getByRole('dialog', { name: 'Turn on FAPI 2.0 for Bank?' });
    const keys = dialog.getByLabel('JSON Web Key Set');
    const turnOn = dialog.getByRole('button', { name: 'Turn on FAPI 2.0' });
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await keys.fill('keys');
    await turnOn.click();
    await dialog.getByText('That is not JSON.').waitFor();
    await keys.fill(JSON.stringify({ keys: [privateKey.export({ format: 'jwk' })] }));
    await dialog.getByText('That is a secret key.').waitFor();
    const { publicKey: foreign } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    await keys.fill(JSON.stringify({ keys: [foreign.export({ format: 'jwk' })] }));
    await turnOn.click();
    await dialog.getByText('P-256 and Ed25519 can be used').waitFor();
    // A single key is a key set too.
    await keys.fill(JSON.stringify(publicKey.export({ format: 'jwk' })));
    await turnOn.click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('FAPI 2.0', { exact: true }).waitFor();
    expect(await page.getByLabel('Require PKCE').isDisabled()).toBe(true);
    expect(await page.getByLabel('Require pushed requests (PAR)').isChecked()).toBe(true);
    await page.getByRole('tab', { name: 'Keys' }).click();
    expect(await page.getByLabel('Client authentication').inputValue()).toBe('PRIVATE_KEY_JWT');
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText('None: it proves itself by its keys.').waitFor();
    await page.getByRole('tab', { name: 'Sign-in' }).click();
    await page.locator('#fapi-switch').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Turn off FAPI 2.0' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // What it asked for stays, and can be taken back.
    expect(await page.getByLabel('Require PKCE').isDisabled()).toBe(false);
    expect(await page.getByLabel('Require pushed requests (PAR)').isChecked()).toBe(true);
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });

  it('registers a program without a browser, which needs no redirect URI', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app));
    const { page } = visit;
    await page.goto(`${app.issuer}/developer/apps/new`);
    await page.getByLabel('Name', { exact: true }).fill('Console');
    await page.getByRole('radio', { name: 'Native or CLI' }).check();
    await page.locator('#register-app').click();
    await page.getByText('Enter an address.').waitFor();
    await page.getByLabel('Device flow').check();
    await page.locator('#register-app').click();
    await page.getByRole('heading', { name: 'Console is registered' }).waitFor();
    await page.getByRole('link', { name: 'Go on to the app' }).click();
    await page.getByRole('region', { name: 'Code for Device flow' }).waitFor();
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

  it('registers an API, lets an app ask for it, and deletes it with its scopes', async () => {
    const administrator = await aPerson(app, { roles: ['administrator'] });
    const forum = await anApp(app, { ownedBy: administrator, name: 'Forum' });
    const visit = await aSignedInVisit(browser, app, administrator);
    const { page } = visit;
    await page.getByRole('link', { name: 'Admin' }).click();
    await page.getByRole('link', { name: 'APIs' }).click();
    await page.getByRole('link', { name: 'Register an API' }).click();
    await page.getByLabel('Identifier').fill('grades');
    await page.getByLabel('Name', { exact: true }).fill('Grades');
    await page.getByLabel('Scope 1', { exact: true }).fill('grades:read');
    await page.getByRole('button', { name: 'Add a scope' }).click();
    await page.getByLabel('Scope 2', { exact: true }).fill('grades:write');
    await page.locator('#save-api').click();
    await page.getByText('An identifier is an absolute URI').waitFor();
    expect(await page.getByText('what the scope lets an app do').count()).toBe(2);
    await page.getByLabel('Identifier').fill('https://grades.example.org');
    await page.getByLabel('What scope 1 allows').fill('See your grades');
    await page.getByLabel('What scope 2 allows').fill('Give grades');
    await page.locator('#save-api').click();
    await page.getByRole('link', { name: 'Grades' }).click();
    await page.getByRole('button', { name: 'Remove scope 2' }).click();
    await page.locator('#save-api').click();
    await page.getByText('Saved', { exact: true }).waitFor();

    await page.goto(`${app.issuer}/admin/apps/${forum.id}#sign-in`);
    await page.getByLabel('grades:read').check();
    await page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('grades:read').isChecked()).toBe(true);
    expect(await page.getByLabel('grades:write').count()).toBe(0);

    await page.getByRole('link', { name: 'APIs' }).click();
    await page.getByRole('link', { name: 'Grades' }).click();
    await page.getByRole('button', { name: 'Delete API' }).click();
    await page.getByText('these scopes are gone: grades:read').waitFor();
    await page.getByLabel('Type “Grades” to confirm').fill('Grades');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete API' }).click();
    await page.getByRole('heading', { name: 'No APIs yet' }).waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.context.close();
  });

  it('makes a registration token, sees it once, and revokes it', async () => {
    const visit = await aSignedInVisit(browser, app, await aPerson(app, { roles: ['administrator'] }));
    const { page } = visit;
    await page.goto(`${app.issuer}/admin/registration-tokens`);
    await page.getByRole('heading', { name: 'No tokens' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Continuous integration');
    await page.getByLabel('How many apps it may register').fill('0');
    await page.locator('#create-token').click();
    await page.getByText('Enter a number').waitFor();
    await page.getByLabel('How many apps it may register').fill('5');
    await page.locator('#create-token').click();
    expect(await page.locator('#registration-token').textContent()).toMatch(/^lk_it_/);
    await page.getByText('5 apps left').waitFor();
    await page.reload();
    await page.getByText('5 apps left').waitFor();
    expect(await page.content()).not.toContain('lk_it_');
    await page.getByRole('button', { name: 'Revoke: Continuous integration' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('heading', { name: 'No tokens' }).waitFor();
    expect(visit.complaints).toEqual([]);
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
