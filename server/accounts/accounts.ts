/** The accounts, as administrators look after them: found, locked, given roles. */
import { type EntityManager, type FilterQuery, LockMode } from '@mikro-orm/postgresql';
import { partOf, searchable } from '../database/search.ts';
import type { InTransaction } from '../database/unit-of-work.ts';
import { noteEndedAccess } from '../jobs/ended-access.ts';
import type { Clock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { type Page, type PageRequest, toPage } from '../kernel/page.ts';
import { isId } from '../kernel/secrets.ts';
import { Account, type Role } from './account.entity.ts';
import { emailKey, isEmail, usernameKey } from './identifiers.ts';
import { type Passwords, passwordProblem } from './password.ts';

export class Accounts {
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

  async find(id: string): Promise<Account | null> {
    return isId(id) ? this.em.fork().findOne(Account, { id }) : null;
  }

  /** @param identifier a username or an e-mail address */
  findByIdentifier(identifier: string): Promise<Account | null> {
    const text = searchable(identifier);
    const where = isEmail(text) ? { emailKey: emailKey(text) } : { usernameKey: usernameKey(text) };
    return this.em.fork().findOne(Account, where);
  }

  async findMany(ids: readonly string[]): Promise<ReadonlyMap<string, Account>> {
    const accounts = await this.em.fork().find(Account, { id: { $in: [...ids] } });
    return new Map(accounts.map((account) => [account.id, account]));
  }

  /**
   * The latest first.
   *
   * @param filter.search a part of the username, the e-mail address or the name
   */
  async list(filter: { search?: string }, page: PageRequest): Promise<Page<Account>> {
    const conditions: FilterQuery<Account>[] = [];
    if (filter.search) {
      const $ilike = partOf(searchable(filter.search));
      const fields = ['username', 'email', 'givenName', 'familyName', 'displayName'] as const;
      conditions.push({ $or: fields.map((field) => ({ [field]: { $ilike } })) });
    }
    if (page.after !== null) conditions.push({ id: { $lt: page.after } });
    const found = await this.em
      .fork()
      .find(Account, { $and: conditions }, { orderBy: { id: 'desc' }, limit: page.first + 1 });
    return toPage(found, page);
  }

  /** @throws DomainError NOT_FOUND; INVALID_INPUT where nobody would be left to administer */
  setRoles(id: string, roles: readonly Role[]): Promise<Account> {
    return this.change(id, async (em, account) => {
      if (account.isAdministrator && !account.isLocked && !roles.includes('administrator')) {
        await assertAnotherAdministrator(em, account, 'roles');
      }
      account.roles = [...new Set(roles)];
    });
  }

  /**
   * Ends every session and token of the account at once, and for good.
   *
   * @throws DomainError NOT_FOUND; INVALID_INPUT where nobody would be left to administer
   */
  lock(id: string): Promise<Account> {
    return this.change(id, async (em, account) => {
      if (account.isLocked) return;
      if (account.isAdministrator) await assertAnotherAdministrator(em, account, 'id');
      const now = this.clock.now();
      account.lockedAt = now;
      account.accessEndedAt = now; // Unlocking brings nothing of it back.
      noteEndedAccess(em, { account: id }, now);
    });
  }

  /** @throws DomainError NOT_FOUND */
  unlock(id: string): Promise<Account> {
    return this.change(id, async (_em, account) => {
      account.lockedAt = null;
    });
  }

  /**
   * Ends every session and token of the account too: whoever knew the old password may hold some.
   *
   * @throws DomainError NOT_FOUND, INVALID_INPUT
   */
  async setPassword(id: string, password: string): Promise<Account> {
    const problem = passwordProblem(password);
    if (problem !== null) throw DomainError.invalidInput([problem]);
    const passwordHash = await this.passwords.hash(password);
    return this.change(id, async (em, account) => {
      account.passwordHash = passwordHash;
      const now = this.clock.now();
      account.passwordChangedAt = now;
      account.accessEndedAt = now;
      noteEndedAccess(em, { account: id }, now);
    });
  }

  private change(id: string, work: (em: EntityManager, account: Account) => Promise<void>): Promise<Account> {
    return this.inTransaction(async (em) => {
      // In the order of ids, and before anything is decided: of two administrators who demote each other, the second sees the first.
      if (isId(id))
        await em.find(Account, administratorsAnd(id), { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } });
      const account = isId(id) ? await em.findOne(Account, { id }) : null;
      if (account === null) throw DomainError.notFound('user');
      await work(em, account);
      account.updatedAt = this.clock.now();
      await em.flush();
      return account;
    });
  }
}

const administratorsAnd = (id: string): FilterQuery<Account> => ({
  $or: [{ id }, { roles: { $contains: ['administrator'] }, lockedAt: null }],
});

const assertAnotherAdministrator = async (em: EntityManager, account: Account, field: string): Promise<void> => {
  const others = await em.count(Account, {
    roles: { $contains: ['administrator'] },
    lockedAt: null,
    id: { $ne: account.id },
  });
  if (others > 0) return;
  const message = 'This is the last administrator. Make somebody else an administrator first.';
  throw DomainError.invalidInput([{ code: 'LAST_ADMINISTRATOR', message, path: [field] }]);
};
