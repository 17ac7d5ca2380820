/** An operation that takes too long is given up. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { anApp, aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let caller: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_GRAPHQL_TIMEOUT: '1' } });
  const person = await aPerson(app);
  await anApp(app, { ownedBy: person });
  caller = await callerFor(app, person.account, ['apps:read']);
});
afterAll(() => app.close());

test('after the seconds of the setting, and the next one is answered', async () => {
  const query = '{ apps { nodes { secrets { hint } } } }';
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('lock table app_secret in access exclusive mode');
    const begun = performance.now();
    const { status, data, errors } = await caller.call(query);
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(status).toBe(503);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.extensions).toEqual({ code: 'TIMEOUT' });
  } finally {
    await client.end();
  }
  expect((await caller.data(query)).apps.nodes).toHaveLength(1);
});
