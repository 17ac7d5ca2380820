/** Which scope reaches which field, for whom: asked of the running server with tokens of a single scope, and kept in a file. */
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { OperationLimits } from '../../server/graphql/operation-limits.ts';
import { missingScopes } from '../../server/graphql/require-scopes.ts';
import { createGraphQLSchema } from '../../server/graphql-schema.ts';
import { scopes } from '../../server/kernel/scopes.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const schema = createGraphQLSchema(null);
const nobody = '00000000-0000-7000-8000-000000000000';

const inputs: Record<string, string> = {
  updateProfile: '{}',
  sendEmailConfirmation: '{}',
  registerApp: '{ name: "", type: WEB }',
  registerApi: '{ identifier: "", name: "" }',
  impersonate: `{ userId: "${nobody}", clientId: "", reason: "" }`,
  createRegistrationToken: '{ name: "" }',
  createUser: '{ username: "", email: "" }',
  setUserRoles: `{ id: "${nobody}", roles: [] }`,
};

const call = (field: GraphQLField<unknown, unknown>): string => {
  const parameters = field.args.flatMap(({ name }) => {
    if (name === 'id') return [`id: "${nobody}"`];
    return name === 'input' ? [`input: ${inputs[field.name] ?? `{ id: "${nobody}" }`}`] : [];
  });
  return parameters.length === 0 ? field.name : `${field.name}(${parameters.join(', ')})`;
};

const leaf = (type: GraphQLOutputType): string => (isCompositeType(getNamedType(type)) ? ' { __typename }' : '');

/** The shortest way from each root field to each type: opening and closing texts around a selection. */
const waysTo = (): Map<string, { open: string; close: string }[]> => {
  const ways = new Map<string, { open: string; close: string }[]>();
  const walk = (start: { type: GraphQLObjectType; open: string; close: string }): void => {
    const seen = new Set<string>();
    const queue = [start];
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
      const { type, open, close } = step;
      if (seen.has(type.name)) continue;
      seen.add(type.name);
      ways.set(type.name, [...(ways.get(type.name) ?? []), { open, close }]);
      for (const field of Object.values(type.getFields())) {
        const next = getNamedType(field.type);
        if (isObjectType(next)) queue.push({ type: next, open: `${open} ${call(field)} {`, close: `} ${close}` });
      }
    }
  };
  for (const [root, open] of [
    [schema.getQueryType(), '{'],
    [schema.getMutationType(), 'mutation {'],
  ] as const) {
    if (!root) continue;
    ways.set(root.name, [{ open, close: '}' }]);
    for (const field of Object.values(root.getFields())) {
      const type = getNamedType(field.type);
      if (isObjectType(type)) walk({ type, open: `${open} ${call(field)} {`, close: '} }' });
    }
  }
  return ways;
};

/** One document for each way to each field. */
const documents = (): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const [typeName, ways] of waysTo()) {
    const type = schema.getType(typeName) as GraphQLObjectType;
    for (const field of Object.values(type.getFields())) {
      found.set(
        `${typeName}.${field.name}`,
        ways.map(({ open, close }) => `${open} ${call(field)}${leaf(field.type)} ${close}`),
      );
    }
  }
  return found;
};

let app: TestApp;
const callers = new Map<string, GraphQLCaller>();
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_GRAPHQL_MAX_COST: '1000000' } });
  const administrator = await aPerson(app, { username: 'administrator', roles: ['administrator'] });
  const person = await aPerson(app, { username: 'somebody' });
  for (const { name } of scopes) {
    callers.set(`administrator ${name}`, await callerFor(app, administrator.account, [name]));
    callers.set(`person ${name}`, await callerFor(app, person.account, [name]));
  }
});
afterAll(() => app.close());

const limits = new OperationLimits(schema, readConfig({}));

/** The way by which a token with this scope alone should come through, if there is one. */
const openWay = (scope: string, ways: readonly string[]): string | undefined =>
  ways.find((document) => {
    const shape = limits.find(document, null);
    return [...(shape?.access.keys() ?? [])].every((access) => missingScopes(access, new Set([scope])).length === 0);
  });

const expectAnswer = async (caller: string, document: string, reached: boolean): Promise<void> => {
  const answer = await callers.get(caller)?.call(document);
  expect(answer?.status, `${caller}: ${document}`).toBe(reached ? 200 : 403);
  if (reached) return;
  expect(answer?.headers.get('www-authenticate')).toMatch(/^Bearer .*error="insufficient_scope", scope="[^"]+"$/);
  expect(answer?.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
};

test('each scope reaches what it is said to reach, and nothing else', { timeout: 180_000 }, async () => {
  const lines: string[] = [];
  for (const [field, ways] of [...documents()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [shortest = ''] = ways;
    const reached: string[] = [];
    await Promise.all(
      scopes.map(async ({ name, kind }) => {
        const way = openWay(name, ways);
        await expectAnswer(`administrator ${name}`, way ?? shortest, way !== undefined);
        // Of a person without the role, an administrative scope is worth nothing; an open one is worth the same.
        if (kind === 'administrative')
          await expectAnswer(`person ${name}`, way ?? shortest, openWay('', ways) !== undefined);
        if (way !== undefined) reached.push(kind === 'administrative' ? `${name} (administrators)` : name);
      }),
    );
    lines.push(
      `${field}: ${reached.length === scopes.length ? 'every token' : reached.sort().join(', ') || 'none alone'}`,
    );
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('scope-matrix.txt');
});

test('every field of the schema is in the matrix', () => {
  const known = documents();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !isObjectType(type)) continue;
    for (const name of Object.keys(type.getFields()))
      expect(known.has(`${type.name}.${name}`), `${type.name}.${name}`).toBe(true);
  }
  expect(
    Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map(({ name }) => name),
  ).toEqual(['Node']);
});
