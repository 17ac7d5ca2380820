/** The way in on a fresh installation: a link that the server prints while there is no administrator, and that works once. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { DomainError } from '../kernel/domain-error.ts';
import { Mac, type OperatorSecret } from '../kernel/operator-secret.ts';
import { paths } from '../urls.ts';
import { Account } from './account.entity.ts';
import type { NewAccount, Registration } from './registration.ts';

/** Any number, the same on every node: held while it is decided who is first. */
const lockId = 7_239_001;

export class FirstAdministrator {
  private readonly em: EntityManager;
  private readonly registration: Registration;
  private readonly issuer: string;
  private readonly mac: Mac;

  constructor(dependencies: { em: EntityManager; registration: Registration; issuer: string; secret: OperatorSecret }) {
    this.em = dependencies.em;
    this.registration = dependencies.registration;
    this.issuer = dependencies.issuer;
    this.mac = new Mac(dependencies.secret, 'first-administrator');
  }

  /** The link, or null once there is an administrator. */
  async link(): Promise<string | null> {
    return (await this.isMissing()) ? `${this.issuer}${paths.setUp}?key=${this.mac.of(this.issuer)}` : null;
  }

  /** Whether the key of a link is right and still worth something. */
  async accepts(key: string): Promise<boolean> {
    return this.mac.isOf(this.issuer, key) && (await this.isMissing());
  }

  /**
   * @param within see `RegistrationOptions`
   * @throws DomainError CONFLICT where somebody else was first, INVALID_INPUT
   */
  create(
    person: Pick<NewAccount, 'username' | 'email' | 'password' | 'locale'>,
    within?: (em: EntityManager, account: Account) => Promise<void>,
  ): Promise<Account> {
    return this.registration.register(
      { ...person, roles: ['administrator'] },
      {
        by: 'administrator',
        within: async (em, account) => {
          await em.execute('select pg_advisory_xact_lock(?)', [lockId]);
          const others = await em.count(Account, { roles: { $contains: ['administrator'] }, id: { $ne: account.id } });
          if (others > 0) throw DomainError.conflict('There is an administrator already.');
          await within?.(em, account);
        },
      },
    );
  }

  private async isMissing(): Promise<boolean> {
    return (await this.em.fork().count(Account, { roles: { $contains: ['administrator'] } })) === 0;
  }
}
