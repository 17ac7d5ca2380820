import { defineEntity, p } from '@mikro-orm/postgresql';
import { newId } from '../kernel/secrets.ts';

const OutgoingMailSchema = defineEntity({
  name: 'OutgoingMail',
  tableName: 'outgoing_mail',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    to: p.text().name('recipient'),
    template: p.text(),
    /** What the template needs: ids and names, never a link or a token. */
    data: p.json<Record<string, string>>(),
    locale: p.text(),
    createdAt: p.datetime(),
    attempts: p.integer().default(0),
    nextAttemptAt: p.datetime().nullable().index(),
    sentAt: p.datetime().nullable(),
    lastError: p.text().nullable(),
  },
});

/** A message written in the transaction of the change that it tells of, and sent after. */
export class OutgoingMail extends OutgoingMailSchema.class {}

OutgoingMailSchema.setClass(OutgoingMail);
