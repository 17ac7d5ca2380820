import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../server/database/migrate.ts';
import { connectDatabase } from '../../server/mikro-orm.config.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createDatabase({ empty: true });
});
afterEach(() => database.drop());

test('entities, migrations and the snapshot agree', async () => {
  const orm = await connectDatabase(database.url, 2);
  try {
    await migrate(orm, database.url);
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    expect(await orm.migrator.checkSchema()).toBe(false);
  } finally {
    await orm.close();
  }
});

test('several processes migrate at once: one does it, the others find it done', async () => {
  const nodes = await Promise.all([1, 2, 3].map(() => connectDatabase(database.url, 2)));
  try {
    const done = await Promise.all(nodes.map((orm) => migrate(orm, database.url)));
    expect(done.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrate(nodes[0] as (typeof nodes)[0], database.url)).toEqual([]);
  } finally {
    await Promise.all(nodes.map((orm) => orm.close()));
  }
});
