/** The one way to change the database: everything in `work` is kept, or nothing. */
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';

export type InTransaction = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

/**
 * `clear: true`: entities loaded outside are strangers inside, so a change that was rolled back can never be written by the
 * request's next transaction. `required`: a transaction within a transaction is the same one.
 */
export const unitOfWork =
  (orm: MikroORM): InTransaction =>
  (work) =>
    orm.em.transactional((em) => work(em as EntityManager), { propagation: 'required', clear: true });
