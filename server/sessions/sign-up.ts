/** A stranger becomes a person here: account, confirmation mail and session, all or nothing. */
import type { EmailVerification } from '../accounts/email-verification.ts';
import type { FirstAdministrator } from '../accounts/first-administrator.ts';
import type { NewAccount, Registration, RegistrationOptions } from '../accounts/registration.ts';
import { networkOf } from '../http/client-address.ts';
import type { BrowserSessions, NewSession } from './browser-sessions.ts';
import type { Throttle } from './throttle.ts';

type Person = Pick<NewAccount, 'username' | 'email' | 'locale'> & { password: string };
type Browser = Omit<NewSession, 'accountId' | 'amr'>;
type Within = NonNullable<RegistrationOptions['within']>;
type Begun = { cookie: string; lifetime: number };

export class SignUp {
  private readonly registration: Registration;
  private readonly firstAdministrator: FirstAdministrator;
  private readonly emailVerification: EmailVerification;
  private readonly sessions: BrowserSessions;
  private readonly throttle: Throttle;

  constructor(dependencies: {
    registration: Registration;
    firstAdministrator: FirstAdministrator;
    emailVerification: EmailVerification;
    sessions: BrowserSessions;
    /** By network: accounts that one may create. */
    throttle: Throttle;
  }) {
    this.registration = dependencies.registration;
    this.firstAdministrator = dependencies.firstAdministrator;
    this.emailVerification = dependencies.emailVerification;
    this.sessions = dependencies.sessions;
    this.throttle = dependencies.throttle;
  }

  /**
   * @returns the session that begins
   * @throws DomainError INVALID_INPUT, RATE_LIMITED
   */
  async register(person: Person, browser: Browser): Promise<Begun> {
    const network = networkOf(browser.address);
    await this.throttle.take(network);
    try {
      return await this.withSession(browser, (within) => this.registration.register(person, { by: 'person', within }));
    } catch (error) {
      // Accounts are counted, not attempts.
      await this.throttle.giveBack(network);
      throw error;
    }
  }

  /**
   * @returns the session that begins
   * @throws DomainError INVALID_INPUT, CONFLICT where there is an administrator by now
   */
  registerFirstAdministrator(person: Person, browser: Browser): Promise<Begun> {
    return this.withSession(browser, (within) => this.firstAdministrator.create(person, within));
  }

  private async withSession(browser: Browser, register: (within: Within) => Promise<unknown>): Promise<Begun> {
    let begun: Begun | undefined;
    await register(async (em, account) => {
      await this.emailVerification.begin(em, account);
      begun = await this.sessions.start(em, { ...browser, accountId: account.id, amr: ['pwd'] });
    });
    if (begun === undefined) throw new Error('The account was created without a session.');
    return begun;
  }
}
