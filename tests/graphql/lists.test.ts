/** Lists are read page by page, in a fixed number of statements, by cursors that cannot be forged. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anApi, giveAccess } from '../support/apis.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { anApp, aPerson, type Person } from '../support/personas.ts';
import { recordStatements } from '../support/statements.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let caller: GraphQLCaller;
const owners: Person[] = [];
beforeAll(async () => {
  app = await createTestApp();
  const { account } = await aPerson(app, { roles: ['administrator'] });
  caller = await callerFor(app, account, ['profile', 'admin:apps:read', 'admin:users:read']);
  for (let index = 0; index < 5; index++) owners.push(await aPerson(app));
  const api = await anApi(app, { identifier: 'https://orders.example' });
  for (let index = 0; index < 100; index++) {
    await giveAccess(app, await anApp(app, { ownedBy: owners[index % owners.length] as Person }), api);
  }
});
afterAll(() => app.close());

describe('a page of a hundred apps with owners and secrets', () => {
  const query = '{ apps(first: 100) { nodes { name owner { username } secrets { hint } } pageInfo { hasNextPage } } }';

  test('takes four statements: the token, the apps, their owners, their secrets', async () => {
    await caller.data(query);
    const statements = await recordStatements(() => caller.data(query));
    expect(statements).toHaveLength(4);
    const { apps } = await caller.data(query);
    expect(apps.nodes).toHaveLength(100);
    for (const node of apps.nodes.slice(0, 99)) {
      expect(node.owner.username).toMatch(/^person/);
      expect(node.secrets).toEqual([{ hint: expect.stringMatching(/^.{4}$/) }]);
    }
  });

  test('takes the same few for two apps', async () => {
    const statements = await recordStatements(() => caller.data(query.replace('100', '2')));
    expect(statements).toHaveLength(4);
  });
});

describe('a page of a hundred apps with all that administrators are shown of each', () => {
  const query = `{ apps(first: 100) { nodes {
    id name type clientId authMethod redirectUris grantTypes scopes trusted origin createdAt
    owner { id username name } secrets { id hint createdAt expiresAt } apis { identifier name scopes }
  } pageInfo { hasNextPage endCursor } } }`;

  test.each(['100', '2'])('takes five statements for %s: one more for what they may ask for at APIs', async (first) => {
    await caller.data(query);
    const statements = await recordStatements(() => caller.data(query.replace('100', first)));
    expect(statements).toHaveLength(5);
    const { apps } = await caller.data(query);
    for (const node of apps.nodes.slice(0, 99)) {
      expect(node.apis).toEqual([
        { identifier: 'https://orders.example', name: expect.any(String), scopes: ['orders:read', 'orders:write'] },
      ]);
    }
  });
});

test('what is not asked for is not read', async () => {
  const statements = await recordStatements(() => caller.data('{ apps(first: 100) { nodes { name } } }'));
  expect(statements).toHaveLength(2);
});

test('sessions and connected apps of many people take one statement for each person and list at most', async () => {
  const query =
    '{ me { connectedApps(first: 50) { nodes { app { name } scopes { name } } } sessions(first: 50) { nodes { id } } } }';
  const statements = await recordStatements(() => caller.data(query));
  expect(statements).toHaveLength(4);
});

describe('the pages of a list', () => {
  const query = `query ($first: Int, $after: String) {
    apps(first: $first, after: $after) { edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  }`;

  test('follow each other without a gap or a repetition, the latest first', async () => {
    const ids: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 20; page++) {
      const { apps } = await caller.data(query, { first: 30, after });
      ids.push(...apps.nodes.map(({ id }: { id: string }) => id));
      expect(apps.edges.map(({ node }: { node: { id: string } }) => node)).toEqual(apps.nodes);
      expect(apps.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(apps.pageInfo.startCursor).toBe(apps.edges[0].cursor);
      expect(apps.pageInfo.endCursor).toBe(apps.edges.at(-1).cursor);
      after = apps.pageInfo.endCursor;
      if (!apps.pageInfo.hasNextPage) break;
    }
    expect(ids).toHaveLength(101);
    expect(new Set(ids).size).toBe(101);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  test('stay right while apps come and go', async () => {
    const { apps } = await caller.data(query, { first: 10 });
    await anApp(app);
    const next = await caller.data(query, { first: 10, after: apps.pageInfo.endCursor });
    expect(next.apps.nodes[0].id < apps.nodes.at(-1).id).toBe(true);
  });

  test.each([0, -1, 101, 2 ** 31 - 1])('are not of %s', async (first) => {
    const { status, errors } = await caller.call(query, { first });
    expect(status).toBe(200);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('are found by no forged cursor', async () => {
    const { apps } = await caller.data(query, { first: 1 });
    const users = await caller.data('{ users(first: 1) { edges { cursor } } }');
    const id = apps.nodes[0].id;
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const genuine: string = apps.pageInfo.endCursor;
    for (const after of [
      '',
      'nonsense',
      '\0',
      id,
      encode(id),
      encode(`apps:${id}'; drop table app; --`),
      encode('apps:'),
      encode('apps:1 or 1=1'),
      encode('apps:\0'),
      encode(`apps:${String(id).toUpperCase()}`),
      encode(`apps:${id}:`),
      users.users.edges[0].cursor,
      `${genuine}=`,
      ` ${genuine}`,
      genuine.slice(0, -1),
      `${genuine}A`,
      'x'.repeat(50_000),
    ]) {
      const { errors } = await caller.call(query, { after });
      expect(errors?.[0]?.extensions.code, after.slice(0, 60)).toBe('BAD_USER_INPUT');
    }
    expect((await caller.call(query, { after: genuine })).errors).toBeUndefined();
  });
});

describe('a search', () => {
  const query = 'query ($search: String) { users(search: $search, first: 100) { nodes { username } } }';
  test('finds parts of names, whatever the case', async () => {
    const somebody = await aPerson(app, { username: 'Grace', givenName: 'Grace', familyName: 'Hopper_100%' });
    for (const search of ['grace', 'RACE', 'hopper', '_100%', 'grace@example']) {
      expect((await caller.data(query, { search })).users.nodes).toEqual([{ username: somebody.username }]);
    }
  });

  test.each(["'; drop table account; --", '\\', '\\%', '\0nothing', '\ud800nothing', 'x'.repeat(10_000)])(
    'for %j finds nothing, and breaks nothing',
    async (search) => {
      expect((await caller.data(query, { search })).users.nodes).toEqual([]);
      expect(
        (await caller.data('query ($search: String) { apps(search: $search) { nodes { id } } }', { search })).apps
          .nodes,
      ).toEqual([]);
    },
  );

  test.each(['%', '_'])('for %s takes it as it is', async (search) => {
    expect((await caller.data(query, { search })).users.nodes).toEqual([{ username: 'Grace' }]);
  });
});
