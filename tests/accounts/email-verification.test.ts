import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { EmailVerification } from '../../server/accounts/email-verification.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { TestClock } from '../support/clock.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { TestBrowser } from '../support/test-browser.ts';

let app: TestApp;
const clock = new TestClock();
beforeAll(async () => {
  app = await createTestApp({ clock });
});
afterAll(() => app.close());

let count = 0;
const signUp = async (headers: Record<string, string> = {}) => {
  const username = `confirms${++count}`;
  const browser = new TestBrowser(app.issuer);
  const fields = { username, email: `${username}@example.org`, password: 'correct horse' };
  const { body } = await browser.get('/sign-up', headers);
  const token = /name="form_token" value="([^"]+)"/.exec(body)?.[1] ?? '';
  expect((await browser.post('/sign-up', { ...fields, form_token: token }, headers)).status).toBe(303);
  return { username, browser };
};

/** The newest link in the inbox. */
const linkIn = async (browser: TestBrowser): Promise<string> => {
  const { body } = await browser.get('/inbox');
  return /href="([^"]*\/confirm-email[^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
};

const isConfirmed = async (username: string): Promise<boolean> => {
  const account = await app.orm.em.fork().findOneOrFail(Account, { username });
  return account.emailVerifiedAt !== null;
};

describe('the link of a confirmation mail', () => {
  it('confirms the address by a button, once', async () => {
    const { username, browser } = await signUp();
    const link = await linkIn(browser);
    // A mail scanner opens it, in no browser that we know, as often as it likes.
    for (let i = 0; i < 3; i++) expect((await fetch(link)).status).toBe(200);
    expect(await isConfirmed(username)).toBe(false);
    expect((await browser.fillIn(link, {})).body).toContain('is confirmed');
    expect(await isConfirmed(username)).toBe(true);
    expect((await browser.get(link)).status).toBe(404);
  });

  it('of ten uses at once counts one', async () => {
    const { browser } = await signUp();
    const link = await linkIn(browser);
    const answers = await Promise.all(Array.from({ length: 10 }, () => browser.fillIn(link, {})));
    expect(answers.filter(({ body }) => body.includes('is confirmed'))).toHaveLength(1);
  });

  it('works in another browser than the one that signed up', async () => {
    const { username, browser } = await signUp();
    const other = new TestBrowser(app.issuer);
    expect((await other.fillIn(await linkIn(browser), {})).status).toBe(200);
    expect(await isConfirmed(username)).toBe(true);
  });

  it('does nothing where it is not whole, not ours, or for another challenge', async () => {
    const { username, browser } = await signUp();
    const link = new URL(await linkIn(browser));
    const other = new URL(await linkIn((await signUp()).browser));
    const token = /name="form_token" value="([^"]+)"/.exec((await browser.get('/sign-in')).body)?.[1] ?? '';
    const id = link.searchParams.get('id') ?? '';
    const key = link.searchParams.get('key') ?? '';
    for (const [wrongId, wrongKey] of [
      [id, ''],
      ['', key],
      [id, key.slice(0, -1)],
      [id, `${key}A`],
      [id, other.searchParams.get('key') ?? ''],
      [id.toUpperCase(), key],
      [`${id}'`, key],
      ["' or 1=1 --", key],
    ] as const) {
      const address = `/confirm-email?${new URLSearchParams({ id: wrongId, key: wrongKey })}`;
      expect((await browser.get(address)).status).toBe(404);
      expect((await browser.post(address, { form_token: token })).status).toBe(404);
    }
    expect(await isConfirmed(username)).toBe(false);
  });

  it('is made from the issuer, whatever a request says', async () => {
    const spoofed = {
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
      'x-forwarded-proto': 'https',
    };
    const { browser } = await signUp(spoofed);
    expect(await linkIn(browser)).toMatch(new RegExp(`^${app.issuer}/confirm-email\\?`));
    expect((await browser.get('/inbox', spoofed)).body).not.toContain('evil.example');
  });

  it('works for a day', async () => {
    const { username, browser } = await signUp();
    const link = await linkIn(browser);
    clock.advance(86_399);
    expect((await browser.get(link)).status).toBe(200);
    clock.advance(2);
    expect((await browser.get(link)).status).toBe(404);
    expect(await isConfirmed(username)).toBe(false);
  });

  it('confirms nothing where the address was changed meanwhile', async () => {
    const { username, browser } = await signUp();
    const link = await linkIn(browser);
    await app.orm.em
      .fork()
      .nativeUpdate(Account, { username }, { email: 'new@example.org', emailKey: 'new@example.org' });
    expect((await browser.fillIn(link, {})).status).toBe(404);
    expect(await isConfirmed(username)).toBe(false);
  });

  it('can be sent again, but not every second', async () => {
    const { username } = await signUp();
    const { orm, issuer, secret } = app;
    const verification = new EmailVerification({
      em: orm.em,
      inTransaction: unitOfWork(orm),
      clock,
      issuer,
      secret,
    });
    const { id } = await orm.em.fork().findOneOrFail(Account, { username });
    await expect(verification.sendAgain(id)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 60 });
    clock.advance(61);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => verification.sendAgain(id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await orm.em.fork().nativeUpdate(Account, { id }, { emailVerifiedAt: clock.now() });
    clock.advance(61);
    await expect(verification.sendAgain(id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
