import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { newId } from '../kernel/secrets.ts';

const BrowserSessionSchema = defineEntity({
  name: 'BrowserSession',
  tableName: 'browser_session',
  properties: {
    /** Also the `sid` of OpenID Connect. */
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    /** SHA-256 of the cookie's value. */
    tokenHash: p.blob().unique().hidden(),
    account: () => p.manyToOne(Account).ref().deleteRule('cascade').index(),
    createdAt: p.datetime(),
    /** When the person last proved who they are: `auth_time`. */
    authenticatedAt: p.datetime(),
    /** How: RFC 8176 values, e.g. `pwd`. */
    amr: p.array().columnType('text[]'),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    userAgent: p.text().nullable(),
    /** The network address of the last use. */
    address: p.text().nullable(),
  },
});

/** A browser in which a person is signed in here. */
export class BrowserSession extends BrowserSessionSchema.class {
  isLive(now: Date): boolean {
    return this.endedAt == null && this.expiresAt > now;
  }
}

BrowserSessionSchema.setClass(BrowserSession);
