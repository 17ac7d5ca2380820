import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { FirstAdministrator } from '../../server/accounts/first-administrator.ts';
import { Passwords } from '../../server/accounts/password.ts';
import { Registration } from '../../server/accounts/registration.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { TestBrowser } from '../support/test-browser.ts';

let app: TestApp;
beforeEach(async () => {
  app = await createTestApp();
});
afterEach(() => app.close());

/** What `latchkey start` prints. */
const link = async (): Promise<string | null> => {
  const { orm, clock, issuer, secret } = app;
  const inTransaction = unitOfWork(orm);
  const registration = new Registration({ em: orm.em, inTransaction, clock, passwords: new Passwords() });
  return new FirstAdministrator({ em: orm.em, registration, issuer, secret }).link();
};

const administrators = () => app.orm.em.fork().find(Account, { roles: { $contains: ['administrator'] } });

const ada = { username: 'admin', email: 'ada@example.org', password: 'correct horse' };

describe('the link of a fresh installation', () => {
  it('creates the first administrator, signed in, and works once', async () => {
    const address = await link();
    expect(address).toMatch(new RegExp(`^${app.issuer}/set-up\\?key=`));
    const browser = new TestBrowser(app.issuer);
    const answer = await browser.fillIn(address ?? '', ada);
    expect(answer).toMatchObject({ status: 303, location: '/account/profile' });
    expect((await browser.get('/sign-out')).body).toContain('You are signed in as admin');
    expect(await administrators()).toMatchObject([{ username: 'admin', emailVerifiedAt: null }]);
    expect((await browser.get(address ?? '')).status).toBe(404);
    expect(await link()).toBeNull();
  });

  it('is worth nothing where an administrator was made otherwise', async () => {
    const address = await link();
    await aPerson(app, { roles: ['administrator'] });
    expect((await new TestBrowser(app.issuer).get(address ?? '')).status).toBe(404);
  });

  it('leads nowhere with a wrong key, or none', async () => {
    const browser = new TestBrowser(app.issuer);
    for (const address of ['/set-up', '/set-up?key=', '/set-up?key=wrong', `/set-up?key=${'x'.repeat(5000)}`]) {
      expect((await browser.get(address)).status).toBe(404);
      expect((await browser.post(address, ada)).status).toBe(404);
    }
    expect(await administrators()).toEqual([]);
  });

  it('says beside the field what is wrong, and keeps what was typed', async () => {
    const address = (await link()) ?? '';
    const answer = await new TestBrowser(app.issuer).fillIn(address, { ...ada, password: 'short' });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('value="ada@example.org"');
    expect(answer.body).toContain('A password has at least 8 characters.');
    expect(answer.body).not.toContain('short"');
  });

  it('makes one administrator of two who open it at once', async () => {
    const address = (await link()) ?? '';
    const answers = await Promise.all(
      ['ada', 'eve', 'bob', 'kim'].map((username) =>
        new TestBrowser(app.issuer).fillIn(address, { ...ada, username, email: `${username}@example.org` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404, 404]);
    expect(await administrators()).toHaveLength(1);
    expect(await app.orm.em.fork().count(Account)).toBe(1);
  });
});
