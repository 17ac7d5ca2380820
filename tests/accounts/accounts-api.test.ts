/** People look after their profile; administrators after everybody's account. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { scopes } from '../../server/kernel/scopes.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { aPerson, type Person } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let person: Person;
let own: GraphQLCaller;
let chief: Person;
let administrator: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp();
  person = await aPerson(app, { givenName: 'Ada', familyName: 'Lovelace' });
  own = await callerFor(app, person.account, ['profile', 'email', 'profile:write', 'sessions:read', 'sessions:write']);
  chief = await aPerson(app, { roles: ['administrator'] });
  administrator = await callerFor(
    app,
    chief.account,
    scopes.map(({ name }) => name),
  );
});
afterAll(() => app.close());

const run = (caller: GraphQLCaller, name: string, input: object, user = 'user { id }') =>
  caller
    .data(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${user} userErrors { code path } } }`,
      { input },
    )
    .then((data) => data[name]);

describe('the own profile', () => {
  const fields = 'user { name givenName familyName displayName locale zoneinfo }';

  test('changes where something is said, and nowhere else', async () => {
    expect(
      await run(
        own,
        'updateProfile',
        { displayName: '  The Countess ', locale: 'fr-ca', zoneinfo: 'Europe/London' },
        fields,
      ),
    ).toEqual({
      user: {
        name: 'The Countess',
        givenName: 'Ada',
        familyName: 'Lovelace',
        displayName: 'The Countess',
        locale: 'fr-CA',
        zoneinfo: 'Europe/London',
      },
      userErrors: [],
    });
    const { user } = await run(own, 'updateProfile', { displayName: '', locale: null }, fields);
    expect(user).toMatchObject({ name: 'Ada Lovelace', displayName: null, locale: null, zoneinfo: 'Europe/London' });
    expect((await own.data('{ me { name zoneinfo } }')).me).toEqual({
      name: 'Ada Lovelace',
      zoneinfo: 'Europe/London',
    });
  });

  test('says all that is wrong, beside the fields, and changes nothing', async () => {
    const { user, userErrors } = await run(own, 'updateProfile', {
      givenName: 'x'.repeat(151),
      familyName: 'a\0b',
      displayName: '\u202eevil',
      locale: 'not a language',
      zoneinfo: '+01:00',
    });
    expect(user).toBeNull();
    expect(userErrors).toEqual([
      { code: 'TOO_LONG', path: ['givenName'] },
      { code: 'INVALID', path: ['familyName'] },
      { code: 'INVALID', path: ['displayName'] },
      { code: 'INVALID', path: ['locale'] },
      { code: 'INVALID', path: ['zoneinfo'] },
    ]);
    expect((await own.data('{ me { givenName } }')).me.givenName).toBe('Ada');
  });

  const everything = {
    middleName: 'King',
    nickname: 'Countess',
    profileUrl: 'https://example.org/ada',
    pictureUrl: 'https://example.org/ada.jpg?size=2',
    website: 'https://ada.example.org',
    gender: 'female',
    birthdate: '1815-12-10',
    address: {
      formatted: 'St James Square\nLondon',
      streetAddress: null,
      locality: 'London',
      region: null,
      postalCode: null,
      country: 'United Kingdom',
    },
  };
  const all = `user { ${Object.keys(everything)
    .join(' ')
    .replace('address', `address { ${Object.keys(everything.address).join(' ')} }`)} phoneNumber phoneNumberVerified }`;
  let whole: GraphQLCaller;
  beforeAll(async () => {
    const somebody = await aPerson(app);
    whole = await callerFor(app, somebody.account, ['profile', 'phone', 'address', 'profile:write']);
  });

  test('holds everything that OpenID Connect has a claim for', async () => {
    const input = { ...everything, phoneNumber: '+44 (20) 7946-0000' };
    expect(await run(whole, 'updateProfile', input, all)).toEqual({
      user: { ...everything, phoneNumber: '+442079460000', phoneNumberVerified: false },
      userErrors: [],
    });
    const { me } = await whole.data(`{ me ${all.slice(5)} }`);
    expect(me).toEqual({ ...everything, phoneNumber: '+442079460000', phoneNumberVerified: false });
  });

  test('says of another number that it is not verified', async () => {
    const { me } = await whole.data('{ me { id } }');
    const verified = async () => (await whole.data('{ me { phoneNumberVerified } }')).me.phoneNumberVerified;
    await run(whole, 'updateProfile', { phoneNumber: '+442079460000' });
    await app.orm.em.fork().nativeUpdate(Account, { id: me.id }, { phoneNumberVerifiedAt: app.clock.now() });
    await run(whole, 'updateProfile', { phoneNumber: '+44 20 7946 0000', gender: null });
    expect(await verified()).toBe(true);
    await run(whole, 'updateProfile', { phoneNumber: '+442079460001' });
    expect(await verified()).toBe(false);
  });

  test('loses an address as a whole, and by an empty text what it says', async () => {
    await run(whole, 'updateProfile', { address: { country: 'France', locality: '' }, gender: '', phoneNumber: null });
    const fields = 'gender phoneNumberVerified address { locality country }';
    const told = async () => (await whole.data(`{ me { ${fields} } }`)).me;
    expect(await told()).toEqual({
      gender: null,
      phoneNumberVerified: null,
      address: { locality: null, country: 'France' },
    });
    for (const address of [{ locality: ' ' }, null]) {
      await run(whole, 'updateProfile', { address: { country: 'France' } });
      await run(whole, 'updateProfile', { address });
      expect((await told()).address).toBeNull();
    }
  });

  test.each([
    ['profileUrl', 'http://example.org'],
    ['profileUrl', 'javascript:alert(1)'],
    ['pictureUrl', 'https://user:password@example.org/x.png'],
    ['pictureUrl', 'data:image/png;base64,x'],
    ['website', 'https://example.org/<script>'],
    ['website', 'https://exa mple.org'],
    ['website', 'example.org'],
    ['gender', 'a\u0007b'],
    ['birthdate', '1815-13-10'],
    ['birthdate', '1815-02-29'],
    ['birthdate', '0000'],
    ['birthdate', '10.12.1815'],
    ['birthdate', '1815-12'],
    ['phoneNumber', '020 7946 0000'],
    ['phoneNumber', '+0123456789'],
    ['phoneNumber', '+12345678901234567'],
    ['phoneNumber', '+44 call me'],
    ['nickname', '\u202eevil'],
  ])('refuses the %s %s', async (field, value) => {
    const { userErrors } = await run(whole, 'updateProfile', { [field]: value });
    expect(userErrors).toEqual([{ code: 'INVALID', path: [field] }]);
  });

  test.each([
    ['birthdate', '0000-02-29'],
    ['birthdate', '2000-02-29'],
    ['birthdate', '1815'],
    ['website', 'https://xn--bcher-kva.example/?q=1'],
    ['phoneNumber', '+33123456789'],
  ])('takes the %s %s', async (field, value) => {
    expect((await run(whole, 'updateProfile', { [field]: value })).userErrors).toEqual([]);
  });

  test('names the part of an address that cannot be', async () => {
    const address = { streetAddress: 'x'.repeat(501), locality: 'a\nb', country: 'x'.repeat(151), formatted: 'a\nb\0' };
    const { userErrors } = await run(whole, 'updateProfile', { address });
    expect(userErrors).toEqual([
      { code: 'INVALID', path: ['address', 'formatted'] },
      { code: 'TOO_LONG', path: ['address', 'streetAddress'] },
      { code: 'INVALID', path: ['address', 'locality'] },
      { code: 'TOO_LONG', path: ['address', 'country'] },
    ]);
  });

  test('shows phone and address only to tokens with these scopes', async () => {
    for (const [field, scope] of [
      ['phoneNumber', 'phone'],
      ['phoneNumberVerified', 'phone'],
      ['address { country }', 'address'],
    ]) {
      const { status, headers } = await own.call(`{ me { ${field} } }`);
      expect(status).toBe(403);
      expect(headers.get('www-authenticate')).toContain(`scope="${scope}"`);
    }
  });

  test.each(['id', 'email', 'emailVerified', 'phoneNumberVerified', 'roles', 'username', 'userId', 'lockedAt'])(
    'takes no %s',
    async (field) => {
      const { status } = await own.call(
        'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }',
        {
          input: { [field]: 'x' },
        },
      );
      expect(status).toBe(400);
    },
  );
});

test('the mail that confirms the address is sent again, once a minute', async () => {
  const somebody = await aPerson(app, { emailVerified: false });
  const caller = await callerFor(app, somebody.account, ['profile', 'email', 'profile:write']);
  expect((await run(caller, 'sendEmailConfirmation', {})).userErrors).toEqual([]);
  const again = await caller.call('mutation { sendEmailConfirmation(input: {}) { userErrors { code } } }');
  expect(again.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
  expect(await own.code('mutation { sendEmailConfirmation(input: {}) { userErrors { code } } }')).toBe('CONFLICT');
});

describe('the own sessions', () => {
  test('name the browser, the current one among them, and end one by one', async () => {
    const other = await callerFor(app, person.account, ['profile']);
    const { me } = await own.data('{ me { sessions { nodes { id browser address current } } } }');
    expect(me.sessions.nodes).toEqual([
      { id: other.sessionId, browser: 'Firefox on Linux', address: '127.0.0.1', current: false },
      { id: own.sessionId, browser: 'Firefox on Linux', address: '127.0.0.1', current: true },
    ]);
    const end = 'mutation ($id: ID!) { endSession(input: { id: $id }) { endedSessionId userErrors { code } } }';
    expect((await own.data(end, { id: other.sessionId })).endSession).toEqual({
      endedSessionId: other.sessionId,
      userErrors: [],
    });
    expect((await other.call('{ me { id } }')).status).toBe(401);
    expect(await own.code(end, { id: other.sessionId })).toBe('NOT_FOUND');
  });
});

describe('an administrator', () => {
  test('creates an account whose person must confirm the address', async () => {
    const { user, userErrors } = await run(
      administrator,
      'createUser',
      { username: 'grace', email: 'grace@example.org', givenName: 'Grace', password: 'a password of hers' },
      'user { id username email emailVerified roles lockedAt }',
    );
    expect(userErrors).toEqual([]);
    expect(user).toEqual({
      id: expect.any(String),
      username: 'grace',
      email: 'grace@example.org',
      emailVerified: false,
      roles: [],
      lockedAt: null,
    });
    const mails = await app.inContext(() =>
      app.orm.em.getConnection().execute('select * from outgoing_mail where recipient = ?', ['grace@example.org']),
    );
    expect(mails).toHaveLength(1);
  });

  test('is told what is wrong with a new account, beside the fields', async () => {
    const { user, userErrors } = await run(administrator, 'createUser', {
      username: person.username,
      email: 'nonsense',
      password: 'short',
    });
    expect(user).toBeNull();
    expect(userErrors).toContainEqual({ code: 'TAKEN', path: ['username'] });
    expect(userErrors).toContainEqual({ code: 'INVALID', path: ['email'] });
    expect(userErrors).toContainEqual({ code: 'TOO_SHORT', path: ['password'] });
  });

  test('locks an account: its tokens die at once, and stay dead when it is unlocked', async () => {
    const somebody = await aPerson(app);
    const caller = await callerFor(app, somebody.account, ['profile']);
    const locked = await run(administrator, 'lockUser', { id: somebody.account.id }, 'user { lockedAt }');
    expect(locked.user.lockedAt).toBeTruthy();
    expect((await caller.call('{ me { id } }')).status).toBe(401);
    const again = await run(administrator, 'lockUser', { id: somebody.account.id }, 'user { lockedAt }');
    expect(again.user.lockedAt).toBe(locked.user.lockedAt);
    expect(
      (await run(administrator, 'unlockUser', { id: somebody.account.id }, 'user { lockedAt }')).user.lockedAt,
    ).toBeNull();
    expect((await caller.call('{ me { id } }')).status).toBe(401);
  });

  test('gives and takes roles; what they open ends at once', async () => {
    const somebody = await aPerson(app);
    const caller = await callerFor(app, somebody.account, ['admin:users:read']);
    const users = '{ users(first: 1) { nodes { id } } }';
    expect(await caller.code(users)).toBe('FORBIDDEN');
    await run(administrator, 'setUserRoles', { id: somebody.account.id, roles: ['ADMINISTRATOR', 'ADMINISTRATOR'] });
    expect(await caller.data(users)).toHaveProperty('users');
    const { user } = await run(administrator, 'setUserRoles', { id: somebody.account.id, roles: [] }, 'user { roles }');
    expect(user.roles).toEqual([]);
    expect(await caller.code(users)).toBe('FORBIDDEN');
  });

  test('sees where others are signed in and what they have connected', async () => {
    const { user } = await administrator.data(
      'query ($id: ID!) { user(id: $id) { username sessions { nodes { id current } } connectedApps { nodes { app { name } } } } }',
      { id: person.account.id },
    );
    expect(user).toEqual({
      username: person.username,
      sessions: { nodes: [{ id: own.sessionId, current: false }] },
      connectedApps: { nodes: [{ app: { name: 'Latchkey' } }] },
    });
  });

  test('finds nobody by an id that is none', async () => {
    for (const id of ['', 'nonsense', "' or 1=1 --", '\0', '00000000-0000-7000-8000-000000000000']) {
      expect(
        await administrator.data('query ($id: ID!) { user(id: $id) { id } node(id: $id) { id } app(id: $id) { id } }', {
          id,
        }),
      ).toEqual({
        user: null,
        node: null,
        app: null,
      });
    }
  });

  test('cannot be the last one to go', async () => {
    const last = [{ code: 'LAST_ADMINISTRATOR', path: ['roles'] }];
    expect((await run(administrator, 'setUserRoles', { id: chief.account.id, roles: [] })).userErrors).toEqual(last);
    expect((await run(administrator, 'lockUser', { id: chief.account.id })).userErrors).toEqual([
      { ...last[0], path: ['id'] },
    ]);
  });

  test('is never lost where two of them demote each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const second = await aPerson(app, { roles: ['administrator'] });
      const their = await callerFor(app, second.account, ['admin:users:write', 'admin:users:read']);
      await Promise.all([
        administrator.call(
          'mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { userErrors { code } } }',
          {
            input: { id: second.account.id, roles: [] },
          },
        ),
        their.call('mutation ($input: LockUserInput!) { lockUser(input: $input) { userErrors { code } } }', {
          input: { id: chief.account.id },
        }),
      ]);
      const [row] = await app.inContext(() =>
        app.orm.em
          .getConnection()
          .execute(`select count(*) from account where 'administrator' = any(roles) and locked_at is null`),
      );
      expect(Number(row?.count)).toBeGreaterThanOrEqual(1);
      await app.inContext(() =>
        app.orm.em
          .getConnection()
          .execute(`update account set locked_at = null, roles = '{administrator}' where id = ?`, [chief.account.id]),
      );
      await app.inContext(() =>
        app.orm.em.getConnection().execute(`update account set roles = '{}' where id = ?`, [second.account.id]),
      );
    }
  });
});
