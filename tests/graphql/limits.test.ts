/** What would cost too much is refused before anything is spent on it. */
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopes } from '../../server/kernel/scopes.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { aPerson } from '../support/personas.ts';
import { recordStatements } from '../support/statements.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let caller: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp();
  const { account } = await aPerson(app, { roles: ['administrator'] });
  caller = await callerFor(
    app,
    account,
    scopes.map(({ name }) => name),
  );
});
afterAll(() => app.close());

const limitOf = async (query: string, variables: Record<string, unknown> = {}): Promise<unknown> => {
  let limit: unknown;
  const begun = performance.now();
  const statements = await recordStatements(async () => {
    const { status, errors, data } = await caller.call(query, variables);
    expect(status, query.slice(0, 200)).toBe(400);
    expect(data ?? null).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toBe('QUERY_LIMIT_EXCEEDED');
    expect(errors?.[0]?.message).toMatch(/limit is \d+/);
    limit = errors?.[0]?.extensions.limit;
  });
  // The check of the token, and nothing of the operation.
  expect(statements).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(2000);
  return limit;
};

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
/** Fragments that each spread the next one twice. */
const bomb = (size: number, inside: string) =>
  `${times(size, (index) => `fragment F${index} on User { ...F${index + 1} ...F${index + 1} }`)} fragment F${size} on User { ${inside} }`;

describe('the limit on', () => {
  test('depth', async () => {
    expect(await limitOf(`{ me ${'{ connectedApps { nodes { app '.repeat(5)} { id } ${'} } }'.repeat(5)} }`)).toBe(
      'depth',
    );
  });

  test('depth, by fragments', async () => {
    const links = times(
      6,
      (index) => `fragment F${index} on User { connectedApps { nodes { app { ...F${index + 1} } } } }`,
    );
    expect(await limitOf(`{ me { ...F0 } } ${links} fragment F6 on User { id }`)).toBe('depth');
  });

  test('aliases', async () => {
    expect(await limitOf(`{ ${times(31, (index) => `a${index}: me { id }`)} }`)).toBe('aliases');
  });

  test('aliases, by fragments', async () => {
    const query = `{ me { ${'...F '.repeat(16)} } } fragment F on User { a: id b: id }`;
    expect(await limitOf(query)).toBe('aliases');
  });

  test('mutations in one request', async () => {
    const query = `mutation { ${times(31, (index) => `m${index}: updateProfile(input: {}) { userErrors { code } }`)} }`;
    expect(await limitOf(query)).toBe('aliases');
  });

  test.each([
    ['aliases', bomb(60, 'a: id')],
    ['repeats', bomb(60, 'id')],
    ['repeats', bomb(60, 'sessions(first: 100) { nodes { id } }')],
    ['directives', bomb(60, '__typename @skip(if: false)')],
  ])('%s, by fragments that expand without end', async (limit, fragments) => {
    expect(await limitOf(`{ me { ...F0 } } ${fragments}`)).toBe(limit);
  });

  test('repeated fields', async () => {
    expect(await limitOf(`{ ${'me { id } '.repeat(200)} }`)).toBe('repeats');
  });

  test('directives', async () => {
    expect(await limitOf(`{ me { id ${times(51, () => '@skip(if: false)')} } }`)).toBe('directives');
  });

  const nested = (first: string) => `users(first: ${first}) { nodes { sessions(first: ${first}) { nodes { id } } } }`;
  test('cost, by the sizes of lists', async () => {
    expect(await limitOf(`{ ${nested('100')} }`)).toBe('cost');
  });

  test('cost, by the sizes in variables', async () => {
    const query = `query ($first: Int!) { ${nested('$first')} }`;
    expect(await limitOf(query, { first: 100 })).toBe('cost');
    expect(await caller.data(query, { first: 2 })).toHaveProperty('users');
    expect(await limitOf(query, { first: 100 })).toBe('cost');
  });

  test('cost, by a default in the head of the operation', async () => {
    expect(await limitOf(`query ($first: Int = 100) { ${nested('$first')} }`)).toBe('cost');
  });

  test.each([['-1'], ['"100"'], ['null'], ['[]'], ['1e9']])('cost, by the size %s', async (first) => {
    const answer = await caller.post(
      `{"query":"query ($first: Int) { ${nested('$first')} }","variables":{"first":${first}}}`,
    );
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ limit: 'cost' });
  });

  test('cost, where fragments of lists are spread again and again, sizes in variables', async () => {
    const links = times(
      3,
      (index) =>
        `fragment F${index} on UserConnection { edges { node { id } } nodes { sessions(first: $first) { nodes { id } } } ...F${index + 1} }`,
    );
    const query = `query ($first: Int!) { users(first: $first) { ...F0 } } ${links} fragment F3 on UserConnection { pageInfo { hasNextPage } }`;
    expect(await limitOf(query, { first: 100 })).toBe('cost');
  });

  test('tokens', async () => {
    expect(await limitOf(`{ me { ${'id '.repeat(2000)} } }`)).toBe('tokens');
  });

  test('introspection', async () => {
    expect(await limitOf(`{ ${times(4, (index) => `a${index}: __schema { queryType { name } }`)} }`)).toBe(
      'introspection',
    );
  });
});

test('introspection cannot be nested without end', async () => {
  const deep = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`;
  const { status, errors } = await caller.call(deep);
  expect(status).toBe(400);
  expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('the usual introspection is within the limits', async () => {
  const options = { specifiedByUrl: true, directiveIsRepeatable: true, inputValueDeprecation: true, oneOf: true };
  expect((await caller.data(getIntrospectionQuery(options))).__schema.types.length).toBeGreaterThan(30);
});

test('a page of a hundred apps with everything of them is within the limits', async () => {
  const query = `{ apps(first: 100) { pageInfo { hasNextPage endCursor } nodes { id clientId name type authMethod redirectUris grantTypes
    scopes requirePkce trusted homepageUri createdAt updatedAt owner { id username name } secrets { id hint } } } }`;
  expect(await caller.data(query)).toHaveProperty('apps');
});

test('fragments in a circle are no way into an endless loop', async () => {
  const query = '{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }';
  const { status, errors } = await caller.call(query);
  expect(status).toBe(400);
  expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('the limits follow the settings', async () => {
  const strict = await createTestApp({
    settings: { LATCHKEY_GRAPHQL_MAX_DEPTH: '3', LATCHKEY_GRAPHQL_MAX_ALIASES: '1', LATCHKEY_GRAPHQL_MAX_COST: '10' },
  });
  try {
    const { account } = await aPerson(strict);
    const own = await callerFor(strict, account, ['profile', 'sessions:read']);
    expect(await own.data('{ me { a: id username } }')).toHaveProperty('me');
    const limits = await Promise.all(
      [
        '{ me { a: id b: id } }',
        '{ me { sessions(first: 1) { nodes { id } } } }',
        '{ me { sessions { __typename } id } }',
      ].map(async (query) => (await own.call(query)).errors?.[0]?.extensions.limit),
    );
    expect(limits).toEqual(['aliases', 'depth', 'cost']);
  } finally {
    await strict.close();
  }
});
