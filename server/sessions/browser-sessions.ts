/** Where people are signed in: one session for each browser, named by a cookie that only that browser holds. */
import { type EntityManager, type FilterQuery, LockMode } from '@mikro-orm/postgresql';
import { Account, type PostalAddress } from '../accounts/account.entity.ts';
import type { Statements } from '../database/statements.ts';
import type { InTransaction } from '../database/unit-of-work.ts';
import { noteEndedAccess } from '../jobs/ended-access.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { type Page, type PageRequest, toPage } from '../kernel/page.ts';
import { hashOf, isCredential, isId, newCredential } from '../kernel/secrets.ts';
import { BrowserSession } from './browser-session.entity.ts';

/** A live session and its person, as one statement reads them. */
export interface LiveSession {
  readonly session: {
    readonly id: string;
    /** When the person last proved who they are: `auth_time`. */
    readonly authenticatedAt: Date;
    readonly amr: string[];
  };
  readonly account: {
    readonly id: string;
    readonly username: string;
    readonly email: string;
    readonly emailVerifiedAt: Date | null;
    readonly givenName: string | null;
    readonly familyName: string | null;
    readonly displayName: string | null;
    readonly locale: string | null;
    readonly zoneinfo: string | null;
    readonly gender: string | null;
    readonly birthdate: string | null;
    readonly phoneNumber: string | null;
    readonly address: PostalAddress | null;
    readonly isAdministrator: boolean;
  };
}

export interface NewSession {
  readonly accountId: string;
  /** RFC 8176 values: how the person proved who they are. */
  readonly amr: readonly string[];
  readonly userAgent: string | undefined;
  readonly address: string;
  /** The cookie that this browser had before: that session ends. */
  readonly replaces?: string | undefined;
}

type FoundRow = LiveSession['session'] &
  Omit<LiveSession['account'], 'id' | 'isAdministrator'> & { accountId: string; roles: string[]; lastUsedAt: Date };

const findLive = {
  name: 'browser_session_live',
  text: `select s.id, s.authenticated_at as "authenticatedAt", s.amr, s.last_used_at as "lastUsedAt",
      a.id as "accountId", a.username, a.email, a.email_verified_at as "emailVerifiedAt", a.given_name as "givenName",
      a.family_name as "familyName", a.display_name as "displayName", a.locale, a.zoneinfo, a.gender, a.birthdate,
      a.phone_number as "phoneNumber", a.address, a.roles
    from browser_session s join account a on a.id = s.account_id
    where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and a.locked_at is null
      and (a.access_ended_at is null or s.authenticated_at >= a.access_ended_at)`,
};

const touch = {
  name: 'browser_session_touch',
  text: 'update browser_session set last_used_at = $2, address = $3 where id = $1 and last_used_at <= $4',
};

/** Seconds between two notes of a session's use: reading a page should not always be a write. */
const touchInterval = 60;

const isSessionCookie = (value: string): boolean => isCredential('bs', value);

export class BrowserSessions {
  private readonly em: EntityManager;
  private readonly statements: Statements;
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;
  private readonly lifetime: number;

  constructor(dependencies: {
    em: EntityManager;
    statements: Statements;
    inTransaction: InTransaction;
    clock: Clock;
    /** Seconds. */
    lifetime: number;
  }) {
    this.em = dependencies.em;
    this.statements = dependencies.statements;
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
    this.lifetime = dependencies.lifetime;
  }

  /**
   * The session that a cookie names: none where it has ended or expired, or the account is locked.
   *
   * @param address of this use, noted at most once a minute
   */
  async find(cookie: string, address: string): Promise<LiveSession | null> {
    if (!isSessionCookie(cookie)) return null;
    const now = this.clock.now();
    const row = await this.statements.row<FoundRow>(findLive, [hashOf(cookie), now]);
    if (row === undefined) return null;
    const { id, authenticatedAt, amr, accountId, roles, lastUsedAt, ...person } = row;
    const before = secondsAfter(now, -touchInterval);
    if (lastUsedAt <= before) await this.statements.rows(touch, [id, now, address, before]);
    return {
      session: { id, authenticatedAt, amr },
      account: { ...person, id: accountId, isAdministrator: roles.includes('administrator') },
    };
  }

  /**
   * Who signs in again where they are signed in goes on with their session, under a new cookie: what other apps were given in it
   * lives on. Anybody else's session in that browser ends.
   *
   * @returns the value of the new cookie, which is kept nowhere here, and for how many seconds it works
   */
  async start(em: EntityManager, begun: NewSession): Promise<{ cookie: string; lifetime: number }> {
    const now = this.clock.now();
    const cookie = newCredential('bs');
    const fresh = {
      tokenHash: hashOf(cookie),
      authenticatedAt: now,
      amr: [...begun.amr],
      lastUsedAt: now,
      expiresAt: secondsAfter(now, this.lifetime),
      userAgent: begun.userAgent?.slice(0, 500) ?? null,
      address: begun.address,
    };
    const account = em.getReference(Account, begun.accountId);
    if (begun.replaces !== undefined && isSessionCookie(begun.replaces)) {
      const before = { tokenHash: hashOf(begun.replaces), endedAt: null };
      const renewed = await em.nativeUpdate(BrowserSession, { ...before, account, expiresAt: { $gt: now } }, fresh);
      if (renewed > 0) return { cookie, lifetime: this.lifetime };
      await this.endWhere(em, before, now);
    }
    const session = em.create(BrowserSession, { ...fresh, account, createdAt: now });
    await em.persist(session).flush();
    return { cookie, lifetime: this.lifetime };
  }

  /** @returns whether there was such a live session of this person; somebody else's is none */
  async end(accountId: string, sessionId: string): Promise<boolean> {
    if (!isId(sessionId)) return false;
    const now = this.clock.now();
    const own = { id: sessionId, account: accountId, endedAt: null, expiresAt: { $gt: now } };
    return (await this.inTransaction((em) => this.endWhere(em, own, now))) > 0;
  }

  /** @returns how many live sessions of this person it ended */
  endAll(accountId: string): Promise<number> {
    const now = this.clock.now();
    const own = { account: accountId, endedAt: null, expiresAt: { $gt: now } };
    return this.inTransaction((em) => this.endWhere(em, own, now));
  }

  /** Ends the session that a cookie names, if it is one. */
  async endByCookie(cookie: string): Promise<void> {
    if (!isSessionCookie(cookie)) return;
    const named = { tokenHash: hashOf(cookie), endedAt: null };
    await this.inTransaction((em) => this.endWhere(em, named, this.clock.now()));
  }

  /** @returns how many it ended; the apps that were used in them will hear of it */
  private async endWhere(em: EntityManager, where: FilterQuery<BrowserSession>, now: Date): Promise<number> {
    // Locked one after the other in the order of ids: of two that end the same ones, the second finds them ended.
    const options = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
    const ended = await em.find(BrowserSession, where, options);
    for (const session of ended) {
      session.endedAt = now;
      noteEndedAccess(em, { session: session.id }, now);
    }
    await em.flush();
    return ended.length;
  }

  /** @returns null where there is no such live session, or it is somebody else's */
  async findOwn(accountId: string, sessionId: string): Promise<BrowserSession | null> {
    if (!isId(sessionId)) return null;
    const where = { id: sessionId, account: accountId, endedAt: null, expiresAt: { $gt: this.clock.now() } };
    return this.em.fork().findOne(BrowserSession, where);
  }

  /** Where a person is signed in now, the latest first. */
  async list(accountId: string, page: PageRequest): Promise<Page<BrowserSession>> {
    const found = await this.em.fork().find(
      BrowserSession,
      {
        account: accountId,
        endedAt: null,
        expiresAt: { $gt: this.clock.now() },
        ...(page.after === null ? {} : { id: { $lt: page.after } }),
      },
      { orderBy: { id: 'desc' }, limit: page.first + 1, populate: ['account'] },
    );
    const { items, hasMore } = toPage(found, page);
    return { items: items.filter(isOfLiveAccount), hasMore };
  }
}

/** @param session with its account */
const isOfLiveAccount = ({ authenticatedAt, account }: BrowserSession): boolean => {
  const { isLocked, accessEndedAt } = account.getEntity();
  return !isLocked && (accessEndedAt == null || authenticatedAt >= accessEndedAt);
};
