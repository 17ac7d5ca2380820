/** The apps that people let use their account. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { InTransaction } from '../database/unit-of-work.ts';
import type { Clock } from '../kernel/clock.ts';
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

  /** What a person has allowed an app so far; nothing once it is revoked. */
  async allowedScopes(accountId: string, appId: string): Promise<readonly string[]> {
    const found = await this.em.findOne(ConnectedApp, { account: accountId, app: appId, revokedAt: null });
    return found?.scopes ?? [];
  }

  /** Adds to what a person allows an app; of two at once, both count. One statement, so no race. */
  async connect(
    em: EntityManager,
    permission: { accountId: string; appId: string; scopes: readonly string[] },
  ): Promise<ConnectedApp> {
    const now = this.clock.now();
    const [row] = await em.execute<{ id: string }[]>(
      `insert into connected_app (id, account_id, app_id, scopes, created_at, last_used_at) values (?, ?, ?, ?, ?, ?)
       on conflict (account_id, app_id) where revoked_at is null
       do update set last_used_at = excluded.last_used_at,
         scopes = array(select distinct unnest(connected_app.scopes || excluded.scopes) order by 1)
       returning id`,
      [newId(), permission.accountId, permission.appId, [...permission.scopes], now, now],
    );
    if (row === undefined) throw new Error('The permission was not written.');
    return em.getReference(ConnectedApp, row.id);
  }

  /** The latest first. */
  async list(accountId: string, page: PageRequest): Promise<Page<ConnectedApp>> {
    const found = await this.em.find(
      ConnectedApp,
      { account: accountId, revokedAt: null, ...(page.after === null ? {} : { id: { $lt: page.after } }) },
      { orderBy: { id: 'desc' }, limit: page.first + 1, populate: ['app'] },
    );
    return toPage(found, page);
  }

  /** @returns null for one that is somebody else's, as for one that there is not */
  async find(accountId: string, id: string): Promise<ConnectedApp | null> {
    if (!isId(id)) return null;
    return this.em.findOne(ConnectedApp, { id, account: accountId, revokedAt: null }, { populate: ['app'] });
  }

  /**
   * One write: every token of it is dead from here on, on every node, for it lives only while this does.
   * @returns whether there was something to revoke
   */
  async revoke(accountId: string, id: string): Promise<boolean> {
    if (!isId(id)) return false;
    const revoked = await this.inTransaction((em) =>
      em.nativeUpdate(ConnectedApp, { id, account: accountId, revokedAt: null }, { revokedAt: this.clock.now() }),
    );
    return revoked > 0;
  }
}
