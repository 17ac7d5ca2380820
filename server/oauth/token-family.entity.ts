import { defineEntity, p } from '@mikro-orm/postgresql';
import { App } from '../apps/app.entity.ts';
import { ConnectedApp } from '../apps/connected-app.entity.ts';
import { newId } from '../kernel/secrets.ts';
import { BrowserSession } from '../sessions/browser-session.entity.ts';

const TokenFamilySchema = defineEntity({
  name: 'TokenFamily',
  tableName: 'token_family',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    app: () => p.manyToOne(App).ref().deleteRule('cascade').index(),
    connectedApp: () => p.manyToOne(ConnectedApp).ref().deleteRule('cascade').index(),
    /** The browser session in which the person allowed it. */
    session: () => p.manyToOne(BrowserSession).ref().deleteRule('cascade').index(),
    /** `offline_access` was granted: the tokens outlive the browser session. Otherwise they end with it. */
    offline: p.boolean(),
    scopes: p.array().columnType('text[]'),
    authTime: p.datetime(),
    amr: p.array().columnType('text[]'),
    nonce: p.text().nullable(),
    createdAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});

/** Everything issued from one authorization code. A replayed code or refresh token ends all of it by one write. */
export class TokenFamily extends TokenFamilySchema.class {}

TokenFamilySchema.setClass(TokenFamily);
