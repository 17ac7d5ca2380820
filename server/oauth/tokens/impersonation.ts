/**
 * An administrator acts as a person, to see what they see: by a token for one app, which that app exchanges once (RFC 8693).
 * Both steps are in the audit log, and whatever the app does bears the administrator's name (`act`).
 */
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Account } from '../../accounts/account.entity.ts';
import { App } from '../../apps/app.entity.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { DomainError, type UserError } from '../../kernel/domain-error.ts';
import { isReadable } from '../../kernel/readable.ts';
import { hashOf, isCredential, isId, newCredential } from '../../kernel/secrets.ts';
import { AccessToken } from '../access-token.entity.ts';

/** Seconds in which the app must exchange it. */
const tokenLifetime = 300;

/** Seconds: an administrator proved who they are no longer ago. */
const freshness = 300;

/** Seconds at most that an access token works which was given for it. */
export const longestImpersonation = 600;

const longestReason = 500;

export interface Administrator {
  accountId: string;
  /** When they last proved who they are; null: nobody knows. */
  authTime: Date | null;
}

export interface ImpersonationOrder {
  userId: string;
  clientId: string;
  /** What it is for: it stands in the audit log. */
  reason: string;
}

export interface Impersonated {
  accountId: string;
  administratorId: string;
}

export class Impersonations {
  constructor(private readonly deps: { inTransaction: InTransaction; clock: Clock; audit: AuditLog }) {}

  /**
   * @returns a token that exchanges once, by the app that was named
   * @throws DomainError STEP_UP_REQUIRED, FORBIDDEN, NOT_FOUND, INVALID_INPUT
   */
  begin(administrator: Administrator, order: ImpersonationOrder): Promise<{ token: string; expiresAt: Date }> {
    const { inTransaction, clock, audit } = this.deps;
    const now = clock.now();
    const { accountId: actorId, authTime } = administrator;
    if (authTime === null || secondsAfter(authTime, freshness) < now) {
      throw DomainError.stepUpRequired(
        'Sign in again: acting as somebody else needs a sign-in of the last five minutes.',
      );
    }
    const reason = order.reason.trim();
    return inTransaction(async (em) => {
      const person = await findPerson(em, order.userId);
      const app = await em.findOne(App, { clientId: order.clientId });
      const problems = [...reasonProblems(reason), ...appProblems(app)];
      if (app === null || problems.length > 0) throw DomainError.invalidInput(problems);
      const token = newCredential('im');
      const expiresAt = secondsAfter(now, tokenLifetime);
      const row = { hash: hashOf(token), app, account: person, actor: { sub: actorId }, scopes: [] };
      em.persist(em.create(AccessToken, { ...row, createdAt: now, expiresAt }));
      const details = { reason, client_id: app.clientId };
      audit.record(em, { action: 'impersonation.begun', actorId, subjectId: person.id, appId: app.id, details });
      return { token, expiresAt };
    });
  }

  /**
   * Uses the token up.
   *
   * @param em of the transaction in which the access token is given
   * @returns null where it is unknown, used, too old, another app's, or one of the two may not any more
   */
  async redeem(em: EntityManager, token: string, appId: string): Promise<Impersonated | null> {
    if (!isCredential('im', token)) return null;
    const { clock, audit } = this.deps;
    const now = clock.now();
    const row = await em.findOne(
      AccessToken,
      { hash: hashOf(token), app: appId, revokedAt: null, expiresAt: { $gt: now } },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (row?.account == null || row.actor == null) return null;
    const person = await em.findOne(Account, { id: row.account.id });
    const administrator = await em.findOne(Account, { id: row.actor.sub });
    if (person === null || administrator === null || person.isAdministrator || !administrator.isAdministrator)
      return null;
    if (!hasAccess(person, row.createdAt) || !hasAccess(administrator, row.createdAt)) return null;
    row.revokedAt = now;
    audit.record(em, {
      action: 'impersonation.exchanged',
      actorId: administrator.id,
      subjectId: person.id,
      appId,
      details: {},
    });
    return { accountId: person.id, administratorId: administrator.id };
  }
}

const hasAccess = (account: Account, since: Date): boolean =>
  !account.isLocked && (account.accessEndedAt == null || since >= account.accessEndedAt);

/** Held until the end of the transaction: nobody is made an administrator, or locked, meanwhile. */
const findPerson = async (em: EntityManager, id: string): Promise<Account> => {
  const person = isId(id) ? await em.findOne(Account, { id }, { lockMode: LockMode.PESSIMISTIC_READ }) : null;
  if (person === null) throw DomainError.notFound('user');
  if (person.isAdministrator) throw DomainError.forbidden('Nobody can act as an administrator.');
  if (person.isLocked) throw DomainError.forbidden('This account is locked.');
  return person;
};

const reasonProblems = (reason: string): UserError[] => {
  const path = ['reason'];
  if (reason === '') return [{ code: 'REQUIRED', message: 'Say what it is for.', path }];
  if (reason.length > longestReason) {
    return [{ code: 'TOO_LONG', message: `A reason has at most ${longestReason} characters.`, path }];
  }
  return isReadable(reason)
    ? []
    : [{ code: 'INVALID', message: 'That reason has characters that cannot be used.', path }];
};

const appProblems = (app: App | null): UserError[] => {
  const path = ['clientId'];
  if (app === null) return [{ code: 'UNKNOWN', message: 'There is no app with that client id.', path }];
  return app.grantTypes.includes('urn:ietf:params:oauth:grant-type:token-exchange')
    ? []
    : [{ code: 'INVALID', message: 'This app may not exchange tokens.', path }];
};
