/** Which SQL statements a piece of work sends, whoever sends them: the ORM, Kysely or the driver itself. */
import pg from 'pg';

const textOf = (query: unknown): string => {
  if (typeof query === 'string') return query;
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : String(query);
};

/**
 * @returns the statements in order, those of everything that runs in this process meanwhile; without those that look for mail and for
 * jobs, which come in their own time
 */
export const recordStatements = async (work: () => Promise<unknown>): Promise<string[]> => {
  const statements: string[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...parameters: unknown[]) {
    statements.push(textOf(parameters[0]));
    return Reflect.apply(original, this, parameters);
  } as typeof original;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return statements.filter((statement) => !/\boutgoing_mail\b|^update job set attempts/.test(statement.trimStart()));
};
