/**
 * What a person could use and can no more: noted with the change that ends it, in whichever domain that is, and passed on to the apps
 * by the one that knows which of them it concerns.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import { queueJob } from './jobs.ts';

export const endedAccessKind = 'ended-access';

/** The id of one of these. */
export type EndedAccess = { session: string } | { account: string } | { connectedApp: string };

/** @param em of the transaction that ends it */
export const noteEndedAccess = (em: EntityManager, ended: EndedAccess, now: Date): void =>
  queueJob(em, endedAccessKind, ended, now);
