import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { App } from '../apps/app.entity.ts';
import type { Actor } from './protocol/actor.ts';
import { TokenFamily } from './token-family.entity.ts';

const AccessTokenSchema = defineEntity({
  name: 'AccessToken',
  tableName: 'access_token',
  properties: {
    /** SHA-256 of the token: an opaque one, or a JWT for an API. */
    hash: p.blob().primary().hidden(),
    app: () => p.manyToOne(App).ref().createForeignKeyConstraint(false),
    /** None for an app's own tokens (client credentials). */
    family: () => p.manyToOne(TokenFamily).ref().nullable().createForeignKeyConstraint(false),
    scopes: p.array().columnType('text[]'),
    /** The identifier of the API that it is for (RFC 8707); null: this server's own. */
    audience: p.text().nullable(),
    /** The thumbprint of the key that it is bound to (RFC 9449 §6). */
    jkt: p.text().nullable(),
    /** Whom it speaks for where no family says so: an administrator acts as this person (RFC 8693). */
    account: () => p.manyToOne(Account).ref().nullable().createForeignKeyConstraint(false),
    /** Who acts for the person: the claim `act` (RFC 8693 §4.1). */
    actor: p.json<Actor>().nullable(),
    /** Hashes of the tokens that it was exchanged from, one after the other (RFC 8693): it ends when one of them is revoked. */
    exchangedFrom: p.array().columnType('bytea[]').nullable().lazy().hidden(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    revokedAt: p.datetime().nullable(),
  },
});

/**
 * An access token. Live only while its family, connected app, session, app and account are.
 *
 * Without foreign keys: every insert would lock the one row of its app, and nothing reads a token but by joining what it hangs on,
 * so one whose parents are gone is dead and goes when its time is over.
 */
export class AccessToken extends AccessTokenSchema.class {}

AccessTokenSchema.setClass(AccessToken);
