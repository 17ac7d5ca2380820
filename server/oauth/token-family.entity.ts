import { defineEntity, p } from '@mikro-orm/postgresql';
import { App } from '../apps/app.entity.ts';
import { ConnectedApp } from '../apps/connected-app.entity.ts';
import { newId } from '../kernel/secrets.ts';
import { BrowserSession } from '../sessions/browser-session.entity.ts';
import type { ClaimsRequest } from './protocol/claims-request.ts';

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
    /** The single claims that the request asked for beside those of the scopes (OpenID Connect Core §5.5). */
    claims: p.json<ClaimsRequest>().nullable(),
    /** The APIs that were allowed (RFC 8707), by their identifiers; none: this server's own alone. */
    resources: p.array().columnType('text[]').default([]),
    /** The thumbprint of the key that its refresh tokens are bound to (RFC 9449 §5). */
    jkt: p.text().nullable(),
    createdAt: p.datetime(),
    /** However much they are used, its refresh tokens end here; null: no such end. */
    expiresAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
  },
});

/** Everything issued from one authorization code. A replayed code or refresh token ends all of it by one write. */
export class TokenFamily extends TokenFamilySchema.class {}

TokenFamilySchema.setClass(TokenFamily);
