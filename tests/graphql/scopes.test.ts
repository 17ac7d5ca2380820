/** There is no way around a scope. */
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeScopes } from '../../server/graphql/describe-scopes.ts';
import { assertAccessDeclared, RequireScopes } from '../../server/graphql/require-scopes.ts';
import { createGraphQLSchema } from '../../server/graphql-schema.ts';
import { scopes } from '../../server/kernel/scopes.ts';
import { callerFor, callerForApp, type GraphQLCaller } from '../support/graphql-caller.ts';
import { anApp, aPerson, type Person } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let person: Person;
let profile: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp();
  person = await aPerson(app);
  profile = await callerFor(app, person.account, ['profile']);
});
afterAll(() => app.close());

describe('a token without the scope email', () => {
  test.each([
    ['directly', '{ me { email } }'],
    ['by an alias', '{ me { username: email } }'],
    ['in a fragment', 'query { me { ...F } } fragment F on User { email }'],
    ['in a fragment of a fragment', 'query { me { ...F } } fragment F on User { ...G } fragment G on User { email }'],
    ['in an inline fragment', '{ me { ... on User { email } } }'],
    ['in an inline fragment without a type', '{ me { ... { email } } }'],
    ['by way of the interface', '{ me { ... on Node { ... on User { email } } } }'],
    ['by node', `{ node(id: "00000000-0000-7000-8000-000000000000") { ... on User { email } } }`],
    ['where a directive skips it', '{ me { id email @skip(if: true) } }'],
    ['where a variable skips it', 'query ($no: Boolean = false) { me { id email @include(if: $no) } }'],
    ['in the one of two operations that runs', 'query A { me { id } } query B { me { email } }', 'B'],
  ])('cannot read it %s', async (_way, query, operationName?: string) => {
    const answer = await profile.post(JSON.stringify({ query, operationName }));
    expect(answer.status).toBe(403);
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'FORBIDDEN',
      missingScopes: ['email'],
      fields: ['User.email'],
    });
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer realm="latchkey", error="insufficient_scope", scope="email"',
    );
  });

  test('still reads what its own operation asks for', async () => {
    const query = 'query A { me { id } } query B { me { email } }';
    expect((await profile.post(JSON.stringify({ query, operationName: 'A' }))).data.me.id).toBe(person.account.id);
  });
});

test('what is missing is named for all fields at once', async () => {
  const { errors } = await profile.call('mutation { updateProfile(input: {}) { user { username email } } }');
  expect(errors?.[0]?.extensions).toMatchObject({ missingScopes: ['profile:write', 'email'] });
});

test('an app that speaks for itself is nobody', async () => {
  const { clientId } = await anApp(app, { scopes: ['read', 'admin:users:read'] });
  const caller = await callerForApp(app, clientId, ['read', 'admin:users:read']);
  expect(await caller.code('{ me { id } }')).toBe('FORBIDDEN');
  expect((await caller.data('{ users { nodes { username } } }')).users.nodes).toContainEqual({
    username: person.username,
  });
});

test('an administrative scope is worth nothing to a person without the role', async () => {
  const caller = await callerFor(app, person.account, ['admin:users:read', 'profile']);
  expect(await caller.code('{ users { nodes { id } } }')).toBe('FORBIDDEN');
});

describe('the declarations', () => {
  test('word the consent page: what is read, what is changed', () => {
    const described = describeScopes(createGraphQLSchema(null));
    expect([...described.keys()]).toEqual(scopes.map(({ name }) => name));
    expect(described.get('read')).toEqual({ reads: ['identifier', 'username', 'email', 'name'], changes: [] });
    expect(described.get('profile:write')).toEqual({ reads: [], changes: ['profile'] });
    expect(described.get('admin:users:read')).toEqual({ reads: ['accounts'], changes: [] });
    for (const { name } of scopes) {
      const { reads, changes } = described.get(name) ?? { reads: [], changes: [] };
      expect([...reads, ...changes], name).not.toHaveLength(0);
    }
  });

  test('are missing nowhere: a field without one fails the build, by its name', () => {
    const field = { type: GraphQLString };
    const query = new GraphQLObjectType({ name: 'Query', fields: { silent: field } });
    expect(() => assertAccessDeclared(new GraphQLSchema({ query }))).toThrow('Query.silent');
  });

  test('name scopes that there are', () => {
    expect(() => RequireScopes({ 'profile nonsense': 'name' })).toThrow('“nonsense”');
    expect(() => RequireScopes({})).toThrow();
  });
});
