/** What people have allowed apps. Tokens live only while it lasts, so ending it is one write and reaches them all at once. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { InTransaction } from '../database/unit-of-work.ts';
import { noteEndedAccess } from '../jobs/ended-access.ts';
import type { Clock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { type Page, type PageRequest, toPage } from '../kernel/page.ts';
import { isId, newId } from '../kernel/secrets.ts';
import { ConnectedApp } from './connected-app.entity.ts';

export class ConnectedApps {
  private readonly em: EntityManager;
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;

  constructor(dependencies: { em: EntityManager; inTransaction: InTransaction; clock: Clock }) {
    this.em = dependencies.em;
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
  }

  /**
   * Remembers that this person allows the app these scopes, on top of what they allowed before.
   *
   * @param em of the transaction that makes use of it
   * @returns the id of the connected app
   */
  async connect(
    em: EntityManager,
    permission: { accountId: string; appId: string; scopes: readonly string[] },
  ): Promise<string> {
    const now = this.clock.now();
    // One statement: of two consents at the same time, the later one adds to the earlier.
    const [row] = await em.execute<{ id: string }[]>(
      `insert into connected_app (id, account_id, app_id, scopes, created_at, last_used_at) values (?, ?, ?, ?::text[], ?, ?)
      on conflict (account_id, app_id) where revoked_at is null do update set
        last_used_at = excluded.last_used_at,
        scopes = array(select distinct unnest(connected_app.scopes || excluded.scopes) order by 1)
      returning id`,
      [newId(), permission.accountId, permission.appId, textArray(permission.scopes), now, now],
    );
    if (row === undefined) throw new Error('The permission was not written.');
    return row.id;
  }

  /** What this person has allowed the app, if anything. */
  find(accountId: string, appId: string): Promise<ConnectedApp | null> {
    return this.em.fork().findOne(ConnectedApp, { account: accountId, app: appId, revokedAt: null });
  }

  /** @returns null where there is none, or it is somebody else's */
  async findOwn(accountId: string, id: string): Promise<ConnectedApp | null> {
    return isId(id) ? this.em.fork().findOne(ConnectedApp, { id, account: accountId, revokedAt: null }) : null;
  }

  async list(accountId: string, page: PageRequest): Promise<Page<ConnectedApp>> {
    const found = await this.em
      .fork()
      .find(
        ConnectedApp,
        { account: accountId, revokedAt: null, ...(page.after === null ? {} : { id: { $lt: page.after } }) },
        { orderBy: { id: 'desc' }, limit: page.first + 1 },
      );
    return toPage(found, page);
  }

  /**
   * Ends it, and with it every token that was issued from it.
   *
   * @throws DomainError NOT_FOUND, also where it is somebody else's or was ended before
   */
  async revoke(accountId: string, id: string): Promise<void> {
    const now = this.clock.now();
    const revoked = isId(id)
      ? await this.inTransaction(async (em) => {
          const own = { id, account: accountId, revokedAt: null };
          const count = await em.nativeUpdate(ConnectedApp, own, { revokedAt: now });
          if (count > 0) noteEndedAccess(em, { connectedApp: id }, now);
          return count;
        })
      : 0;
    if (revoked === 0) throw DomainError.notFound('connected app');
  }
}

/** As PostgreSQL writes an array; scopes hold neither quotes nor backslashes (RFC 6749 §3.3). */
const textArray = (values: readonly string[]): string => `{${values.map((value) => `"${value}"`).join(',')}}`;
