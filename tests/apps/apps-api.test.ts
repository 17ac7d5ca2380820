/** People register and look after their own apps; administrators after all of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webClientId } from '../../server/apps/web-client-app.ts';
import { defaultAppScopes, scopes } from '../../server/kernel/scopes.ts';
import { TestClock } from '../support/clock.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { aPerson, type Person } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const clock = new TestClock();
let app: TestApp;
let person: Person;
let own: GraphQLCaller;
let administrator: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp({ clock });
  person = await aPerson(app);
  const everything = scopes.map(({ name }) => name);
  own = await callerFor(app, person.account, everything);
  administrator = await callerFor(app, (await aPerson(app, { roles: ['administrator'] })).account, everything);
});
afterAll(() => app.close());

const appFields = `app { id clientId name type authMethod redirectUris grantTypes scopes requirePkce trusted homepageUri
  owner { username } secrets { id hint expiresAt } }`;
const register = (input: object, caller = own) =>
  caller
    .data(
      `mutation ($input: RegisterAppInput!) { registerApp(input: $input) { ${appFields} clientSecret userErrors { code message path } } }`,
      { input },
    )
    .then(({ registerApp }) => registerApp);
const update = (input: object, caller = own) =>
  caller
    .data(`mutation ($input: UpdateAppInput!) { updateApp(input: $input) { ${appFields} userErrors { code path } } }`, {
      input,
    })
    .then(({ updateApp }) => updateApp);
const rotate = (input: object, caller = own) =>
  caller
    .data(
      `mutation ($input: RotateAppSecretInput!) { rotateAppSecret(input: $input) { ${appFields} clientSecret userErrors { code path } } }`,
      { input },
    )
    .then(({ rotateAppSecret }) => rotateAppSecret);

const web = { name: 'Forum', type: 'WEB', redirectUris: ['https://forum.example.org/callback?a=1&b=%2F'] };

/** Whether the app can prove itself by the secret at the token endpoint. */
const proves = async (clientId: string, secret: string): Promise<boolean> => {
  const response = await fetch(`${app.issuer}/oauth/introspect`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'token=nonsense',
  });
  return response.status === 200;
};

describe('registering', () => {
  test('answers the app and its secret, this once', async () => {
    const { app: registered, clientSecret, userErrors } = await register(web);
    expect(userErrors).toEqual([]);
    expect(registered).toMatchObject({
      ...web,
      authMethod: 'CLIENT_SECRET_BASIC',
      grantTypes: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
      scopes: [...defaultAppScopes],
      requirePkce: true,
      trusted: false,
      owner: { username: person.username },
      secrets: [{ hint: clientSecret.slice(-4), expiresAt: null }],
    });
    expect(clientSecret).toMatch(/^lk_cs_/);
    expect(await proves(registered.clientId, clientSecret)).toBe(true);
    const again = await own.call('query ($id: ID!) { app(id: $id) { clientId name secrets { id hint } } }', {
      id: registered.id,
    });
    expect(JSON.stringify(again.data)).not.toContain(clientSecret);
  });

  test.each(['SPA', 'NATIVE'])('a %s gives no secret', async (type) => {
    const { app: registered, clientSecret } = await register({ ...web, type });
    expect(clientSecret).toBeNull();
    expect(registered).toMatchObject({ authMethod: 'NONE', secrets: [], requirePkce: true });
  });

  test('says all that a form can mend, each beside its field', async () => {
    const {
      app: none,
      clientSecret,
      userErrors,
    } = await register({
      name: '',
      type: 'WEB',
      redirectUris: ['https://ok.example/', 'javascript:alert(1)'],
      scopes: ['openid', 'admin:users:read', 'nonsense'],
      trusted: true,
      homepageUri: 'nonsense',
    });
    expect(none).toBeNull();
    expect(clientSecret).toBeNull();
    expect(userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join('.')}`)).toEqual([
      'REQUIRED name',
      'INVALID redirectUris.1',
      'INVALID homepageUri',
      'FORBIDDEN scopes.1',
      'UNKNOWN scopes.2',
      'FORBIDDEN trusted',
    ]);
  });

  test('trust and administrative scopes is for administrators', async () => {
    const { app: registered } = await register({ ...web, trusted: true, scopes: ['admin:users:read'] }, administrator);
    expect(registered).toMatchObject({ trusted: true, scopes: ['admin:users:read'] });
  });

  test.each([
    ['clientId', '"forum"'],
    ['clientSecret', '"a secret of my own"'],
    ['owner', '"somebody"'],
    ['ownerId', '"somebody"'],
    ['id', '"1"'],
    ['createdAt', '"2020-01-01T00:00:00Z"'],
  ])('takes no %s', async (field, value) => {
    const { status, errors } = await own.call(
      `mutation { registerApp(input: { name: "Forum", type: WEB, ${field}: ${value} }) { userErrors { code } } }`,
    );
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('survives whatever is typed', async () => {
    for (const text of ['\0', '\ud800', '\u202e', "'; drop table app; --", '<script>', 'x'.repeat(20_000), '💥']) {
      const { userErrors } = await register({
        name: text,
        type: 'WEB',
        redirectUris: [text],
        homepageUri: text,
        scopes: [text],
      });
      expect(userErrors.length).toBeGreaterThan(0);
    }
  });
});

describe('changing', () => {
  test('keeps what is left out', async () => {
    const { app: before } = await register({ ...web, homepageUri: 'https://forum.example.org' });
    expect((await update({ id: before.id, name: 'Board' })).app).toEqual({ ...before, name: 'Board' });
    expect((await update({ id: before.id, homepageUri: null })).app.homepageUri).toBeNull();
    expect((await update({ id: before.id, redirectUris: null, scopes: null })).app.redirectUris).toEqual(
      before.redirectUris,
    );
  });

  test('is judged as a whole', async () => {
    const { app: before } = await register(web);
    expect((await update({ id: before.id, authMethod: 'NONE', requirePkce: false })).userErrors).toEqual([
      { code: 'INVALID', path: ['requirePkce'] },
    ]);
    expect((await update({ id: before.id, redirectUris: [] })).userErrors).toEqual([
      { code: 'REQUIRED', path: ['redirectUris'] },
    ]);
    expect((await update({ id: before.id, trusted: true })).userErrors).toEqual([
      { code: 'FORBIDDEN', path: ['trusted'] },
    ]);
    expect((await update({ id: before.id, scopes: ['admin:apps:read'] })).userErrors).toEqual([
      { code: 'FORBIDDEN', path: ['scopes', '0'] },
    ]);
  });

  test('to an app without authentication takes its secrets away; the way back begins with a new one', async () => {
    const { app: before, clientSecret } = await register(web);
    expect((await update({ id: before.id, authMethod: 'NONE' })).app).toMatchObject({
      authMethod: 'NONE',
      secrets: [],
    });
    expect((await rotate({ id: before.id })).userErrors).toEqual([{ code: 'INVALID', path: ['id'] }]);
    expect((await update({ id: before.id, authMethod: 'CLIENT_SECRET_BASIC' })).app.secrets).toEqual([]);
    expect(await proves(before.clientId, clientSecret)).toBe(false);
    const fresh = await rotate({ id: before.id });
    expect(fresh.app.secrets).toHaveLength(1);
    expect(await proves(before.clientId, fresh.clientSecret)).toBe(true);
  });

  test('does not take away what an administrator allowed, nor stumble over it', async () => {
    const { app: before } = await register(web);
    await update({ id: before.id, trusted: true, scopes: ['openid', 'admin:users:read'] }, administrator);
    const renamed = await update({ id: before.id, name: 'Board' });
    expect(renamed).toMatchObject({ userErrors: [], app: { name: 'Board', trusted: true } });
    expect((await update({ id: before.id, trusted: false, scopes: ['openid'] })).userErrors).toEqual([]);
    expect((await update({ id: before.id, scopes: ['admin:users:read'] })).userErrors).toEqual([
      { code: 'FORBIDDEN', path: ['scopes', '0'] },
    ]);
  });

  test('gives nobody more than an administrator meant to give', async () => {
    const { app: before } = await register(web);
    await update({ id: before.id, scopes: ['openid', 'admin:users:read'] }, administrator);
    const forbidden = async (change: object, field: string) =>
      expect((await update({ id: before.id, ...change })).userErrors).toEqual([{ code: 'FORBIDDEN', path: [field] }]);
    await forbidden({ grantTypes: ['AUTHORIZATION_CODE', 'CLIENT_CREDENTIALS'] }, 'grantTypes');
    await forbidden({ redirectUris: ['https://evil.example/'] }, 'redirectUris');
    await forbidden({ authMethod: 'NONE' }, 'authMethod');
    await forbidden({ requirePkce: false }, 'requirePkce');
    const changed = await update({ id: before.id, redirectUris: ['https://new.example/'], scopes: ['openid'] });
    expect(changed).toMatchObject({ userErrors: [], app: { redirectUris: ['https://new.example/'] } });
  });

  test('of an app at two places at once loses neither change', async () => {
    const { app: before } = await register(web);
    await Promise.all([
      update({ id: before.id, name: 'Board' }),
      update({ id: before.id, redirectUris: ['https://board.example.org/'] }),
      update({ id: before.id, requirePkce: false }),
    ]);
    const { app: after } = await update({ id: before.id });
    expect(after).toMatchObject({ name: 'Board', redirectUris: ['https://board.example.org/'], requirePkce: false });
  });
});

describe('rotating the secret', () => {
  test('ends the old one at once, unless it is to be kept', async () => {
    const { app: before, clientSecret: first } = await register(web);
    const { clientSecret: second } = await rotate({ id: before.id });
    expect(await proves(before.clientId, first)).toBe(false);
    const third = await rotate({ id: before.id, keepOldFor: 60 });
    expect(third.app.secrets).toHaveLength(2);
    expect([await proves(before.clientId, second), await proves(before.clientId, third.clientSecret)]).toEqual([
      true,
      true,
    ]);
    const fourth = await rotate({ id: before.id, keepOldFor: 3600 });
    expect(fourth.app.secrets).toHaveLength(2);
    expect(await proves(before.clientId, second)).toBe(false);
    expect(await proves(before.clientId, third.clientSecret)).toBe(true);
    clock.advance(3601);
    expect(await proves(before.clientId, third.clientSecret)).toBe(false);
    expect(await proves(before.clientId, fourth.clientSecret)).toBe(true);
    clock.advance(-3601);
  });

  test.each([-1, 604_801])('keeps the old one for no %s seconds', async (keepOldFor) => {
    const { app: before } = await register(web);
    expect((await rotate({ id: before.id, keepOldFor })).userErrors).toEqual([
      { code: 'INVALID', path: ['keepOldFor'] },
    ]);
  });

  test('twice at once leaves at most two', async () => {
    const { app: before } = await register(web);
    await Promise.all(Array.from({ length: 5 }, () => rotate({ id: before.id, keepOldFor: 60 })));
    const { app: after } = await update({ id: before.id });
    expect(after.secrets.length).toBeLessThanOrEqual(2);
  });
});

describe('deleting', () => {
  test('ends all that hangs on the app', async () => {
    const { app: before, clientSecret } = await register(web);
    const mutation =
      'mutation ($input: DeleteAppInput!) { deleteApp(input: $input) { deletedAppId userErrors { code } } }';
    expect((await own.data(mutation, { input: { id: before.id } })).deleteApp).toEqual({
      deletedAppId: before.id,
      userErrors: [],
    });
    expect(await proves(before.clientId, clientSecret)).toBe(false);
    expect(await own.code(mutation, { input: { id: before.id } })).toBe('NOT_FOUND');
  });
});

describe('the web client', () => {
  test('is in place, trusted, and nobody’s to change', async () => {
    const { apps } = await administrator.data(
      'query ($search: String) { apps(search: $search) { nodes { id name type trusted redirectUris owner { id } } } }',
      {
        search: webClientId,
      },
    );
    expect(apps.nodes).toEqual([
      {
        id: expect.any(String),
        name: 'Latchkey',
        type: 'SPA',
        trusted: true,
        redirectUris: [`${app.issuer}/callback`],
        owner: null,
      },
    ]);
    const { id } = apps.nodes[0];
    expect(
      await administrator.code(
        'mutation ($id: ID!) { updateApp(input: { id: $id, name: "Mine" }) { userErrors { code } } }',
        { id },
      ),
    ).toBe('CONFLICT');
    expect(
      await administrator.code('mutation ($id: ID!) { deleteApp(input: { id: $id }) { userErrors { code } } }', { id }),
    ).toBe('CONFLICT');
  });
});

test('an owner who is gone leaves the app to the operator', async () => {
  const somebody = await aPerson(app);
  const { app: registered } = await register(
    web,
    await callerFor(app, somebody.account, ['apps:write', 'apps:read', 'profile']),
  );
  await app.inContext(() =>
    app.orm.em.getConnection().execute('delete from account where id = ?', [somebody.account.id]),
  );
  const { app: left } = await administrator.data('query ($id: ID!) { app(id: $id) { owner { id } } }', {
    id: registered.id,
  });
  expect(left.owner).toBeNull();
});
