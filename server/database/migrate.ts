/** Brings the database's tables to this version; any number of processes may try at once, and all but the first find it done. */
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

/** Any number will do, as long as no other program locks the same one in this database. */
const migrationLock = 4_715_002;

/**
 * @param databaseUrl of the same database as `orm`: the lock needs a connection of its own
 * @returns the names of the migrations that were run
 */
export const migrate = async (orm: MikroORM, databaseUrl: string): Promise<string[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const pending = await orm.migrator.getPending();
    if (pending.length === 0) return [];
    const done = await orm.migrator.up();
    return done.map(({ name }) => name);
  } finally {
    await client.end();
  }
};
