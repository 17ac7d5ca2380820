import { Migration } from '@mikro-orm/migrations';

/** The table of rate-limiter-flexible, which is no entity: made here, so that nodes need no right to create tables. */
export class Migration20261124190000 extends Migration {
  override name = 'Migration20261124190000';

  override up(): void {
    this.addSql(
      `create table "rate_limit" ("key" varchar(255) not null, "points" int not null default 0, "expire" bigint null, primary key ("key"));`,
    );
    this.addSql(`create index "rate_limit_expire_index" on "rate_limit" ("expire");`);
  }

  override down(): void {
    this.addSql(`drop table "rate_limit";`);
  }
}
