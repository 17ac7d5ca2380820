/** What a command works with: the settings, the database brought up to date, and the entities, given back in the end. */
import { constants } from 'node:os';
import { type EntityManager, type MikroORM, RequestContext } from '@mikro-orm/postgresql';
import { type Config, readConfig } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { reachDatabase } from '../database/reach-database.ts';
import { type InTransaction, unitOfWork } from '../database/unit-of-work.ts';
import { connectDatabase } from '../mikro-orm.config.ts';

export interface Workplace {
  readonly config: Config;
  readonly orm: MikroORM;
  readonly em: EntityManager;
  readonly inTransaction: InTransaction;
}

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** A command that is broken off still gives back the embedded database, which would run on without it. */
const closeOnSignal = (database: Database): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void database.close().finally(() => process.exit(128 + constants.signals[signal]));
    });
  }
};

/** Beside a running server and alone, on the operator's database and on the embedded one. */
export const atWorkplace = async <T>(work: (workplace: Workplace) => Promise<T>): Promise<T> => {
  const config = readConfig(process.env);
  const database = await openDatabase(config, tell);
  closeOnSignal(database);
  try {
    await reachDatabase(database.url);
    const orm = await connectDatabase(database.url, 2);
    try {
      await migrate(orm, database.url);
      return await RequestContext.create(orm.em, () =>
        work({ config, orm, em: orm.em, inTransaction: unitOfWork(orm) }),
      );
    } finally {
      await orm.close();
    }
  } finally {
    await database.close();
  }
};
