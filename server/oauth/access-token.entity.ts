import { defineEntity, p } from '@mikro-orm/postgresql';
import { App } from '../apps/app.entity.ts';
import { TokenFamily } from './token-family.entity.ts';

const AccessTokenSchema = defineEntity({
  name: 'AccessToken',
  tableName: 'access_token',
  properties: {
    /** SHA-256 of the token. */
    hash: p.blob().primary().hidden(),
    app: () => p.manyToOne(App).ref().createForeignKeyConstraint(false),
    /** None for an app's own tokens (client credentials). */
    family: () => p.manyToOne(TokenFamily).ref().nullable().createForeignKeyConstraint(false),
    scopes: p.array().columnType('text[]'),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    revokedAt: p.datetime().nullable(),
  },
});

/**
 * An opaque access token. Live only while its family, connected app, session, app and account are.
 *
 * Without foreign keys: every insert would lock the one row of its app, and nothing reads a token but by joining what it hangs on,
 * so one whose parents are gone is dead and goes when its time is over.
 */
export class AccessToken extends AccessTokenSchema.class {}

AccessTokenSchema.setClass(AccessToken);
