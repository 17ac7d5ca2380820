import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { newId } from '../kernel/secrets.ts';
import { App } from './app.entity.ts';

const ConnectedAppSchema = defineEntity({
  name: 'ConnectedApp',
  tableName: 'connected_app',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    account: () => p.manyToOne(Account).ref().deleteRule('cascade'),
    app: () => p.manyToOne(App).ref().deleteRule('cascade').index(),
    /** Everything this person has allowed so far. */
    scopes: p.array().columnType('text[]'),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
  uniques: [
    {
      name: 'connected_app_live_unique',
      properties: ['account', 'app'],
      where: 'revoked_at is null',
    },
  ],
});

/** One person's permission to one app. Tokens live only while it does; revoking it is one write. */
export class ConnectedApp extends ConnectedAppSchema.class {}

ConnectedAppSchema.setClass(ConnectedApp);
