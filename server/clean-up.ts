/**
 * Removes what is over, in small batches that hold no lock for long and never wait for one: rows that somebody works with are left
 * for the next time.
 *
 * What shows that something was used before stays for as long as what it gave may live: a code, with its family of tokens; a refresh
 * token, until it would be refused for its age; a session, while anything that was allowed in it lives.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Statement, Statements } from './database/statements.ts';
import type { Chore } from './jobs/jobs.ts';
import { type Clock, secondsAfter } from './kernel/clock.ts';

const batch = 1000;
/** Milliseconds between two batches, for others. */
const pause = 20;

const day = 86_400;

/** Rows that one condition tells to be over; `$1`: the time before which. */
interface Expired {
  readonly table: string;
  readonly over: string;
  /** The indexed end, which finds them without a look at what lives. */
  readonly order?: string;
  /** Seconds for which they stay all the same. */
  readonly keptFor: number;
}

const expired = (table: string, keptFor: number): Expired => ({
  table,
  over: 'expires_at < $1',
  order: 'expires_at',
  keptFor,
});

/** Looked for often: what is made with every sign-in or request. */
const shortLived: readonly Expired[] = [
  expired('access_token', 3600),
  expired('refresh_token', day),
  expired('authorization_request', 3600),
  expired('pushed_request', 3600),
  expired('device_authorization', day),
  // A minute for clocks that differ.
  expired('used_jti', 60),
  expired('used_proof', 60),
  { table: 'rate_limit', over: 'expire < extract(epoch from $1::timestamptz) * 1000', order: 'expire', keptFor: 60 },
];

/** Few, or looked through as a whole: once a day. */
const longLived: readonly Expired[] = [
  { table: 'email_challenge', over: 'expires_at < $1', keptFor: day },
  { table: 'registration_token', over: 'expires_at < $1', keptFor: 30 * day },
  { table: 'connected_app', over: 'revoked_at < $1', keptFor: 30 * day },
  {
    table: 'app',
    over: `origin = 'document' and document_expires_at < $1
      and not exists (select from connected_app c where c.app_id = app.id)`,
    keptFor: 30 * day,
  },
  { table: 'outgoing_mail', over: 'next_attempt_at is null and created_at < $1', keptFor: 30 * day },
  { table: 'job', over: 'due_at is null and created_at < $1', keptFor: 30 * day },
  // Until then an ID token of that key still says who signs out.
  { table: 'signing_key', over: 'published_until < $1', keptFor: 400 * day },
];

/** Rows that are over where others say so too: looked through in the order of their ids; `$1`: the time before which, `$2`: the last id. */
interface Walked {
  readonly table: string;
  readonly over: string;
}

/** No access token lives for longer than a day (`LATCHKEY_ACCESS_TOKEN_LIFETIME_MAX`), so this is after the last of them. */
const walkedAfter = 2 * day;

const walked: readonly Walked[] = [
  {
    table: 'token_family',
    // While its session lives, the sign-out must still find the app; without `offline_access` nothing outlives the session.
    over: `created_at < $1 and (ended_at < $1 or not offline or not exists (select from refresh_token r where r.family_id = t.id))
      and exists (select from browser_session s where s.id = t.session_id and (s.ended_at < $1 or s.expires_at < $1))`,
  },
  {
    table: 'browser_session',
    over: '(ended_at < $1 or expires_at < $1) and not exists (select from token_family f where f.session_id = t.id)',
  },
];

const deleteExpired = ({ table, over, order }: Expired): Statement => ({
  name: `clean_up_${table}`,
  text: `with gone as (
      delete from ${table} where ctid = any(array(
        select ctid from ${table} where ${over} ${order === undefined ? '' : `order by ${order}`}
        limit ${batch} for update skip locked))
      returning 1
    ) select count(*)::int as removed from gone`,
});

const deleteWalked = ({ table, over }: Walked): Statement => ({
  name: `clean_up_${table}`,
  text: `with page as (select id from ${table} where id > $2 order by id limit ${batch}),
    dead as (select id from ${table} t where id in (select id from page) and ${over} for update skip locked),
    gone as (delete from ${table} where id in (select id from dead) returning 1)
    select (select id from page order by id desc limit 1) as last, (select count(*)::int from gone) as removed`,
});

/** The private part of a key that signs no more is of use to nobody but a thief. */
const destroyPrivateKeys: Statement = {
  name: 'clean_up_private_keys',
  text: 'update signing_key set sealed_private_jwk = null where retired_at < $1 and sealed_private_jwk is not null',
};

const firstId = '00000000-0000-0000-0000-000000000000';

export class CleanUp {
  constructor(private readonly deps: { statements: Statements; clock: Clock }) {}

  /** Every ten minutes. */
  get often(): Chore {
    return { every: 600, run: (signal) => this.removeAll(shortLived, signal) };
  }

  /** Once a day: the rest. */
  get daily(): Chore {
    return {
      every: day,
      run: async (signal) => {
        const { statements, clock } = this.deps;
        await statements.rows(destroyPrivateKeys, [secondsAfter(clock.now(), -day)]);
        await this.removeAll(longLived, signal);
        for (const table of walked) await this.walk(table, signal);
      },
    };
  }

  private async removeAll(tables: readonly Expired[], signal: AbortSignal): Promise<void> {
    for (const table of tables) await this.remove(table, signal);
  }

  private async remove(table: Expired, signal: AbortSignal): Promise<void> {
    const { statements, clock } = this.deps;
    const statement = deleteExpired(table);
    while (!signal.aborted) {
      const before = secondsAfter(clock.now(), -table.keptFor);
      const row = await statements.row<{ removed: number }>(statement, [before]);
      if ((row?.removed ?? 0) < batch) return;
      await sleep(pause);
    }
  }

  private async walk(table: Walked, signal: AbortSignal): Promise<void> {
    const { statements, clock } = this.deps;
    const statement = deleteWalked(table);
    const before = secondsAfter(clock.now(), -walkedAfter);
    for (let last: string | null = firstId; last !== null && !signal.aborted; ) {
      const row: { last: string | null } | undefined = await statements.row(statement, [before, last]);
      last = row?.last ?? null;
      await sleep(pause);
    }
  }
}
