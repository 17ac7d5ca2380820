import { Migration } from '@mikro-orm/migrations';

export class Migration20261124000000 extends Migration {

  override name = 'Migration20261124000000';

  override up(): void | Promise<void> {
    this.addSql(`create table "account" ("id" uuid not null, "username" text not null, "username_key" text not null, "email" text not null, "email_key" text not null, "email_verified_at" timestamptz null, "password_hash" text null, "password_changed_at" timestamptz null, "given_name" text null, "family_name" text null, "display_name" text null, "locale" text null, "zoneinfo" text null, "roles" text[] not null default '{}', "locked_at" timestamptz null, "access_ended_at" timestamptz null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "account" add constraint "account_username_key_unique" unique ("username_key");`);
    this.addSql(`alter table "account" add constraint "account_email_key_unique" unique ("email_key");`);

    this.addSql(`create table "app" ("id" uuid not null, "client_id" text not null, "name" text not null, "type" text not null, "auth_method" text not null, "redirect_uris" text[] not null, "grant_types" text[] not null, "scopes" text[] not null, "require_pkce" boolean not null default true, "trusted" boolean not null default false, "homepage_uri" text null, "owner_id" uuid null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "app" add constraint "app_client_id_unique" unique ("client_id");`);
    this.addSql(`create index "app_owner_id_index" on "app" ("owner_id");`);

    this.addSql(`create table "app_secret" ("id" uuid not null, "app_id" uuid not null, "hash" text not null, "hint" text not null, "created_at" timestamptz not null, "expires_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "app_secret_app_id_index" on "app_secret" ("app_id");`);

    this.addSql(`create table "authorization_request" ("id" uuid not null, "browser_hash" bytea not null, "app_id" uuid not null, "parameters" jsonb not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "answered_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "authorization_request_app_id_index" on "authorization_request" ("app_id");`);
    this.addSql(`create index "authorization_request_expires_at_index" on "authorization_request" ("expires_at");`);

    this.addSql(`create table "browser_session" ("id" uuid not null, "token_hash" bytea not null, "account_id" uuid not null, "created_at" timestamptz not null, "authenticated_at" timestamptz not null, "amr" text[] not null, "last_used_at" timestamptz not null, "expires_at" timestamptz not null, "ended_at" timestamptz null, "user_agent" text null, "address" text null, primary key ("id"));`);
    this.addSql(`alter table "browser_session" add constraint "browser_session_token_hash_unique" unique ("token_hash");`);
    this.addSql(`create index "browser_session_account_id_index" on "browser_session" ("account_id");`);

    this.addSql(`create table "connected_app" ("id" uuid not null, "account_id" uuid not null, "app_id" uuid not null, "scopes" text[] not null, "created_at" timestamptz not null, "last_used_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "connected_app_app_id_index" on "connected_app" ("app_id");`);
    this.addSql(`create unique index "connected_app_live_unique" on "connected_app" ("account_id", "app_id") where revoked_at is null;`);

    this.addSql(`create table "email_challenge" ("id" uuid not null, "account_id" uuid not null, "email" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "used_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "email_challenge_account_id_index" on "email_challenge" ("account_id");`);

    this.addSql(`create table "outgoing_mail" ("id" uuid not null, "recipient" text not null, "template" text not null, "data" jsonb not null, "locale" text not null, "created_at" timestamptz not null, "attempts" int not null default 0, "next_attempt_at" timestamptz null, "sent_at" timestamptz null, "last_error" text null, primary key ("id"));`);
    this.addSql(`create index "outgoing_mail_next_attempt_at_index" on "outgoing_mail" ("next_attempt_at");`);

    this.addSql(`create table "signing_key" ("kid" text not null, "algorithm" text not null, "public_jwk" jsonb not null, "sealed_private_jwk" bytea not null, "created_at" timestamptz not null, primary key ("kid"));`);

    this.addSql(`create table "token_family" ("id" uuid not null, "app_id" uuid not null, "connected_app_id" uuid not null, "session_id" uuid not null, "offline" boolean not null, "scopes" text[] not null, "auth_time" timestamptz not null, "amr" text[] not null, "nonce" text null, "created_at" timestamptz not null, "ended_at" timestamptz null, primary key ("id"));`);
    this.addSql(`create index "token_family_app_id_index" on "token_family" ("app_id");`);
    this.addSql(`create index "token_family_connected_app_id_index" on "token_family" ("connected_app_id");`);
    this.addSql(`create index "token_family_session_id_index" on "token_family" ("session_id");`);

    this.addSql(`create table "refresh_token" ("hash" bytea not null, "family_id" uuid not null, "parent_hash" bytea null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "redeemed_at" timestamptz null, primary key ("hash"));`);
    this.addSql(`create index "refresh_token_family_id_index" on "refresh_token" ("family_id");`);
    this.addSql(`create index "refresh_token_expires_at_index" on "refresh_token" ("expires_at");`);

    this.addSql(`create table "authorization_code" ("hash" bytea not null, "family_id" uuid not null, "redirect_uri" text null, "code_challenge" text null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "redeemed_at" timestamptz null, primary key ("hash"));`);
    this.addSql(`create index "authorization_code_family_id_index" on "authorization_code" ("family_id");`);
    this.addSql(`create index "authorization_code_expires_at_index" on "authorization_code" ("expires_at");`);

    this.addSql(`create table "access_token" ("hash" bytea not null, "app_id" uuid not null, "family_id" uuid null, "scopes" text[] not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("hash"));`);
    this.addSql(`create index "access_token_expires_at_index" on "access_token" ("expires_at");`);

    this.addSql(`alter table "app" add constraint "app_owner_id_foreign" foreign key ("owner_id") references "account" ("id") on delete set null;`);

    this.addSql(`alter table "app_secret" add constraint "app_secret_app_id_foreign" foreign key ("app_id") references "app" ("id") on delete cascade;`);

    this.addSql(`alter table "authorization_request" add constraint "authorization_request_app_id_foreign" foreign key ("app_id") references "app" ("id") on delete cascade;`);

    this.addSql(`alter table "browser_session" add constraint "browser_session_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete cascade;`);

    this.addSql(`alter table "connected_app" add constraint "connected_app_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete cascade;`);
    this.addSql(`alter table "connected_app" add constraint "connected_app_app_id_foreign" foreign key ("app_id") references "app" ("id") on delete cascade;`);

    this.addSql(`alter table "email_challenge" add constraint "email_challenge_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete cascade;`);

    this.addSql(`alter table "token_family" add constraint "token_family_app_id_foreign" foreign key ("app_id") references "app" ("id") on delete cascade;`);
    this.addSql(`alter table "token_family" add constraint "token_family_connected_app_id_foreign" foreign key ("connected_app_id") references "connected_app" ("id") on delete cascade;`);
    this.addSql(`alter table "token_family" add constraint "token_family_session_id_foreign" foreign key ("session_id") references "browser_session" ("id") on delete cascade;`);

    this.addSql(`alter table "refresh_token" add constraint "refresh_token_family_id_foreign" foreign key ("family_id") references "token_family" ("id") on delete cascade;`);

    this.addSql(`alter table "authorization_code" add constraint "authorization_code_family_id_foreign" foreign key ("family_id") references "token_family" ("id") on delete cascade;`);

  }

}
