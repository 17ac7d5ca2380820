/** The databases of a run: made anew in a cluster, dropped at its end. */
import pg from 'pg';

export interface Cluster {
  /** Connects to its `postgres` database as a role that may create others. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The same cluster's URL for another database. */
export const withDatabase = (clusterUrl: string, database: string): string => {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  return url.href;
};

/** Runs `work` on a connection of its own. */
export const connected = async <Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/**
 * @param template the database that it begins as a copy of
 * @returns its URL
 */
export const createDatabase = async (cluster: Cluster, database: string, template = 'template1'): Promise<string> => {
  await connected(cluster.url, async (client) => {
    await client.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`);
    await client.query(`create database ${pg.escapeIdentifier(database)} template ${pg.escapeIdentifier(template)}`);
  });
  return withDatabase(cluster.url, database);
};

export const dropDatabase = (cluster: Cluster, database: string): Promise<unknown> =>
  connected(cluster.url, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`),
  );

/** Leaves nothing for autovacuum and the checkpointer to do in the first rounds. */
export const settleDatabase = async (url: string): Promise<void> => {
  await connected(url, async (client) => {
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });
};

export const postgresVersion = (cluster: Cluster): Promise<string> =>
  connected(cluster.url, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'unknown';
  });
