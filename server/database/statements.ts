/** The hottest statements, prepared once on each connection: they skip the ORM and the planner, and run outside transactions. */
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

/** A statement under a name; the name must be unique in the product, and the text must never change under it. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const deadlockDetected = '40P01';

export class Statements {
  private constructor(private readonly pool: pg.Pool) {}

  static async on(orm: MikroORM): Promise<Statements> {
    return new Statements(await orm.em.getConnection().getNativeClient());
  }

  /** @param values in the order of `$1`, `$2`, … */
  async rows<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]> {
    try {
      return await this.query<Row>(statement, values);
    } catch (error) {
      // Of two that waited for each other PostgreSQL broke this one off, before it did anything.
      if (!(error instanceof pg.DatabaseError) || error.code !== deadlockDetected) throw error;
      return this.query<Row>(statement, values);
    }
  }

  private async query<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]> {
    const result = await this.pool.query<Row>({
      ...statement,
      values: values.map((value) => (value instanceof Date ? value.toISOString() : value)), // The driver takes longer.
      types: pg.types,
    });
    return result.rows;
  }

  async row<Row extends object>(statement: Statement, values: unknown[]): Promise<Row | undefined> {
    return (await this.rows<Row>(statement, values))[0];
  }
}
