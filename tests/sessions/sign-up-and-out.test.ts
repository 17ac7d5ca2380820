import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { EmailChallenge } from '../../server/accounts/email-challenge.entity.ts';
import { OutgoingMail } from '../../server/mail/outgoing-mail.entity.ts';
import { aSignedInPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields, TestBrowser } from '../support/test-browser.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const ada = { username: 'ada', email: 'ada@example.org', password: 'correct horse' };

describe('signing up', () => {
  it('makes an account, writes the confirmation mail and signs in, and goes on', async () => {
    const browser = new TestBrowser(app.issuer);
    const answer = await browser.fillIn('/sign-up?continue=%2Faccount%2Fprofile&lang=fr', ada);
    expect(answer).toMatchObject({ status: 303, location: '/account/profile' });
    expect((await browser.get('/sign-out?lang=en')).body).toContain('You are signed in as ada.');
    const em = app.orm.em.fork();
    const account = await em.findOneOrFail(Account, { username: 'ada' });
    expect(account).toMatchObject({ roles: [], emailVerifiedAt: null, locale: 'fr' });
    expect(await em.count(EmailChallenge, { account: account.id })).toBe(1);
    const mail = await em.findOneOrFail(OutgoingMail, { to: 'ada@example.org' });
    expect(mail).toMatchObject({ template: 'confirm-email', locale: 'fr' });
    expect(JSON.stringify(mail.data)).not.toMatch(/http|key/);
  });

  it('says everything that is wrong beside its field, and keeps what was typed', async () => {
    const browser = new TestBrowser(app.issuer);
    const { status, body } = await browser.fillIn('/sign-up', { username: 'ADA', email: 'no', password: '1234567' });
    expect(status).toBe(422);
    expect(body).toContain('That username is taken.');
    expect(body).toContain('That is not an e-mail address.');
    expect(body).toContain('A password has at least 8 characters.');
    expect(body).toMatch(/aria-invalid="true"[^>]*aria-describedby="username-error"[^>]*autofocus=""[^>]*value="ADA"/);
    expect(body).not.toContain('1234567');
    expect(browser.cookie('latchkey_session')).toBeUndefined();
  });

  it('speaks French to who wishes it', async () => {
    const browser = new TestBrowser(app.issuer);
    const { body } = await browser.get('/sign-up', { 'accept-language': 'fr-CA, en;q=0.5' });
    const answer = await browser.post('/sign-up', hiddenFields(body), { 'accept-language': 'fr-CA' });
    expect(answer.body).toContain('<html lang="fr">');
    expect(answer.body).toContain('Choisissez un nom d’utilisateur.');
  });

  it('takes nothing that the form does not ask', async () => {
    const browser = new TestBrowser(app.issuer);
    const extra = {
      roles: 'administrator',
      emailVerified: 'true',
      id: '1',
      lockedAt: '',
      emailVerifiedAt: '2020-01-01',
    };
    await browser.fillIn('/sign-up', { ...ada, username: 'mallory', email: 'm@example.org', ...extra });
    const account = await app.orm.em.fork().findOneOrFail(Account, { username: 'mallory' });
    expect(account).toMatchObject({ roles: [], emailVerifiedAt: null, lockedAt: null });
    expect(account.id).not.toBe('1');
  });

  it('shows one form by which people and programs know it', async () => {
    const { body } = await new TestBrowser(app.issuer).get('/sign-up');
    for (const [name, token] of [
      ['username', 'username'],
      ['email', 'email'],
      ['password', 'new-password'],
    ]) {
      expect(body).toMatch(new RegExp(`<input[^>]*autoComplete="${token}"[^>]*name="${name}"`));
    }
    expect(body).toMatch(/<button[^>]*id="sign-up"/);
  });
});

describe('signing out', () => {
  it('asks first, then ends the session and takes the cookie away', async () => {
    const { browser } = await aSignedInPerson(app);
    const cookie = browser.cookie('latchkey_session') ?? '';
    expect((await browser.get('/sign-out')).body).toMatch(/<button[^>]*id="sign-out"/);
    expect(await browser.fillIn('/sign-out', {})).toMatchObject({ status: 303, location: '/sign-out' });
    expect(browser.cookie('latchkey_session')).toBeUndefined();
    expect((await browser.get('/sign-out')).body).toContain('You are signed out');
    browser.setCookie(`latchkey_session_${new URL(app.issuer).port}`, cookie);
    expect((await browser.get('/sign-out')).body).toContain('You are signed out');
  });

  it('goes on to a path of its own only', async () => {
    const first = await aSignedInPerson(app);
    expect((await first.browser.fillIn('/sign-out?continue=%2Fbye', {})).location).toBe('/bye');
    const second = await aSignedInPerson(app);
    const elsewhere = '/sign-out?continue=https%3A%2F%2Fevil.example';
    expect((await second.browser.fillIn(elsewhere, {})).location).toBe('/sign-out');
  });

  it('cannot be done to somebody by another site', async () => {
    const { browser } = await aSignedInPerson(app);
    const stranger = new TestBrowser(app.issuer);
    const foreign = hiddenFields((await stranger.get('/sign-in')).body);
    for (const fields of [{}, { form_token: '' }, { form_token: 'x' }, foreign]) {
      const answer = await browser.post('/sign-out', fields);
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('This form has expired');
      expect(answer.body).toContain('href="/sign-out"');
    }
    expect((await browser.get('/sign-out')).body).toContain('id="sign-out"');
  });
});
