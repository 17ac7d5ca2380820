/** `latchkey migrate`: brings the tables up to date, e.g. ahead of a new version. */
import { readConfig } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { reachDatabase } from '../database/reach-database.ts';
import { connectDatabase } from '../mikro-orm.config.ts';
import { answer, type OutputOptions } from './outcome.ts';

export const runMigrations = async (options: OutputOptions): Promise<void> => {
  const config = readConfig(process.env);
  const database = await openDatabase(config, (line) => process.stderr.write(`${line}\n`));
  try {
    await reachDatabase(database.url);
    const orm = await connectDatabase(database.url, 2);
    const migrations = await migrate(orm, database.url).finally(() => orm.close());
    const count = migrations.length;
    answer(options, { migrations }, [
      count === 0
        ? 'The tables are up to date.'
        : `Ran ${count} migration${count === 1 ? '' : 's'}: ${migrations.join(', ')}.`,
    ]);
  } finally {
    await database.close();
  }
};
