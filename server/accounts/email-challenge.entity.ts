import { defineEntity, p } from '@mikro-orm/postgresql';
import { newId } from '../kernel/secrets.ts';
import { Account } from './account.entity.ts';

const EmailChallengeSchema = defineEntity({
  name: 'EmailChallenge',
  tableName: 'email_challenge',
  properties: {
    /** The link carries this id and its MAC, so neither the link nor its hash is stored anywhere. */
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    account: () => p.manyToOne(Account).ref().deleteRule('cascade').index(),
    email: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});

/** A link sent to an address, to prove that its reader holds the account. Works once. */
export class EmailChallenge extends EmailChallengeSchema.class {}

EmailChallengeSchema.setClass(EmailChallenge);
