import { afterEach, describe, expect, it } from 'vitest';
import { aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { TestBrowser } from '../support/test-browser.ts';

const apps: TestApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

const start = async (settings: Record<string, string>, beside?: TestApp): Promise<TestApp> => {
  const app = await createTestApp({ settings, ...(beside ? { beside } : {}) });
  apps.unshift(app);
  return app;
};

const guess = async (
  app: TestApp,
  identifier: string,
  password = 'wrong horse',
  headers: Record<string, string> = {},
) => {
  const browser = new TestBrowser(app.issuer);
  const { body } = await browser.get('/sign-in');
  const form_token = /name="form_token" value="([^"]+)"/.exec(body)?.[1] ?? '';
  return browser.post('/sign-in', { identifier, password, form_token }, headers);
};

const perAccount = { LATCHKEY_SIGN_IN_FAILURES_PER_ACCOUNT: '5' };

describe('guessing at one account', () => {
  it('must wait after some failures, even with the right password then, by whichever name', async () => {
    const app = await start(perAccount);
    const { username, password } = await aPerson(app);
    for (let i = 0; i < 5; i++)
      expect((await guess(app, i % 2 ? username : `${username}@example.org`)).status).toBe(422);
    for (const attempt of [
      await guess(app, username, password),
      await guess(app, `${username}@example.org`, password),
    ]) {
      expect(attempt.status).toBe(429);
      expect(Number(attempt.headers.get('retry-after'))).toBeGreaterThan(800);
      expect(attempt.body).toContain('Too many attempts. Try again in 15 minutes.');
      expect(attempt.body).toContain(`value="${username}`);
    }
    const { username: other, password: otherPassword } = await aPerson(app);
    expect((await guess(app, other, otherPassword)).status).toBe(303);
  });

  it('counts every one of those made at the same moment, on whichever node', async () => {
    const app = await start(perAccount);
    const second = await start(perAccount, app);
    const { username } = await aPerson(app);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => guess(i % 2 ? app : second, username, `wrong ${i}`)),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('is counted for a name that nobody has, all the same', async () => {
    const app = await start(perAccount);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await guess(app, 'nobody.here')).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('does not count successes, not even many at once, nor does a success forgive', async () => {
    const app = await start(perAccount);
    const { username, password } = await aPerson(app);
    const answers = await Promise.all(Array.from({ length: 25 }, () => guess(app, username, password)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    for (let i = 0; i < 5; i++) expect((await guess(app, username)).status).toBe(422);
    expect((await guess(app, username, password)).status).toBe(429);
  });

  it('may go on when the window is over', async () => {
    const app = await start({
      LATCHKEY_SIGN_IN_FAILURES_PER_ACCOUNT: '1',
      LATCHKEY_SIGN_IN_FAILURE_WINDOW: '5',
    });
    const { username, password } = await aPerson(app);
    expect((await guess(app, username)).status).toBe(422);
    expect((await guess(app, username, password)).status).toBe(429);
    await expect
      .poll(async () => (await guess(app, username, password)).status, { timeout: 15_000, interval: 500 })
      .toBe(303);
  });
});

describe('guessing from one address', () => {
  const perAddress = { LATCHKEY_SIGN_IN_FAILURES_PER_ADDRESS: '4' };

  it('must wait, and an own success in between resets nothing', async () => {
    const app = await start(perAddress);
    const { username, password } = await aPerson(app);
    for (let i = 0; i < 4; i++) {
      expect((await guess(app, `victim${i}`)).status).toBe(422);
      if (i < 3) expect((await guess(app, username, password)).status).toBe(303);
    }
    expect((await guess(app, 'victim9')).status).toBe(429);
  });

  it('is not shaken off by what a stranger writes into X-Forwarded-For', async () => {
    const app = await start(perAddress);
    const forged = ['1.1.1.1', '2.2.2.2', 'rubbish', '127.0.0.1, 3.3.3.3', '4.4.4.4', '\u00ff'];
    const statuses: number[] = [];
    for (const value of forged)
      statuses.push((await guess(app, `x${value.length}`, 'x', { 'x-forwarded-for': value })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 429, 429]);
  });

  it('is told apart behind a proxy that is trusted', async () => {
    const app = await start({ ...perAddress, LATCHKEY_TRUSTED_PROXIES: 'loopback' });
    const from = (address: string, name: string) => guess(app, name, 'x', { 'x-forwarded-for': address });
    for (let i = 0; i < 4; i++) expect((await from('203.0.113.7', `a${i}`)).status).toBe(422);
    expect((await from('203.0.113.7', 'a9')).status).toBe(429);
    // What stands before the proxy's own entry is the stranger's word.
    expect((await from('198.51.100.1, 203.0.113.7', 'b1')).status).toBe(429);
    expect((await from('198.51.100.1', 'b2')).status).toBe(422);
    // One host owns a whole /64.
    for (let i = 0; i < 4; i++) expect((await from(`2001:db8::${i}`, `c${i}`)).status).toBe(422);
    expect((await from('2001:db8::ffff:1', 'c9')).status).toBe(429);
    expect((await from('2001:db8:0:1::1', 'd1')).status).toBe(422);
  });
});

describe('sign-up', () => {
  it('lets one network create so many accounts, and counts no mistakes', async () => {
    const app = await start({ LATCHKEY_SIGN_UPS_PER_ADDRESS: '2' });
    const signUp = (username: string) =>
      new TestBrowser(app.issuer).fillIn('/sign-up', {
        username,
        email: `${username}@example.org`,
        password: 'correct horse',
      });
    const statuses: number[] = [];
    for (const name of ['first', 'x', 'first', 'second', 'third']) statuses.push((await signUp(name)).status);
    expect(statuses).toEqual([303, 422, 422, 303, 429]);
  });
});
