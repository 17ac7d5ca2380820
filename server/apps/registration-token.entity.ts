import { defineEntity, p } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { newId } from '../kernel/secrets.ts';

const RegistrationTokenSchema = defineEntity({
  name: 'RegistrationToken',
  tableName: 'registration_token',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    /** SHA-256 of the token. */
    hash: p.blob().unique().hidden(),
    /** What the administrator knows it by. */
    name: p.text(),
    createdBy: () => p.manyToOne(Account).ref().nullable().deleteRule('set null').index(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    /** How many apps may still be registered with it. */
    usesLeft: p.integer(),
  },
});

/** An initial access token: lets a program register apps (RFC 7591 §3). */
export class RegistrationToken extends RegistrationTokenSchema.class {}

RegistrationTokenSchema.setClass(RegistrationToken);
