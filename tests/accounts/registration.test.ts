import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { Passwords } from '../../server/accounts/password.ts';
import { type NewAccount, Registration } from '../../server/accounts/registration.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { DomainError } from '../../server/kernel/domain-error.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let registration: Registration;

beforeAll(async () => {
  app = await createTestApp();
  const inTransaction = unitOfWork(app.orm);
  registration = new Registration({ em: app.orm.em, inTransaction, clock: app.clock, passwords: new Passwords() });
});
afterAll(() => app.close());

const person = (username: string, more: Partial<NewAccount> = {}): NewAccount => ({
  username,
  email: `${username}@example.org`,
  password: 'correct horse',
  ...more,
});

const problemsOf = async (work: Promise<unknown>): Promise<string[]> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error ?? new Error('It was accepted.');
  return error.userErrors.map((problem) => `${problem.path.join('.')} ${problem.code}`);
};

const register = (account: NewAccount, by: 'person' | 'administrator' = 'person') =>
  registration.register(account, { by });

describe('registering', () => {
  it('says everything that is wrong at once', async () => {
    const nobody = { username: '', email: 'nope', password: 'short', givenName: 'A\nda', familyName: '\0' };
    expect(await problemsOf(register(nobody))).toEqual([
      'username REQUIRED',
      'email INVALID',
      'password TOO_SHORT',
      'givenName INVALID',
      'familyName INVALID',
    ]);
  });

  it('keeps a name as it was typed and compares it without case', async () => {
    const account = await register(person('Grace', { email: ' Grace@Example.org ' }));
    expect(account).toMatchObject({ username: 'Grace', email: 'Grace@Example.org', emailVerifiedAt: null, roles: [] });
    expect(await problemsOf(register(person('GRACE', { email: 'grace@EXAMPLE.org' })))).toEqual([
      'username TAKEN',
      'email TAKEN',
    ]);
  });

  it('lets no stranger take a name that speaks for the service, but an administrator may give it', async () => {
    expect(await problemsOf(register(person('Admin')))).toEqual(['username RESERVED']);
    await expect(register(person('admin'), 'administrator')).resolves.toMatchObject({ username: 'admin' });
  });

  it('of twenty with one name at once lets exactly one through and tells the others why', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => register(person('rivals', { email: `rival${i}@example.org` }))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') {
        expect(await problemsOf(Promise.reject(outcome.reason))).toEqual(['username TAKEN']);
      }
    }
    expect(await app.orm.em.fork().count(Account, { usernameKey: 'rivals' })).toBe(1);
  });

  it('undoes everything where what belongs to it fails', async () => {
    const within = () => Promise.reject(new Error('no'));
    await expect(registration.register(person('undone'), { by: 'person', within })).rejects.toThrow('no');
    await expect(register(person('undone'))).resolves.toMatchObject({ username: 'undone' });
  });

  it('never shows a password or its hash', async () => {
    const account = await register(person('quiet'));
    expect(account.passwordHash).toMatch(/^\$argon2id/);
    expect(JSON.stringify(account)).not.toMatch(/argon2|correct horse/);
  });
});
