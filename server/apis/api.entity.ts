import { defineEntity, p } from '@mikro-orm/postgresql';
import { newId } from '../kernel/secrets.ts';

/** What its access tokens are signed with (RFC 7518 §3.1, RFC 8037 §3.1). */
export const accessTokenAlgorithms = ['ES256', 'RS256', 'EdDSA'] as const;
export type AccessTokenAlgorithm = (typeof accessTokenAlgorithms)[number];

export interface ApiScope {
  readonly name: string;
  /** What people read on the consent page. */
  readonly description: string;
}

const ApiSchema = defineEntity({
  name: 'Api',
  tableName: 'api',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    /** An absolute URI: what `resource` names and `aud` holds (RFC 8707 §2). */
    identifier: p.text().unique(),
    name: p.text(),
    scopes: p.json<ApiScope[]>(),
    accessTokenSigningAlg: p.text().$type<AccessTokenAlgorithm>().default('ES256'),
    /** Seconds; null: the app's or the operator's. */
    accessTokenLifetime: p.integer().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** An API of the institution's own, registered by an administrator: apps get signed access tokens for it (RFC 9068). */
export class Api extends ApiSchema.class {
  /** What people read of a scope; undefined where there is none of that name. */
  describe(scope: string): string | undefined {
    return this.scopes.find(({ name }) => name === scope)?.description;
  }
}

ApiSchema.setClass(Api);
