/** The first question to a database: is it there, and is it one that we can work with? */
import pg from 'pg';

export interface DatabaseFacts {
  /** As PostgreSQL counts: 180004 is 18.4. */
  readonly version: number;
  /** As people write it: `18.4`. */
  readonly versionName: string;
  readonly encoding: string;
  /** The database's own time. */
  readonly now: Date;
}

export class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem';
}

/** PostgreSQL's and the network's error codes that an operator can mend, in words. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there. Start it, or mend DATABASE_URL',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no such host. Mend DATABASE_URL',
  EAI_AGAIN: 'the host’s name cannot be looked up. Mend DATABASE_URL, or the network',
  ETIMEDOUT: 'it does not answer. Mend DATABASE_URL, or the network',
  EHOSTUNREACH: 'there is no way to that host. Mend DATABASE_URL, or the network',
  '28P01': 'it refuses the password. Mend DATABASE_URL',
  '28000': 'it refuses this user. Mend DATABASE_URL, or pg_hba.conf',
  '3D000': 'there is no such database. Create it, or mend DATABASE_URL',
  '53300': 'it has too many connections already. Lower LATCHKEY_DATABASE_POOL, or raise its max_connections',
  '57P03': 'it is starting up or shutting down. Try again in a moment',
};

const codeOf = (error: unknown): string => {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : '';
};

const problem = (url: string, error: unknown): DatabaseProblem => {
  const { host, pathname, searchParams } = new URL(url);
  const place = host || searchParams.get('host') || 'this machine';
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const reason = /timeout/i.test(message) ? reasons.ETIMEDOUT : reasons[codeOf(error)];
  return new DatabaseProblem(`The database ${pathname.slice(1)} at ${place} cannot be used: ${reason ?? message}.`, {
    cause: error,
  });
};

/**
 * @param url `postgresql://…`
 * @throws DatabaseProblem, one line that says what to do
 */
export const reachDatabase = async (url: string): Promise<DatabaseFacts> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<DatabaseFacts>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS "versionName",
              current_setting('server_encoding') AS encoding, clock_timestamp() AS now`,
    );
    const facts = rows[0] as DatabaseFacts;
    if (facts.version < 150_000) {
      throw new DatabaseProblem(`The database is PostgreSQL ${facts.versionName}: version 15 or later is needed.`);
    }
    if (facts.encoding !== 'UTF8') {
      throw new DatabaseProblem(`The database’s encoding is ${facts.encoding}: create it with ENCODING 'UTF8'.`);
    }
    return facts;
  } catch (error) {
    throw error instanceof DatabaseProblem ? error : problem(url, error);
  } finally {
    await client.end().catch(() => undefined);
  }
};
