/** Signs a person in with a password, and says as little as possible where it is wrong. */
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Account } from '../accounts/account.entity.ts';
import { emailKey, isEmail, usernameKey } from '../accounts/identifiers.ts';
import type { Passwords } from '../accounts/password.ts';
import type { InTransaction } from '../database/unit-of-work.ts';
import { hashOf } from '../kernel/secrets.ts';
import type { BrowserSessions, NewSession } from './browser-sessions.ts';
import type { GuessThrottle } from './guess-throttle.ts';

export type SignInOutcome =
  | { kind: 'signed-in'; begun: { cookie: string; lifetime: number } }
  /** Unknown, without a password, or the wrong one: nobody is told which. */
  | { kind: 'refused' }
  /** Told only to who knows the password. */
  | { kind: 'locked' };

export class SignIn {
  private readonly em: EntityManager;
  private readonly inTransaction: InTransaction;
  private readonly passwords: Passwords;
  private readonly throttle: GuessThrottle;
  private readonly sessions: BrowserSessions;

  constructor(dependencies: {
    em: EntityManager;
    inTransaction: InTransaction;
    passwords: Passwords;
    throttle: GuessThrottle;
    sessions: BrowserSessions;
  }) {
    this.em = dependencies.em;
    this.inTransaction = dependencies.inTransaction;
    this.passwords = dependencies.passwords;
    this.throttle = dependencies.throttle;
    this.sessions = dependencies.sessions;
  }

  /**
   * @param identifier username or e-mail address
   * @throws DomainError RATE_LIMITED
   */
  async withPassword(
    identifier: string,
    password: string,
    browser: Omit<NewSession, 'accountId' | 'amr'>,
  ): Promise<SignInOutcome> {
    const key = isEmail(identifier) ? emailKey(identifier.trim()) : usernameKey(identifier.trim());
    const known = await this.find(key);
    const account = await this.throttle.attempt({
      // One count for an account, whichever of its names is tried; a name that nobody has is counted all the same.
      account: known?.id ?? hashOf(key).toString('base64url'),
      address: browser.address,
      check: async () => ((await this.passwords.verify(known?.passwordHash ?? null, password)) ? known : null),
    });
    if (account === null) return { kind: 'refused' };
    return this.inTransaction(async (em) => {
      // Read once more, and held: it may have been locked, or got another password, while this one was checked.
      const { id, passwordHash } = account;
      const current = await em.findOne(Account, { id, passwordHash }, { lockMode: LockMode.PESSIMISTIC_READ });
      if (current === null) return { kind: 'refused' };
      if (current.isLocked) return { kind: 'locked' };
      return { kind: 'signed-in', begun: await this.sessions.start(em, { ...browser, accountId: id, amr: ['pwd'] }) };
    });
  }

  private find(key: string): Promise<Account | null> {
    return this.em.fork().findOne(Account, key.includes('@') ? { emailKey: key } : { usernameKey: key });
  }
}
