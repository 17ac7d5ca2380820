import { describe, expect, it } from 'vitest';
import { Passwords, passwordProblem } from '../../server/accounts/password.ts';

const passwords = new Passwords();

describe('a password', () => {
  it('is kept as argon2id with 19 MiB and two passes', async () => {
    expect(await passwords.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is right only as it is', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.verify(hash, 'correct horse')).toBe(true);
    for (const wrong of ['correct horsf', 'Correct horse', 'correct horse ', 'correct hors', '', 'correct horse\0']) {
      expect(await passwords.verify(hash, wrong)).toBe(false);
    }
  });

  it('is the same however a keyboard composes its letters', async () => {
    const hash = await passwords.hash('cr\u00e8me br\u00fbl\u00e9e');
    expect(await passwords.verify(hash, 'cre\u0300me bru\u0302le\u0301e')).toBe(true);
  });

  it('of nobody is never right, not even an empty one', async () => {
    expect(await passwords.verify(null, '')).toBe(false);
    expect(await passwords.verify(null, 'correct horse')).toBe(false);
  });

  it('that is far too long is wrong without an effort', async () => {
    const hash = await passwords.hash('correct horse');
    expect(await passwords.verify(hash, 'x'.repeat(100_000))).toBe(false);
    expect(await passwords.verify(hash, '\ud800'.repeat(10))).toBe(false);
  });

  it('takes as long where there is no account', async () => {
    const hash = await passwords.hash('correct horse');
    const time = async (of: string | null) => {
      const begun = performance.now();
      await passwords.verify(of, 'wrong horse');
      return performance.now() - begun;
    };
    await time(null);
    let [known, unknown] = [0, 0];
    // In turns, so that what else the machine does falls on both.
    for (let i = 0; i < 12; i++) {
      known += await time(hash);
      unknown += await time(null);
    }
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });

  it.each([
    ['', 'REQUIRED'],
    ['1234567', 'TOO_SHORT'],
    ['x'.repeat(1025), 'TOO_LONG'],
    ['é'.repeat(600), 'TOO_LONG'],
    ['12345678\0', 'INVALID'],
    ['12345678\ud800', 'INVALID'],
  ])('may not be %j: %s', (password, code) => {
    expect(passwordProblem(password)?.code).toBe(code);
  });

  it.each(['12345678', '🐎🐎🐎🐎🐎🐎🐎🐎', ' leading and trailing ', 'x'.repeat(1024)])('may be %j', (password) => {
    expect(passwordProblem(password)).toBeNull();
  });
});
