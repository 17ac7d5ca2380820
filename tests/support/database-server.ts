/** One PostgreSQL for the whole run, in a temporary folder, with a migrated template that each test file copies. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { EmbeddedPostgres } from '../../server/database/embedded-postgres.ts';
import { migrate } from '../../server/database/migrate.ts';
import { connectDatabase } from '../../server/mikro-orm.config.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `postgresql://…` of the template: the same server holds every test's database. */
    templateDatabase: string;
  }
}

/** What a test writes need not outlive the machine. */
const hurry = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER SYSTEM SET fsync = off');
  await client.query('ALTER SYSTEM SET synchronous_commit = off');
  await client.query('ALTER SYSTEM SET full_page_writes = off');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
};

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-tests-'));
  const server = new EmbeddedPostgres(folder, () => undefined);
  await server.join();
  await hurry(server.url);
  const orm = await connectDatabase(server.url, 2);
  await migrate(orm, server.url);
  await orm.close();
  project.provide('templateDatabase', server.url);
  return async () => {
    await server.leave();
    await rm(folder, { recursive: true, force: true });
  };
};
