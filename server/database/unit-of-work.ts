/** The one way to change the database: everything in `work` is kept, or nothing. */
import { DeadlockException, type EntityManager, type MikroORM } from '@mikro-orm/postgresql';

export type InTransaction = <T>(work: (em: EntityManager) => Promise<T>) => Promise<T>;

/** How often work is begun anew that PostgreSQL broke off, because it and another waited for each other. */
const attempts = 3;

/**
 * `clear: true`: entities loaded outside are strangers inside, so a change that was rolled back can never be written by the
 * request's next transaction. `required`: a transaction within a transaction is the same one.
 */
export const unitOfWork = (orm: MikroORM): InTransaction => {
  const once: InTransaction = (work) =>
    orm.em.transactional((em) => work(em as EntityManager), { propagation: 'required', clear: true });
  return async (work) => {
    // Broken off is the whole of it, so only the whole can begin anew.
    if (orm.em.isInTransaction()) return once(work);
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(work);
      } catch (error) {
        if (!(error instanceof DeadlockException) || attempt === attempts) throw error;
      }
    }
  };
};
