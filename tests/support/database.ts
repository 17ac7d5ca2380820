/** A database of its own for a test file: migrated, empty, gone afterwards. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const administer = async (statement: string): Promise<void> => {
  const url = new URL(inject('templateDatabase'));
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/** @param options.empty without any table, as before the first migration */
export const createDatabase = async (options: { empty?: boolean } = {}): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(inject('templateDatabase'));
  const template = options.empty ? 'template0' : url.pathname.slice(1);
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
};
