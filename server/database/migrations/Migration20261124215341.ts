import { Migration } from '@mikro-orm/migrations';

export class Migration20261124215341 extends Migration {

  override name = 'Migration20261124215341';

  override up(): void | Promise<void> {
    this.addSql(`create table "job" ("id" uuid not null, "kind" text not null, "name" text null, "data" jsonb not null, "created_at" timestamptz not null, "attempts" int not null default 0, "due_at" timestamptz null, "done_at" timestamptz null, "last_error" text null, primary key ("id"));`);
    this.addSql(`alter table "job" add constraint "job_name_unique" unique ("name");`);
    this.addSql(`create index "job_due_at_index" on "job" ("due_at");`);

    this.addSql(`alter table "signing_key" alter column "sealed_private_jwk" drop not null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "job" cascade;`);

    this.addSql(`alter table "signing_key" alter column "sealed_private_jwk" set not null;`);
  }

}
