/** Creates an account: by sign-up, by an administrator, by the command line; one set of rules for all. */
import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { InTransaction } from '../database/unit-of-work.ts';
import type { Clock } from '../kernel/clock.ts';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { Account, type Role } from './account.entity.ts';
import {
  emailKey,
  emailProblem,
  isReservedUsername,
  personNameProblem,
  usernameKey,
  usernameProblem,
} from './identifiers.ts';
import { type Passwords, passwordProblem } from './password.ts';

export interface NewAccount {
  username: string;
  email: string;
  /** Null: an account that nobody can sign in to yet. */
  password: string | null;
  givenName?: string | null;
  familyName?: string | null;
  /** The caller knows that the address is the person's. */
  emailVerified?: boolean;
  roles?: readonly Role[];
  /** BCP 47 tag. */
  locale?: string | null;
}

export interface RegistrationOptions {
  /** `person`: a stranger signs up, and may not take a reserved name. */
  by: 'person' | 'administrator';
  /** What else belongs to it: in the same transaction, with the account written already. A throw undoes everything. */
  within?: (em: EntityManager, account: Account) => Promise<void>;
}

const taken = (field: 'username' | 'email'): UserError => ({
  code: 'TAKEN',
  message: field === 'username' ? 'That username is taken.' : 'There is an account with that address already.',
  path: [field],
});

export class Registration {
  private readonly em: EntityManager;
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;
  private readonly passwords: Passwords;

  constructor(dependencies: { em: EntityManager; inTransaction: InTransaction; clock: Clock; passwords: Passwords }) {
    this.em = dependencies.em;
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
    this.passwords = dependencies.passwords;
  }

  /** @throws DomainError INVALID_INPUT with everything that is wrong, whoever else registers at the same time */
  async register(newAccount: NewAccount, options: RegistrationOptions): Promise<Account> {
    const person = {
      ...newAccount,
      username: newAccount.username.normalize('NFKC').trim(),
      email: newAccount.email.trim(),
      givenName: newAccount.givenName?.trim() || null,
      familyName: newAccount.familyName?.trim() || null,
    };
    const problems = [...this.problems(person, options.by), ...(await this.takenProblems(person))];
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    // Outside the transaction: hashing takes long, and a connection is dear.
    const passwordHash = person.password === null ? null : await this.passwords.hash(person.password);
    try {
      return await this.inTransaction(async (em) => {
        const account = em.create(Account, this.row(person, passwordHash));
        await em.persist(account).flush();
        await options.within?.(em, account);
        return account;
      });
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const lost = await this.takenProblems(person);
      throw lost.length > 0 ? DomainError.invalidInput(lost) : error;
    }
  }

  private row(person: NewAccount, passwordHash: string | null) {
    const now = this.clock.now();
    return {
      username: person.username,
      usernameKey: usernameKey(person.username),
      email: person.email,
      emailKey: emailKey(person.email),
      emailVerifiedAt: person.emailVerified ? now : null,
      passwordHash,
      passwordChangedAt: passwordHash === null ? null : now,
      givenName: person.givenName ?? null,
      familyName: person.familyName ?? null,
      locale: person.locale ?? null,
      roles: [...new Set(person.roles ?? [])],
      createdAt: now,
      updatedAt: now,
    };
  }

  private problems(person: NewAccount, by: RegistrationOptions['by']): UserError[] {
    const username =
      usernameProblem(person.username) ??
      (by === 'person' && isReservedUsername(person.username)
        ? { code: 'RESERVED', message: 'That username is reserved.', path: ['username'] }
        : null);
    return [
      username,
      emailProblem(person.email),
      person.password === null ? null : passwordProblem(person.password),
      personNameProblem('givenName', person.givenName ?? ''),
      personNameProblem('familyName', person.familyName ?? ''),
    ].filter((problem) => problem !== null);
  }

  private async takenProblems(person: NewAccount): Promise<UserError[]> {
    const keys = { username: usernameKey(person.username), email: emailKey(person.email) };
    const storable = (key: string) => key.isWellFormed() && !key.includes('\0');
    if (!storable(keys.username) || !storable(keys.email)) return [];
    const others = await this.em
      .fork()
      .find(
        Account,
        { $or: [{ usernameKey: keys.username }, { emailKey: keys.email }] },
        { fields: ['usernameKey', 'emailKey'] },
      );
    return [
      ...(others.some((other) => other.usernameKey === keys.username) ? [taken('username')] : []),
      ...(others.some((other) => other.emailKey === keys.email) ? [taken('email')] : []),
    ];
  }
}
