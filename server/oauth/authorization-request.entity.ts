import { defineEntity, p } from '@mikro-orm/postgresql';
import { App } from '../apps/app.entity.ts';
import { newId } from '../kernel/secrets.ts';
import type { AuthorizationParameters } from './protocol/authorization-parameters.ts';

const AuthorizationRequestSchema = defineEntity({
  name: 'AuthorizationRequest',
  tableName: 'authorization_request',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    /** SHA-256 of the cookie of the browser that began it: another browser cannot go on with it. */
    browserHash: p.blob().hidden(),
    app: () => p.manyToOne(App).ref().deleteRule('cascade').index(),
    parameters: p.json<AuthorizationParameters>(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** Set when it was answered: an answer is given once. */
    answeredAt: p.datetime().nullable(),
  },
});

/** An authorization request that waits for its person: oauth2orize's transaction. */
export class AuthorizationRequest extends AuthorizationRequestSchema.class {}

AuthorizationRequestSchema.setClass(AuthorizationRequest);
