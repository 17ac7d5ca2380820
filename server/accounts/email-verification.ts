/** Proves that a person reads the mail of the address they gave: a link that works once, within a day. */
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { InTransaction } from '../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { Mac, type OperatorSecret } from '../kernel/operator-secret.ts';
import { isId } from '../kernel/secrets.ts';
import { OutgoingMail } from '../mail/outgoing-mail.entity.ts';
import { paths } from '../urls.ts';
import { Account } from './account.entity.ts';
import { EmailChallenge } from './email-challenge.entity.ts';

/** Seconds for which a link works. */
const lifetime = 86_400;
/** Seconds before another mail may be asked for. */
const pause = 60;

export const confirmEmailTemplate = 'confirm-email';

export class EmailVerification {
  private readonly em: EntityManager;
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;
  private readonly issuer: string;
  private readonly mac: Mac;

  constructor(dependencies: {
    em: EntityManager;
    inTransaction: InTransaction;
    clock: Clock;
    issuer: string;
    secret: OperatorSecret;
  }) {
    this.em = dependencies.em;
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
    this.issuer = dependencies.issuer;
    this.mac = new Mac(dependencies.secret, 'email-challenge');
  }

  /** Writes the challenge and its mail, in the transaction of whatever makes it necessary. */
  async begin(em: EntityManager, account: Account): Promise<void> {
    const now = this.clock.now();
    const challenge = em.create(EmailChallenge, {
      account,
      email: account.email,
      createdAt: now,
      expiresAt: secondsAfter(now, lifetime),
    });
    em.persist(challenge);
    const mail = em.create(OutgoingMail, {
      to: account.email,
      template: confirmEmailTemplate,
      data: { challengeId: challenge.id, name: account.givenName ?? account.username },
      locale: account.locale ?? 'en',
      createdAt: now,
      nextAttemptAt: now,
    });
    await em.persist(mail).flush();
  }

  /**
   * Sends the mail once more, to the own address.
   *
   * @throws DomainError NOT_FOUND; CONFLICT where the address is confirmed; RATE_LIMITED within a minute of the last one
   */
  sendAgain(accountId: string): Promise<Account> {
    return this.inTransaction(async (em) => {
      // Locked: of two requests at once, one sends.
      const account = await em.findOne(Account, { id: accountId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!account) throw DomainError.notFound('account');
      if (account.emailVerifiedAt) throw DomainError.conflict('The address is confirmed already.');
      const now = this.clock.now();
      const recent = await em.findOne(
        EmailChallenge,
        { account: accountId, email: account.email, createdAt: { $gt: secondsAfter(now, -pause) } },
        { orderBy: { createdAt: 'desc' } },
      );
      if (recent) {
        const wait = Math.ceil((secondsAfter(recent.createdAt, pause).getTime() - now.getTime()) / 1000);
        throw DomainError.rateLimited(Math.max(1, wait));
      }
      await this.begin(em, account);
      return account;
    });
  }

  /** Made from the issuer alone: nothing that a request says can lead it elsewhere. */
  link(challengeId: string): string {
    return `${this.issuer}${paths.confirmEmail}?id=${challengeId}&key=${this.mac.of(challengeId)}`;
  }

  /** The address that a link would confirm, or null where it does not work; changes nothing. */
  async addressOf(challengeId: string, key: string): Promise<string | null> {
    if (!this.isGenuine(challengeId, key)) return null;
    const challenge = await this.em.fork().findOne(EmailChallenge, {
      id: challengeId,
      usedAt: null,
      expiresAt: { $gt: this.clock.now() },
    });
    return challenge?.email ?? null;
  }

  /** @returns the address that is confirmed now, or null where the link does not work */
  async confirm(challengeId: string, key: string): Promise<string | null> {
    if (!this.isGenuine(challengeId, key)) return null;
    return this.inTransaction(async (em) => {
      const now = this.clock.now();
      // One statement decides: of two at once, one uses the link.
      const used = await em.nativeUpdate(
        EmailChallenge,
        { id: challengeId, usedAt: null, expiresAt: { $gt: now } },
        { usedAt: now },
      );
      if (used === 0) return null;
      const challenge = await em.findOneOrFail(EmailChallenge, { id: challengeId });
      // An address that was changed meanwhile is not confirmed by the old one's link.
      const confirmed = await em.nativeUpdate(
        Account,
        { id: challenge.account.id, email: challenge.email },
        { emailVerifiedAt: now, updatedAt: now },
      );
      return confirmed === 0 ? null : challenge.email;
    });
  }

  private isGenuine(challengeId: string, key: string): boolean {
    return isId(challengeId) && this.mac.isOf(challengeId, key);
  }
}
