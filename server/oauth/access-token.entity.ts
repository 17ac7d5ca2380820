import { defineEntity, p } from '@mikro-orm/postgresql';
import { App } from '../apps/app.entity.ts';
import { TokenFamily } from './token-family.entity.ts';

const AccessTokenSchema = defineEntity({
  name: 'AccessToken',
  tableName: 'access_token',
  properties: {
    /** SHA-256 of the token. */
    hash: p.blob().primary().hidden(),
    app: () => p.manyToOne(App).ref().deleteRule('cascade').index(),
    /** None for an app's own tokens (client credentials). */
    family: () => p.manyToOne(TokenFamily).ref().nullable().deleteRule('cascade').index(),
    scopes: p.array().columnType('text[]'),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    revokedAt: p.datetime().nullable(),
  },
});

/** An opaque access token. Live only while its family, connected app, session, app and account are. */
export class AccessToken extends AccessTokenSchema.class {}

AccessTokenSchema.setClass(AccessToken);
