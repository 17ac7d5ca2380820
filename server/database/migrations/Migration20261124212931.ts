import { Migration } from '@mikro-orm/migrations';

/** What a complete authorization server keeps: APIs, pushed requests, devices, single-use JWTs, jobs, and each app's own settings. */
export class Migration20261124212931 extends Migration {

  override name = 'Migration20261124212931';

  override up(): void | Promise<void> {
    this.addSql(`create table "api" ("id" uuid not null, "identifier" text not null, "name" text not null, "scopes" jsonb not null, "access_token_signing_alg" text not null default 'ES256', "access_token_lifetime" int null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"));`);
    this.addSql(`alter table "api" add constraint "api_identifier_unique" unique ("identifier");`);

    this.addSql(`create table "api_access" ("app_id" uuid not null, "api_id" uuid not null, "scopes" text[] not null, primary key ("app_id", "api_id"));`);
    this.addSql(`create index "api_access_api_id_index" on "api_access" ("api_id");`);

    this.addSql(`create table "audit_event" ("id" uuid not null, "at" timestamptz not null, "action" text not null, "actor_id" uuid null, "subject_id" uuid null, "app_id" uuid null, "details" jsonb not null, primary key ("id"));`);

    this.addSql(`create table "pushed_request" ("hash" bytea not null, "app_id" uuid not null, "parameters" jsonb not null, "jkt" text null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "answered_at" timestamptz null, primary key ("hash"));`);
    this.addSql(`create index "pushed_request_app_id_index" on "pushed_request" ("app_id");`);
    this.addSql(`create index "pushed_request_expires_at_index" on "pushed_request" ("expires_at");`);

    this.addSql(`create table "registration_token" ("id" uuid not null, "hash" bytea not null, "name" text not null, "created_by_id" uuid null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "uses_left" int not null, primary key ("id"));`);
    this.addSql(`alter table "registration_token" add constraint "registration_token_hash_unique" unique ("hash");`);
    this.addSql(`create index "registration_token_created_by_id_index" on "registration_token" ("created_by_id");`);

    this.addSql(`create table "sealed_value" ("name" text not null, "sealed" bytea not null, "created_at" timestamptz not null, primary key ("name"));`);

    this.addSql(`create table "device_authorization" ("hash" bytea not null, "user_code_hash" bytea not null, "app_id" uuid not null, "scopes" text[] not null, "resources" text[] not null default '{}', "jkt" text null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "interval" int not null, "last_polled_at" timestamptz null, "account_id" uuid null, "denied_at" timestamptz null, "family_id" uuid null, "redeemed_at" timestamptz null, primary key ("hash"));`);
    this.addSql(`alter table "device_authorization" add constraint "device_authorization_user_code_hash_unique" unique ("user_code_hash");`);
    this.addSql(`create index "device_authorization_app_id_index" on "device_authorization" ("app_id");`);
    this.addSql(`create index "device_authorization_expires_at_index" on "device_authorization" ("expires_at");`);
    this.addSql(`create index "device_authorization_account_id_index" on "device_authorization" ("account_id");`);
    this.addSql(`create index "device_authorization_family_id_index" on "device_authorization" ("family_id");`);

    this.addSql(`create table "used_jti" ("key" bytea not null, "expires_at" timestamptz not null, primary key ("key"));`);
    this.addSql(`create index "used_jti_expires_at_index" on "used_jti" ("expires_at");`);

    this.addSql(`create table "used_proof" ("key" bytea not null, "expires_at" timestamptz not null, primary key ("key"));`);
    // Good for a minute, written with each request of a bound token: not worth a write to the disk.
    this.addSql(`alter table "used_proof" set unlogged;`);
    this.addSql(`create index "used_proof_expires_at_index" on "used_proof" ("expires_at");`);

    this.addSql(`create table "job" ("id" uuid not null, "kind" text not null, "name" text null, "data" jsonb not null, "created_at" timestamptz not null, "attempts" int not null default 0, "due_at" timestamptz null, "done_at" timestamptz null, "last_error" text null, primary key ("id"));`);
    this.addSql(`alter table "job" add constraint "job_name_unique" unique ("name");`);
    this.addSql(`create index "job_due_at_index" on "job" ("due_at");`);

    this.addSql(`alter table "account" add "middle_name" text null, add "nickname" text null, add "profile_url" text null, add "picture_url" text null, add "website" text null, add "gender" text null, add "birthdate" text null, add "phone_number" text null, add "phone_number_verified_at" timestamptz null, add "address" jsonb null;`);

    this.addSql(`alter table "app" add "logo_uri" text null, add "policy_uri" text null, add "tos_uri" text null, add "contacts" text[] not null default '{}', add "software_id" text null, add "software_version" text null, add "initiate_login_uri" text null, add "post_logout_redirect_uris" text[] not null default '{}', add "backchannel_logout_uri" text null, add "backchannel_logout_session_required" boolean not null default false, add "frontchannel_logout_uri" text null, add "frontchannel_logout_session_required" boolean not null default false, add "jwks" jsonb null, add "jwks_uri" text null, add "token_endpoint_auth_signing_alg" text null, add "request_object_signing_alg" text null, add "require_signed_request_object" boolean not null default false, add "require_pushed_authorization_requests" boolean not null default false, add "dpop_bound_access_tokens" boolean not null default false, add "profile" text null, add "id_token_signed_response_alg" text not null default 'ES256', add "userinfo_signed_response_alg" text null, add "subject_type" text not null default 'public', add "sector_identifier_uri" text null, add "default_max_age" int null, add "access_token_lifetime" int null, add "id_token_lifetime" int null, add "refresh_token_lifetime" int null, add "refresh_family_lifetime" int null, add "origin" text not null default 'registered', add "registration_token_hash" bytea null, add "document_expires_at" timestamptz null;`);

    this.addSql(`alter table "signing_key" add "active_at" timestamptz null, add "retired_at" timestamptz null, add "published_until" timestamptz null;`);
    this.addSql(`update "signing_key" set "active_at" = "created_at";`);
    this.addSql(`alter table "signing_key" alter column "active_at" set not null, alter column "sealed_private_jwk" drop not null;`);

    this.addSql(`alter table "token_family" add "claims" jsonb null, add "resources" text[] not null default '{}', add "jkt" text null, add "expires_at" timestamptz null;`);

    this.addSql(`alter table "access_token" add "audience" text null, add "jkt" text null, add "account_id" uuid null, add "actor" jsonb null, add "exchanged_from" bytea[] null;`);

    this.addSql(`alter table "api_access" add constraint "api_access_app_id_foreign" foreign key ("app_id") references "app" ("id") on update cascade on delete cascade;`);
    this.addSql(`alter table "api_access" add constraint "api_access_api_id_foreign" foreign key ("api_id") references "api" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table "pushed_request" add constraint "pushed_request_app_id_foreign" foreign key ("app_id") references "app" ("id") on delete cascade;`);

    this.addSql(`alter table "registration_token" add constraint "registration_token_created_by_id_foreign" foreign key ("created_by_id") references "account" ("id") on delete set null;`);

    this.addSql(`alter table "device_authorization" add constraint "device_authorization_app_id_foreign" foreign key ("app_id") references "app" ("id") on delete cascade;`);
    this.addSql(`alter table "device_authorization" add constraint "device_authorization_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete cascade;`);
    this.addSql(`alter table "device_authorization" add constraint "device_authorization_family_id_foreign" foreign key ("family_id") references "token_family" ("id") on delete cascade;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "api_access" drop constraint "api_access_api_id_foreign";`);

    this.addSql(`drop table if exists "api" cascade;`);
    this.addSql(`drop table if exists "api_access" cascade;`);
    this.addSql(`drop table if exists "audit_event" cascade;`);
    this.addSql(`drop table if exists "job" cascade;`);
    this.addSql(`drop table if exists "pushed_request" cascade;`);
    this.addSql(`drop table if exists "registration_token" cascade;`);
    this.addSql(`drop table if exists "sealed_value" cascade;`);
    this.addSql(`drop table if exists "device_authorization" cascade;`);
    this.addSql(`drop table if exists "used_jti" cascade;`);
    this.addSql(`drop table if exists "used_proof" cascade;`);

    this.addSql(`alter table "access_token" drop column "audience", drop column "jkt", drop column "account_id", drop column "actor", drop column "exchanged_from";`);

    this.addSql(`alter table "account" drop column "middle_name", drop column "nickname", drop column "profile_url", drop column "picture_url", drop column "website", drop column "gender", drop column "birthdate", drop column "phone_number", drop column "phone_number_verified_at", drop column "address";`);

    this.addSql(`alter table "app" drop column "logo_uri", drop column "policy_uri", drop column "tos_uri", drop column "contacts", drop column "software_id", drop column "software_version", drop column "initiate_login_uri", drop column "post_logout_redirect_uris", drop column "backchannel_logout_uri", drop column "backchannel_logout_session_required", drop column "frontchannel_logout_uri", drop column "frontchannel_logout_session_required", drop column "jwks", drop column "jwks_uri", drop column "token_endpoint_auth_signing_alg", drop column "request_object_signing_alg", drop column "require_signed_request_object", drop column "require_pushed_authorization_requests", drop column "dpop_bound_access_tokens", drop column "profile", drop column "id_token_signed_response_alg", drop column "userinfo_signed_response_alg", drop column "subject_type", drop column "sector_identifier_uri", drop column "default_max_age", drop column "access_token_lifetime", drop column "id_token_lifetime", drop column "refresh_token_lifetime", drop column "refresh_family_lifetime", drop column "origin", drop column "registration_token_hash", drop column "document_expires_at";`);

    this.addSql(`delete from "signing_key" where "sealed_private_jwk" is null;`);
    this.addSql(`alter table "signing_key" alter column "sealed_private_jwk" set not null, drop column "active_at", drop column "retired_at", drop column "published_until";`);

    this.addSql(`alter table "token_family" drop column "claims", drop column "resources", drop column "jkt", drop column "expires_at";`);
  }

}
