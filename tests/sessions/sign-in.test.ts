import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { BrowserSession } from '../../server/sessions/browser-session.entity.ts';
import { TestClock } from '../support/clock.ts';
import { aPerson, aSignedInPerson } from '../support/personas.ts';
import { recordStatements } from '../support/statements.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { TestBrowser } from '../support/test-browser.ts';

let app: TestApp;
const clock = new TestClock();
const settings = { LATCHKEY_SIGN_IN_FAILURES_PER_ACCOUNT: '1000', LATCHKEY_SIGN_IN_FAILURES_PER_ADDRESS: '1000' };
beforeAll(async () => {
  app = await createTestApp({ clock, settings });
});
afterAll(() => app.close());

const isSignedIn = async (browser: TestBrowser): Promise<boolean> =>
  (await browser.get('/sign-out')).body.includes('id="sign-out"');

describe('signing in', () => {
  it('takes the username or the e-mail address, in any case and form', async () => {
    const { username, password } = await aPerson(app, { username: 'Lovelace' });
    for (const identifier of [
      username,
      'LOVELACE',
      ' lovelace ',
      'ｌovelace',
      'lovelace@example.org',
      'LoveLace@Example.ORG',
    ]) {
      const browser = new TestBrowser(app.issuer);
      expect(await browser.signIn(identifier, password)).toMatchObject({ status: 303, location: '/' });
      expect(await isSignedIn(browser)).toBe(true);
    }
  });

  it('says the same of a wrong password and of somebody unknown', async () => {
    const { username } = await aPerson(app);
    const browser = new TestBrowser(app.issuer);
    const wrong = await browser.signIn(username, 'wrong horse');
    const unknown = await browser.signIn('nobody.here', 'wrong horse');
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain('That name and password do not match.');
    expect(unknown.body).toBe(wrong.body.replace(`value="${username}"`, 'value="nobody.here"'));
    expect(unknown.status).toBe(wrong.status);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('keeps the name that was typed, never the password, and says beside the field what is missing', async () => {
    const browser = new TestBrowser(app.issuer);
    const { body, status } = await browser.signIn('<ada> "x"', '');
    expect(status).toBe(422);
    expect(body).toContain('value="&lt;ada&gt; &quot;x&quot;"');
    expect(body).toMatch(/<input[^>]*aria-invalid="true"[^>]*aria-describedby="password-error"[^>]*name="password"/);
    expect(body).toContain('id="password-error"');
    expect((await browser.signIn('', 'a typed password')).body).not.toContain('a typed password');
  });

  it('shows one form by which people and programs know it', async () => {
    const { body } = await new TestBrowser(app.issuer).get('/sign-in');
    expect(body).toMatch(/<input[^>]*autoComplete="username"[^>]*name="identifier"/);
    expect(body).toMatch(/<input[^>]*type="password"[^>]*autoComplete="current-password"[^>]*name="password"/);
    expect(body).toMatch(/<button[^>]*id="sign-in"/);
  });

  it('goes on to a path of its own, and never to another place', async () => {
    const { username, password, browser } = await aPerson(app);
    const to = async (path: string) =>
      (await browser.signIn(username, password, `/sign-in?${new URLSearchParams({ continue: path })}`)).location;
    expect(await to('/account/profile?x=1')).toBe('/account/profile?x=1');
    for (const path of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/%0d%0aX: y\r\nX: y',
      '\\\\evil.example',
      '',
      'evil',
      `/${'x'.repeat(3000)}`,
    ]) {
      expect(await to(path)).toBe('/');
    }
  });

  it('still asks somebody who is signed in', async () => {
    const { browser } = await aSignedInPerson(app);
    expect((await browser.get('/sign-in')).body).toContain('id="sign-in"');
  });

  it('fills in the name that an app hints at', async () => {
    const { body } = await new TestBrowser(app.issuer).get('/sign-in?login_hint=ada%40example.org');
    expect(body).toContain('value="ada@example.org"');
  });

  it('refuses a locked account, and says so only to who knows the password', async () => {
    const { username, password, account, browser } = await aPerson(app);
    await app.orm.em.fork().nativeUpdate(Account, { id: account.id }, { lockedAt: clock.now() });
    const known = await browser.signIn(username, password);
    expect(known.status).toBe(403);
    expect(known.body).toContain('This account is locked.');
    expect((await browser.signIn(username, 'wrong horse')).body).not.toContain('locked');
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('a session', () => {
  it('has a new cookie at every sign-in, and the old one ends', async () => {
    const { username, password, browser } = await aPerson(app);
    await browser.get('/sign-in');
    expect(browser.cookie('latchkey_session')).toBeUndefined();
    await browser.signIn(username, password);
    const first = browser.cookie('latchkey_session') ?? '';
    await browser.signIn(username, password);
    const second = browser.cookie('latchkey_session') ?? '';
    expect(second).not.toBe(first);
    const thief = new TestBrowser(app.issuer);
    thief.setCookie(`latchkey_session_${new URL(app.issuer).port}`, first);
    expect(await isSignedIn(thief)).toBe(false);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('cannot be fixed beforehand by whoever plants a cookie', async () => {
    const { username, password, browser } = await aPerson(app);
    const planted = `lk_bs_${'A'.repeat(49)}`;
    browser.setCookie(`latchkey_session_${new URL(app.issuer).port}`, planted);
    await browser.signIn(username, password);
    expect(browser.cookie('latchkey_session')).not.toBe(planted);
  });

  it('is named by a cookie that no script and no other site can use', async () => {
    const { username, password, browser } = await aPerson(app);
    const { headers } = await browser.signIn(username, password);
    const cookie = headers.getSetCookie().find((line) => line.startsWith('latchkey_session'));
    expect(cookie).toMatch(
      /^latchkey_session_\d+=lk_bs_[\w-]{49}; Max-Age=1209600; Path=\/;.* HttpOnly; SameSite=Lax$/,
    );
  });

  it('is kept as a hash, with how and when the person proved who they are', async () => {
    const { account, browser } = await aSignedInPerson(app);
    const row = await app.orm.em.fork().findOneOrFail(BrowserSession, { account: account.id });
    expect(row).toMatchObject({ amr: ['pwd'], authenticatedAt: clock.now(), address: '127.0.0.1', endedAt: null });
    expect(JSON.stringify(row)).not.toContain(browser.cookie('latchkey_session'));
  });

  it('expires', async () => {
    const { browser } = await aSignedInPerson(app);
    clock.advance(1_209_599);
    expect(await isSignedIn(browser)).toBe(true);
    clock.advance(2);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('ends while its account is locked', async () => {
    const { account, browser } = await aSignedInPerson(app);
    await app.orm.em.fork().nativeUpdate(Account, { id: account.id }, { lockedAt: clock.now() });
    expect(await isSignedIn(browser)).toBe(false);
  });

  it('is read by one statement, and its use noted once a minute at most', async () => {
    const { account, browser } = await aSignedInPerson(app);
    expect(await recordStatements(() => browser.get('/sign-out'))).toHaveLength(1);
    clock.advance(61);
    expect(await recordStatements(() => browser.get('/sign-out'))).toHaveLength(2);
    expect(await recordStatements(() => browser.get('/sign-out'))).toHaveLength(1);
    const row = await app.orm.em.fork().findOneOrFail(BrowserSession, { account: account.id });
    expect(row.lastUsedAt).toEqual(clock.now());
  });

  it.each(['', 'x', 'lk_bs_', `lk_bs_${'A'.repeat(49)}`, 'a'.repeat(4000), '%00', "' or 1=1"])(
    'is not what the cookie %j names',
    async (value) => {
      const browser = new TestBrowser(app.issuer);
      browser.setCookie(`latchkey_session_${new URL(app.issuer).port}`, value);
      expect(await isSignedIn(browser)).toBe(false);
    },
  );

  it('begun on one node is known to the other', async () => {
    const other = await createTestApp({ beside: app, clock, settings });
    const { username, password, browser } = await aPerson(app);
    const page = await browser.get('/sign-in');
    const token = /name="form_token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const answer = await browser.post(`${other.issuer}/sign-in`, { identifier: username, password, form_token: token });
    expect(answer.status).toBe(303);
    expect(await isSignedIn(browser)).toBe(true);
    await other.close();
  });
});
