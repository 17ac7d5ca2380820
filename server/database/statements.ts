/** The hottest statements, prepared once on each connection: they skip the ORM and the planner, and run outside transactions. */
import type { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

/** A statement under a name; the name must be unique in the product, and the text must never change under it. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export class Statements {
  private constructor(private readonly pool: pg.Pool) {}

  static async on(orm: MikroORM): Promise<Statements> {
    return new Statements(await orm.em.getConnection().getNativeClient());
  }

  /** @param values in the order of `$1`, `$2`, … */
  async rows<Row extends object>(statement: Statement, values: unknown[]): Promise<Row[]> {
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
