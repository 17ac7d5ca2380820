/** Administrators look after the institution's own APIs by GraphQL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { aPerson, type Person } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let administrator: Person;
let caller: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_ACCESS_TOKEN_LIFETIME_MAX: '3600' } });
  administrator = await aPerson(app, { roles: ['administrator'] });
  caller = await callerFor(app, administrator.account, ['admin:apis:read', 'admin:apis:write']);
});
afterAll(() => app.close());

const fields =
  'id identifier name scopes { name description } accessTokenSigningAlg accessTokenLifetime createdAt updatedAt';
const registers = `mutation ($input: RegisterApiInput!) {
  registerApi(input: $input) { api { ${fields} } userErrors { code path } }
}`;
const updates = `mutation ($input: UpdateApiInput!) {
  updateApi(input: $input) { api { ${fields} } userErrors { code path } }
}`;

const orders = {
  identifier: 'https://orders.example/v1',
  name: 'Orders',
  scopes: [{ name: 'orders:read', description: 'Read your orders' }],
};

describe('an API', () => {
  test('is registered, listed, found, changed and deleted', async () => {
    const { registerApi } = await caller.data(registers, { input: orders });
    expect(registerApi).toMatchObject({
      userErrors: [],
      api: { ...orders, accessTokenSigningAlg: 'ES256', accessTokenLifetime: null },
    });
    const { id } = registerApi.api;
    const found = await caller.data(
      `query ($id: ID!) { api(id: $id) { name } node(id: $id) { ... on Api { name } } apis(first: 5) { nodes { id } } }`,
      { id },
    );
    expect(found).toEqual({ api: { name: 'Orders' }, node: { name: 'Orders' }, apis: { nodes: [{ id }] } });
    const { updateApi } = await caller.data(updates, {
      input: { id, name: 'All orders', accessTokenLifetime: 120, accessTokenSigningAlg: 'RS256' },
    });
    expect(updateApi.api).toMatchObject({
      ...orders,
      name: 'All orders',
      accessTokenLifetime: 120,
      accessTokenSigningAlg: 'RS256',
    });
    const again = await caller.data(updates, { input: { id, accessTokenLifetime: null, scopes: [] } });
    expect(again.updateApi.api).toMatchObject({ name: 'All orders', accessTokenLifetime: null, scopes: [] });
    const deletes = `mutation ($id: ID!) { deleteApi(input: { id: $id }) { deletedApiId } }`;
    expect((await caller.data(deletes, { id })).deleteApi.deletedApiId).toBe(id);
    expect(await caller.code(deletes, { id })).toBe('NOT_FOUND');
    expect(await caller.code(updates, { input: { id, name: 'x' } })).toBe('NOT_FOUND');
  });

  test.each([
    [{ identifier: '' }, 'REQUIRED', ['identifier']],
    [{ identifier: 'orders' }, 'INVALID', ['identifier']],
    [{ identifier: '/orders' }, 'INVALID', ['identifier']],
    [{ identifier: 'https://orders.example/#top' }, 'INVALID', ['identifier']],
    [{ identifier: 'https://orders.example/a b' }, 'INVALID', ['identifier']],
    [{ identifier: 'https://orders.example/"' }, 'INVALID', ['identifier']],
    [{ identifier: 'https://' }, 'INVALID', ['identifier']],
    [{ identifier: 'javascript:alert(1)' }, 'INVALID', ['identifier']],
    [{ identifier: 'data:,orders' }, 'INVALID', ['identifier']],
    [{ identifier: 'http://orders.example' }, 'INVALID', ['identifier']],
    [{ identifier: 'ftp://orders.example' }, 'INVALID', ['identifier']],
    [{ identifier: 'urn:orders' }, 'INVALID', ['identifier']],
    [{ identifier: `https://orders.example/${'x'.repeat(180)}` }, 'TOO_LONG', ['identifier']],
    [{ name: ' ' }, 'REQUIRED', ['name']],
    [{ name: 'x'.repeat(101) }, 'TOO_LONG', ['name']],
    [{ name: 'O\u202erders' }, 'INVALID', ['name']],
    [{ scopes: [{ name: 'a b', description: 'x' }] }, 'INVALID', ['scopes', '0', 'name']],
    [{ scopes: [{ name: 'a"b', description: 'x' }] }, 'INVALID', ['scopes', '0', 'name']],
    [{ scopes: [{ name: '', description: 'x' }] }, 'INVALID', ['scopes', '0', 'name']],
    [{ scopes: [{ name: 'openid', description: 'x' }] }, 'RESERVED', ['scopes', '0', 'name']],
    [{ scopes: [{ name: 'admin:users:write', description: 'x' }] }, 'RESERVED', ['scopes', '0', 'name']],
    [{ scopes: [{ name: 'a', description: '' }] }, 'INVALID', ['scopes', '0', 'description']],
    [
      {
        scopes: [
          { name: 'a', description: 'x' },
          { name: 'a', description: 'y' },
        ],
      },
      'TAKEN',
      ['scopes', '1', 'name'],
    ],
    [
      { scopes: Array.from({ length: 101 }, (_, index) => ({ name: `s${index}`, description: 'x' })) },
      'TOO_MANY',
      ['scopes'],
    ],
    [{ accessTokenLifetime: 29 }, 'INVALID', ['accessTokenLifetime']],
    [{ accessTokenLifetime: 3601 }, 'INVALID', ['accessTokenLifetime']],
  ])('with %j is refused: %s', async (change, code, path) => {
    const input = { ...orders, identifier: 'https://hostile.example', ...change };
    const { registerApi } = await caller.data(registers, { input });
    expect(registerApi).toEqual({ api: null, userErrors: [{ code, path }] });
  });

  test('never has an address of this server for its identifier, nor another’s', async () => {
    for (const identifier of [app.issuer, `${app.issuer}/graphql`, `${app.issuer}/`]) {
      const { registerApi } = await caller.data(registers, { input: { ...orders, identifier } });
      expect(registerApi.userErrors).toEqual([{ code: 'RESERVED', path: ['identifier'] }]);
    }
    const twice = { ...orders, identifier: 'urn:example:twice' };
    const answers = await Promise.all([0, 1, 2].map(() => caller.data(registers, { input: twice })));
    const codes = answers.map(({ registerApi }) => registerApi.userErrors[0]?.code ?? 'registered');
    expect(codes.sort()).toEqual(['TAKEN', 'TAKEN', 'registered'].sort());
  });
});

describe('who may', () => {
  test('only administrators, each with the scope', async () => {
    const somebody = await aPerson(app);
    for (const [account, scopes] of [
      [somebody.account, ['admin:apis:read', 'admin:apis:write']],
      [administrator.account, ['openid', 'admin:apps:write']],
    ] as const) {
      const other = await callerFor(app, account, scopes);
      expect(await other.code(registers, { input: orders })).toBe('FORBIDDEN');
      expect(await other.code('{ apis { nodes { id } } }')).toBe('FORBIDDEN');
    }
  });

  test('who may change APIs may not for that reason read them', async () => {
    const writer = await callerFor(app, administrator.account, ['admin:apis:write']);
    const answer = await writer.data(
      'mutation ($input: RegisterApiInput!) { registerApi(input: $input) { userErrors { code } } }',
      { input: { ...orders, identifier: 'https://written.example' } },
    );
    expect(answer.registerApi.userErrors).toEqual([]);
    expect(await writer.code(registers, { input: orders })).toBe('FORBIDDEN');
  });
});
