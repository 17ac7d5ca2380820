/** Which apps a sign-out concerns: those that were given something in the session that ended. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { App } from '../../apps/app.entity.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import type { EndedAccess } from '../../jobs/ended-access.ts';
import { type JobKind, queueJob, type WaitingJob } from '../../jobs/jobs.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Subjects } from '../tokens/subjects.ts';
import { type LogoutTokenData, logoutTokenKind } from './logout-tokens.ts';

/** One session at one app. */
const appsInSessions = `
  select distinct family.app_id as app, session.account_id as account, session.id as session
  from token_family family
    join browser_session session on session.id = family.session_id
    join connected_app connection on connection.id = family.connected_app_id
    join app on app.id = family.app_id`;

const hearsOfIt = 'app.backchannel_logout_uri is not null';

/** Writes a logout token's job for each of them. */
export class EndedAccessNotices implements JobKind {
  readonly firstPause = 5;
  readonly maxAttempts = 20;

  constructor(private readonly deps: { inTransaction: InTransaction; clock: Clock }) {}

  run(job: WaitingJob): Promise<void> {
    const { inTransaction, clock } = this.deps;
    return inTransaction(async (em) => {
      for (const told of await findTold(em, job.data as EndedAccess, job.createdAt)) {
        queueJob(em, logoutTokenKind, told, clock.now());
      }
    });
  }
}

const findTold = async (em: EntityManager, ended: EndedAccess, at: Date): Promise<LogoutTokenData[]> => {
  if ('session' in ended) return inSessions(em, [ended.session]);
  if ('connectedApp' in ended) return atConnectedApp(em, ended.connectedApp, at);
  // A lock or a new password says of every session and every token at once that it is over; here each is told so, and never again.
  const sessions = await em.execute<{ id: string }[]>(
    `update browser_session set ended_at = account.access_ended_at from account
      where account.id = ? and browser_session.account_id = account.id and browser_session.ended_at is null
        and browser_session.authenticated_at < account.access_ended_at and browser_session.expires_at > ?
      returning browser_session.id`,
    [ended.account, at],
  );
  const families = await em.execute<{ id: string }[]>(
    `update token_family family set ended_at = account.access_ended_at from account, connected_app connection
      where account.id = ? and connection.account_id = account.id and family.connected_app_id = connection.id
        and connection.revoked_at is null and family.offline and family.ended_at is null
        and family.created_at < account.access_ended_at and (family.expires_at is null or family.expires_at > ?)
      returning family.id`,
    [ended.account, at],
  );
  return inSessions(em, idsOf(sessions), idsOf(families));
};

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/**
 * An app whose connection was ended has been told already.
 *
 * @param families whose tokens outlived their sessions
 */
const inSessions = async (
  em: EntityManager,
  sessions: readonly string[],
  families: readonly string[] = [],
): Promise<LogoutTokenData[]> =>
  em.execute<LogoutTokenData[]>(
    `${appsInSessions} where ${hearsOfIt} and connection.revoked_at is null
      and (session.id = any(?::uuid[]) or family.id = any(?::uuid[]))`,
    [`{${sessions.join(',')}}`, `{${families.join(',')}}`],
  );

/** Where its tokens could still be used: in live sessions, and after them with `offline_access`. */
const atConnectedApp = (em: EntityManager, connectedApp: string, at: Date): Promise<LogoutTokenData[]> =>
  em.execute<LogoutTokenData[]>(
    `${appsInSessions} where ${hearsOfIt} and connection.id = ? and family.ended_at is null
      and (family.offline or (session.ended_at is null and session.expires_at > ?))`,
    [connectedApp, at],
  );

/** The same by the person's browser (OpenID Connect Front-Channel Logout 1.0). */
export class FrontChannelLogout {
  constructor(private readonly deps: { em: EntityManager; subjects: Subjects; issuer: string }) {}

  /** The pages that the browser must open, in frames, so that each app ends its own session. */
  async pagesFor(sessionId: string): Promise<string[]> {
    const { em, subjects, issuer } = this.deps;
    const ids = await em
      .fork()
      .execute<{ app: string }[]>(
        `${appsInSessions} where app.frontchannel_logout_uri is not null and session.id = ? and connection.revoked_at is null`,
        [sessionId],
      );
    const apps = await em.fork().find(App, { id: { $in: ids.map(({ app }) => app) } }, { orderBy: { id: 'asc' } });
    return apps.flatMap((app) => {
      const uri = app.frontchannelLogoutUri;
      // §2: its own query stays; both parameters or none.
      const who = new URLSearchParams({ iss: issuer, sid: subjects.sidFor(app, sessionId) });
      return uri == null ? [] : [`${uri}${uri.includes('?') ? '&' : '?'}${who}`];
    });
  }
}
