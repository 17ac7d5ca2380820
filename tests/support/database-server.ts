/** One PostgreSQL for the whole run, in a temporary folder, with a migrated template that each test file copies. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
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

const prefix = 'latchkey-tests-';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A run that was killed leaves its database running: the next run stops it. */
const sweep = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const abandoned = new EmbeddedPostgres(join(tmpdir(), name), () => undefined);
    await abandoned.join().then(
      () => abandoned.leave(),
      () => undefined,
    );
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
};

export default async (project: TestProject): Promise<() => Promise<void>> => {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
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
