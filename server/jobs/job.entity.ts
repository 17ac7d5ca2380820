import { defineEntity, p } from '@mikro-orm/postgresql';
import { newId } from '../kernel/secrets.ts';

const JobSchema = defineEntity({
  name: 'Job',
  tableName: 'job',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    kind: p.text(),
    /** Of those with the same name there is one: work that comes round again and again. */
    name: p.text().nullable().unique(),
    /** Ids alone: what is true is read when the work is done. */
    data: p.json<Record<string, string>>(),
    createdAt: p.datetime(),
    attempts: p.integer().default(0),
    /** When it is tried next; null: done, or given up. */
    dueAt: p.datetime().nullable().index(),
    doneAt: p.datetime().nullable(),
    lastError: p.text().nullable(),
  },
});

/** Work that was decided on in a transaction and is done after it, on whichever node comes first. */
export class Job extends JobSchema.class {}

JobSchema.setClass(Job);
