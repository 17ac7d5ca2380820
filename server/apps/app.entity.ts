import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { newId } from '../kernel/secrets.ts';

export type AppType = 'web' | 'spa' | 'native' | 'service';

export const authMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;
/** How the app proves itself at the token endpoint (RFC 7591 §2, `token_endpoint_auth_method`). */
export type AuthMethod = (typeof authMethods)[number];

export const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const;
/** RFC 7591 §2, `grant_types`. */
export type GrantType = (typeof grantTypes)[number];

const AppSchema = defineEntity({
  name: 'App',
  tableName: 'app',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    clientId: p.text().unique(),
    name: p.text(),
    type: p.text().$type<AppType>(),
    authMethod: p.text().$type<AuthMethod>(),
    redirectUris: p.array().columnType('text[]'),
    grantTypes: p.array<GrantType>().columnType('text[]'),
    /** The scopes this app may ask for. */
    scopes: p.array().columnType('text[]'),
    requirePkce: p.boolean().default(true),
    /** Exempt from consent, because an administrator says so. */
    trusted: p.boolean().default(false),
    /** Where the app's own page is. */
    homepageUri: p.text().nullable(),
    /** Nobody, for apps that the operator registered. */
    owner: () => p.manyToOne(Account).ref().nullable().deleteRule('set null').index(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A program registered here: an OAuth client. */
export class App extends AppSchema.class {
  declare [OptionalProps]?: 'isConfidential';

  /** A confidential client can keep a secret (RFC 6749 §2.1). */
  get isConfidential(): boolean {
    return this.authMethod !== 'none';
  }
}

AppSchema.setClass(App);
