/** What somebody may have to answer for, written down in the transaction of the act: there is no act without its entry. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '../kernel/clock.ts';
import { AuditEvent } from './audit-event.entity.ts';

export interface AuditEntry {
  /** What happened, e.g. `impersonation.begun`. */
  readonly action: string;
  /** The account that did it; null: an app, or the operator. */
  readonly actorId: string | null;
  /** The account that it was done to. */
  readonly subjectId: string | null;
  readonly appId: string | null;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export class AuditLog {
  constructor(private readonly deps: { clock: Clock }) {}

  /** @param em of the transaction of the act */
  record(em: EntityManager, entry: AuditEntry): void {
    em.persist(em.create(AuditEvent, { ...entry, details: { ...entry.details }, at: this.deps.clock.now() }));
  }
}
