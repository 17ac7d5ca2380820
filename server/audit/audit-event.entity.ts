import { defineEntity, p } from '@mikro-orm/postgresql';
import { newId } from '../kernel/secrets.ts';

const AuditEventSchema = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_event',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    at: p.datetime(),
    /** What happened, e.g. `impersonation.begun`. */
    action: p.text(),
    /** The account that did it; no foreign key: an event outlives whom it tells of. */
    actorId: p.uuid().nullable(),
    /** The account that it was done to. */
    subjectId: p.uuid().nullable(),
    appId: p.uuid().nullable(),
    details: p.json<Record<string, string | number | boolean | null>>(),
  },
});

/** Something that an administrator or an app did and that somebody may have to answer for. Written in the transaction of the act. */
export class AuditEvent extends AuditEventSchema.class {}

AuditEventSchema.setClass(AuditEvent);
