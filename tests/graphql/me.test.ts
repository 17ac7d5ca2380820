/** The shortest way through the API: `me` by a bearer token. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerFor } from '../support/graphql-caller.ts';
import { aPerson } from '../support/personas.ts';
import { recordStatements } from '../support/statements.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

test('me takes one SQL statement, the check of the token included', async () => {
  const { account } = await aPerson(app, { givenName: 'Ada', familyName: 'Lovelace' });
  const caller = await callerFor(app, account, ['profile', 'email']);
  const query = '{ me { id username email emailVerified name createdAt roles } }';
  await caller.data(query);
  const statements = await recordStatements(() => caller.data(query));
  expect(statements).toHaveLength(1);
  expect(await caller.data(query)).toEqual({
    me: {
      id: account.id,
      username: account.username,
      email: account.email,
      emailVerified: true,
      name: 'Ada Lovelace',
      createdAt: account.createdAt.toISOString(),
      roles: [],
    },
  });
});
