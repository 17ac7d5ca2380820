/** What people say of themselves. */
import type { InTransaction } from '../database/unit-of-work.ts';
import type { Clock } from '../kernel/clock.ts';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { Account } from './account.entity.ts';
import { personNameProblem } from './identifiers.ts';

/** What is left out stays; null or an empty text takes it away. */
export interface ProfileChanges {
  readonly givenName?: string | null | undefined;
  readonly familyName?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  /** BCP 47 tag. */
  readonly locale?: string | null | undefined;
  /** IANA time zone name. */
  readonly zoneinfo?: string | null | undefined;
}

const names = ['givenName', 'familyName', 'displayName'] as const;

export class Profiles {
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;

  constructor(dependencies: { inTransaction: InTransaction; clock: Clock }) {
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
  }

  /** @throws DomainError INVALID_INPUT, NOT_FOUND */
  async update(accountId: string, changes: ProfileChanges): Promise<Account> {
    const wanted = Object.fromEntries(
      [...names, 'locale' as const, 'zoneinfo' as const]
        .filter((field) => changes[field] !== undefined)
        .map((field) => [field, changes[field]?.trim() || null]),
    );
    const problems = profileProblems(wanted);
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    // As the standards write it, e.g. fr-CA.
    if (wanted.locale) wanted.locale = Intl.getCanonicalLocales(wanted.locale)[0] ?? null;
    return this.inTransaction(async (em) => {
      const account = await em.findOne(Account, { id: accountId });
      if (account === null) throw DomainError.notFound('account');
      em.assign(account, { ...wanted, updatedAt: this.clock.now() });
      await em.flush();
      return account;
    });
  }
}

const profileProblems = (wanted: Readonly<Record<string, string | null>>): UserError[] => {
  const found = names.flatMap((field) => personNameProblem(field, wanted[field] ?? '') ?? []);
  if (wanted.locale && !isLocale(wanted.locale)) {
    found.push({ code: 'INVALID', message: 'That is not a language tag such as en or fr-CA.', path: ['locale'] });
  }
  if (wanted.zoneinfo && !isTimeZone(wanted.zoneinfo)) {
    found.push({ code: 'INVALID', message: 'That is not a time zone such as Europe/Paris.', path: ['zoneinfo'] });
  }
  return found;
};

const isLocale = (text: string): boolean => {
  try {
    return text.length <= 35 && Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
};

const isTimeZone = (text: string): boolean => {
  // An offset is no name: it forgets summer time.
  if (!/^[A-Za-z]/.test(text) || text.length > 64) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
};
