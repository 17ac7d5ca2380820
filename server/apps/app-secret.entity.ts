import { defineEntity, p } from '@mikro-orm/postgresql';
import { newId } from '../kernel/secrets.ts';
import { App } from './app.entity.ts';

const AppSecretSchema = defineEntity({
  name: 'AppSecret',
  tableName: 'app_secret',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    app: () => p.manyToOne(App).ref().deleteRule('cascade').index(),
    /** See `apps/app-secret.ts`: SHA-256 of a generated secret, argon2id of one that a person chose. */
    hash: p.text().hidden(),
    /** The last four characters, so that people can tell secrets apart. */
    hint: p.text(),
    createdAt: p.datetime(),
    /** Set on the old secret when a new one is made: both are good until then. */
    expiresAt: p.datetime().nullable(),
  },
});

/** One of the secrets by which a confidential app proves itself. Two may be alive during a rotation. */
export class AppSecret extends AppSecretSchema.class {}

AppSecretSchema.setClass(AppSecret);
