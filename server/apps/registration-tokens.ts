/** Initial access tokens (RFC 7591 §1.2): with one of these a program may register apps where not everybody may. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import type { InTransaction } from '../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { type Page, type PageRequest, toPage } from '../kernel/page.ts';
import { isReadable } from '../kernel/readable.ts';
import { hashOf, isCredential, isId, newCredential } from '../kernel/secrets.ts';
import { RegistrationToken } from './registration-token.entity.ts';

export interface NewRegistrationToken {
  /** What administrators know it by. */
  readonly name: string;
  /** How many apps may be registered with it: 1 to `mostUses`. */
  readonly uses: number;
  /** Seconds: 60 to `longestLife`. */
  readonly expiresIn: number;
}

export const mostUses = 100_000;
export const longestLife = 31_536_000;

export class RegistrationTokens {
  private readonly em: EntityManager;
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;

  constructor(dependencies: { em: EntityManager; inTransaction: InTransaction; clock: Clock }) {
    this.em = dependencies.em;
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
  }

  /**
   * @param accountId who makes it; null: the operator
   * @returns the token too, known only now
   * @throws DomainError INVALID_INPUT
   */
  async create(
    draft: NewRegistrationToken,
    accountId: string | null,
  ): Promise<{ registrationToken: RegistrationToken; token: string }> {
    const name = draft.name.trim();
    const problems = problemsOf({ ...draft, name });
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    const token = newCredential('it');
    const registrationToken = await this.inTransaction(async (em) => {
      const now = this.clock.now();
      const made = em.create(RegistrationToken, {
        name,
        hash: hashOf(token),
        usesLeft: draft.uses,
        createdBy: accountId === null ? null : em.getReference(Account, accountId),
        createdAt: now,
        expiresAt: secondsAfter(now, draft.expiresIn),
      });
      await em.persist(made).flush();
      return made;
    });
    return { registrationToken, token };
  }

  /** Those that still let register, the latest first. */
  async list(page: PageRequest): Promise<Page<RegistrationToken>> {
    const found = await this.em
      .fork()
      .find(
        RegistrationToken,
        { ...this.live(), ...(page.after === null ? {} : { id: { $lt: page.after } }) },
        { orderBy: { id: 'desc' }, limit: page.first + 1 },
      );
    return toPage(found, page);
  }

  async find(id: string): Promise<RegistrationToken | null> {
    return isId(id) ? this.em.fork().findOne(RegistrationToken, { id, ...this.live() }) : null;
  }

  /** @throws DomainError NOT_FOUND */
  async revoke(id: string): Promise<void> {
    const removed = isId(id) ? await this.inTransaction((em) => em.nativeDelete(RegistrationToken, { id })) : 0;
    if (removed === 0) throw DomainError.notFound('registration token');
  }

  async isLive(token: string): Promise<boolean> {
    if (!isCredential('it', token)) return false;
    return (await this.em.fork().count(RegistrationToken, { hash: hashOf(token), ...this.live() })) === 1;
  }

  /**
   * Takes one of its uses: of two registrations with the last one, one takes it.
   *
   * @param em of the transaction that registers the app
   * @returns whether there was one
   */
  async spend(em: EntityManager, token: string): Promise<boolean> {
    const spent = await em.execute<{ id: string }[]>(
      'update registration_token set uses_left = uses_left - 1 where hash = ? and uses_left > 0 and expires_at > ? returning id',
      [hashOf(token), this.clock.now()],
    );
    return spent.length === 1;
  }

  private live() {
    return { usesLeft: { $gt: 0 }, expiresAt: { $gt: this.clock.now() } };
  }
}

const problemsOf = ({ name, uses, expiresIn }: NewRegistrationToken): UserError[] => {
  const found: UserError[] = [];
  const isBetween = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (name === '') found.push({ code: 'REQUIRED', message: 'Give the token a name.', path: ['name'] });
  else if ([...name].length > 100 || !isReadable(name)) {
    found.push({ code: 'INVALID', message: 'A name has at most 100 readable characters.', path: ['name'] });
  }
  if (!isBetween(uses, 1, mostUses)) {
    found.push({ code: 'INVALID', message: `A token lets register 1 to ${mostUses} apps.`, path: ['uses'] });
  }
  if (!isBetween(expiresIn, 60, longestLife)) {
    found.push({ code: 'INVALID', message: `A token works for 60 to ${longestLife} seconds.`, path: ['expiresIn'] });
  }
  return found;
};
