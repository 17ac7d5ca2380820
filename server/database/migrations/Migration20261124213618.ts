import { Migration } from '@mikro-orm/migrations';

export class Migration20261124213618 extends Migration {

  override name = 'Migration20261124213618';

  override up(): void | Promise<void> {
    this.addSql(`alter table "api" add "access_token_signing_alg" text not null default 'ES256';`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "api" drop column "access_token_signing_alg";`);
  }

}
