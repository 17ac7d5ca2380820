/** Somebody else's things are not there: not by id, not by node, not in any mutation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopes } from '../../server/kernel/scopes.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { anApp, aPerson, type Person, type TestClient } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const own = scopes.filter(({ kind }) => kind === 'open').map(({ name }) => name);

let app: TestApp;
let victim: Person;
let theirs: GraphQLCaller;
let theirApp: TestClient;
let theirSecretId: string;
let stranger: GraphQLCaller;
let administrator: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp();
  victim = await aPerson(app);
  theirs = await callerFor(app, victim.account, own);
  theirApp = await anApp(app, { ownedBy: victim });
  stranger = await callerFor(
    app,
    (await aPerson(app)).account,
    scopes.map(({ name }) => name),
  );
  const { account } = await aPerson(app, { roles: ['administrator'] });
  administrator = await callerFor(
    app,
    account,
    scopes.map(({ name }) => name),
  );
  theirSecretId = (await theirs.data('query ($id: ID!) { app(id: $id) { secrets { id } } }', { id: theirApp.id })).app
    .secrets[0].id;
});
afterAll(() => app.close());

const nodeQuery = 'query ($id: ID!) { node(id: $id) { __typename id } }';

describe('a stranger', () => {
  test('does not find them by node', async () => {
    for (const id of [victim.account.id, theirApp.id, theirSecretId, theirs.sessionId, theirs.connectedAppId]) {
      expect(await stranger.data(nodeQuery, { id })).toEqual({ node: null });
    }
  });

  test('does not find them by id', async () => {
    expect(await stranger.data('query ($id: ID!) { app(id: $id) { name } }', { id: theirApp.id })).toEqual({
      app: null,
    });
    expect((await stranger.data('{ apps(first: 100) { nodes { id } } }')).apps.nodes).toEqual([]);
    expect(await stranger.code('query ($id: ID!) { user(id: $id) { id } }', { id: victim.account.id })).toBe(
      'FORBIDDEN',
    );
  });

  const attempts: [string, (id: Ids) => unknown, string][] = [
    ['updateApp', ({ app: id }) => ({ id, name: 'Mine' }), 'app { id }'],
    ['rotateAppSecret', ({ app: id }) => ({ id }), 'clientSecret'],
    ['deleteApp', ({ app: id }) => ({ id }), 'deletedAppId'],
    ['revokeConnectedApp', ({ connectedApp: id }) => ({ id }), 'revokedConnectedAppId'],
    ['endSession', ({ session: id }) => ({ id }), 'endedSessionId'],
  ];
  interface Ids {
    app: string;
    connectedApp: string | null;
    session: string | null;
  }
  const ids = (): Ids => ({ app: theirApp.id, connectedApp: theirs.connectedAppId, session: theirs.sessionId });
  const mutation = (name: string, result: string) =>
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${result} userErrors { code } } }`;

  test.each(attempts)(
    'cannot do %s to them, and is told what one is told of what is not there',
    async (name, input, result) => {
      const answer = await stranger.call(mutation(name, result), { input: input(ids()) });
      const nothing = '00000000-0000-7000-8000-000000000000';
      const none = await stranger.call(mutation(name, result), {
        input: input({ app: nothing, connectedApp: nothing, session: nothing }),
      });
      expect(answer.errors?.[0]?.extensions).toEqual({ code: 'NOT_FOUND' });
      expect(answer.errors).toEqual(none.errors);
      expect(answer.status).toBe(none.status);
    },
  );

  test.each([...attempts, ['lockUser', () => ({ id: '' }), 'userErrors { code }'] as const])(
    'and %s with an id that is none ends in NOT_FOUND for everybody',
    async (name, input, result) => {
      for (const id of [
        '',
        '1',
        'nonsense',
        "' or 1=1 --",
        '\0',
        theirApp.id.toUpperCase(),
        `${theirApp.id} `,
        'x'.repeat(10_000),
      ]) {
        const answer = await administrator.call(mutation(name, result), {
          input: { ...(input(ids()) as object), id },
        });
        expect(answer.errors?.[0]?.extensions.code, id.slice(0, 50)).toBe('NOT_FOUND');
      }
    },
  );

  test.each(['createUser', 'setUserRoles', 'lockUser', 'unlockUser'])('has no use of %s', async (name) => {
    const input =
      name === 'createUser' ? { username: 'mallory', email: 'mallory@example.org' } : { id: victim.account.id };
    const variables = { input: name === 'setUserRoles' ? { ...input, roles: ['ADMINISTRATOR'] } : input };
    expect(await stranger.code(mutation(name, 'userErrors { code }'), variables)).toBe('FORBIDDEN');
  });

  test('has changed nothing', async () => {
    expect((await theirs.data('query ($id: ID!) { app(id: $id) { name } }', { id: theirApp.id })).app.name).toBe(
      `App ${theirApp.clientId}`,
    );
    expect((await theirs.data('{ me { connectedApps { nodes { id } } sessions { nodes { id } } } }')).me).toEqual({
      connectedApps: { nodes: [{ id: theirs.connectedAppId }] },
      sessions: { nodes: [{ id: theirs.sessionId }] },
    });
  });
});

describe('the owner', () => {
  test('finds them by node', async () => {
    for (const [id, type] of [
      [victim.account.id, 'User'],
      [theirApp.id, 'App'],
      [theirSecretId, 'AppSecret'],
      [theirs.sessionId, 'Session'],
      [theirs.connectedAppId, 'ConnectedApp'],
    ]) {
      expect(await theirs.data(nodeQuery, { id })).toEqual({ node: { __typename: type, id } });
    }
    const read = await theirs.data('query ($id: ID!) { node(id: $id) { ... on App { name owner { username } } } }', {
      id: theirApp.id,
    });
    expect(read.node.owner.username).toBe(victim.username);
  });

  test('does not find what the token may not know of', async () => {
    const narrow = await callerFor(app, victim.account, ['profile']);
    for (const id of [theirApp.id, theirSecretId, theirs.sessionId, theirs.connectedAppId]) {
      expect(await narrow.data(nodeQuery, { id })).toEqual({ node: null });
    }
    expect(await narrow.data(nodeQuery, { id: victim.account.id })).not.toEqual({ node: null });
  });
});

describe('an administrator', () => {
  test('finds people and apps of others, never their sessions and permissions by id', async () => {
    for (const id of [victim.account.id, theirApp.id, theirSecretId]) {
      expect((await administrator.data(nodeQuery, { id })).node).toMatchObject({ id });
    }
    for (const id of [theirs.sessionId, theirs.connectedAppId]) {
      expect(await administrator.data(nodeQuery, { id })).toEqual({ node: null });
    }
  });

  test('who may change but not read is shown nothing of what others have', async () => {
    const { account } = await aPerson(app, { roles: ['administrator'] });
    const writer = await callerFor(app, account, ['admin:apps:write', 'admin:users:write', 'apps:read', 'email']);
    const changed = await writer.data(
      'mutation ($input: UpdateAppInput!) { updateApp(input: $input) { app { name redirectUris } userErrors { code } } }',
      { input: { id: theirApp.id, name: `App ${theirApp.clientId}` } },
    );
    expect(changed.updateApp).toEqual({ app: null, userErrors: [] });
    expect(
      await writer.code('mutation ($input: UnlockUserInput!) { unlockUser(input: $input) { user { email } } }', {
        input: { id: victim.account.id },
      }),
    ).toBe('FORBIDDEN');
  });
});
