/** The registered apps, as people and administrators look them up. */
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { partOf, searchable } from '../database/search.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Page, type PageRequest, toPage } from '../kernel/page.ts';
import { isId } from '../kernel/secrets.ts';
import { type AppApiAccess, apiAccessOf } from './api-access.ts';
import { App } from './app.entity.ts';
import { AppSecret } from './app-secret.entity.ts';

export class Apps {
  private readonly em: EntityManager;
  private readonly clock: Clock;

  constructor(dependencies: { em: EntityManager; clock: Clock }) {
    this.em = dependencies.em;
    this.clock = dependencies.clock;
  }

  async find(id: string): Promise<App | null> {
    return isId(id) ? this.em.fork().findOne(App, { id }) : null;
  }

  findByClientId(clientId: string): Promise<App | null> {
    return this.em.fork().findOne(App, { clientId });
  }

  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, App>> {
    const apps = await this.em.fork().find(App, { id: { $in: [...ids] } });
    return new Map(apps.map((app) => [app.id, app]));
  }

  /**
   * The latest first.
   *
   * @param filter.ownerId only this account's
   * @param filter.search a part of the name, or the whole client id
   */
  async list(filter: { ownerId?: string; search?: string }, page: PageRequest): Promise<Page<App>> {
    const conditions: FilterQuery<App>[] = [];
    if (filter.ownerId !== undefined) conditions.push({ owner: filter.ownerId });
    if (filter.search) {
      const search = searchable(filter.search);
      conditions.push({ $or: [{ name: { $ilike: partOf(search) } }, { clientId: search }] });
    }
    if (page.after !== null) conditions.push({ id: { $lt: page.after } });
    const found = await this.em
      .fork()
      .find(App, { $and: conditions }, { orderBy: { id: 'desc' }, limit: page.first + 1 });
    return toPage(found, page);
  }

  /** The secrets that work now, of several apps, the latest first. */
  async liveSecrets(appIds: readonly string[]): Promise<ReadonlyMap<string, AppSecret[]>> {
    const secrets = await this.em
      .fork()
      .find(
        AppSecret,
        { app: { $in: [...appIds] }, $or: [{ expiresAt: null }, { expiresAt: { $gt: this.clock.now() } }] },
        { orderBy: { id: 'desc' } },
      );
    return Map.groupBy(secrets, (secret) => secret.app.id);
  }

  /** What each of several apps may ask for at the institution's own APIs. */
  apiAccess(appIds: readonly string[]): Promise<ReadonlyMap<string, AppApiAccess[]>> {
    return apiAccessOf(this.em.fork(), appIds);
  }

  /** With its app. */
  async findLiveSecret(id: string): Promise<AppSecret | null> {
    const live = { $or: [{ expiresAt: null }, { expiresAt: { $gt: this.clock.now() } }] };
    return isId(id) ? this.em.fork().findOne(AppSecret, { id, ...live }, { populate: ['app'] }) : null;
  }
}
