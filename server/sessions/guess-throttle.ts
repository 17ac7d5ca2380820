/** Holds off those who guess what is secret, a password or a device’s code: by account, however many addresses they come from, and by address. */
import { networkOf } from '../http/client-address.ts';
import type { Throttle } from './throttle.ts';

export class GuessThrottle {
  private readonly byAccount: Throttle;
  private readonly byNetwork: Throttle;
  /** The last attempt that is under way for each account: the next one waits for it. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(dependencies: { byAccount: Throttle; byNetwork: Throttle }) {
    this.byAccount = dependencies.byAccount;
    this.byNetwork = dependencies.byNetwork;
  }

  /**
   * Counts the attempt before it is made, so that parallel guesses count too, and takes the count back where it was right:
   * a success counts for nothing, and forgives nothing.
   *
   * Attempts at one account follow each other, else right ones made at the same moment would be counted against each other.
   *
   * @param attempt.account what stands for the account, also for one that does not exist
   * @param attempt.address of the caller
   * @param attempt.check null: wrong
   * @throws DomainError RATE_LIMITED
   */
  async attempt<T>(attempt: { account: string; address: string; check: () => Promise<T | null> }): Promise<T | null> {
    const network = networkOf(attempt.address);
    return this.inTurn(attempt.account, async () => {
      await this.byNetwork.take(network);
      await this.byAccount.take(attempt.account);
      const result = await attempt.check();
      if (result !== null) {
        await Promise.all([this.byAccount.giveBack(attempt.account), this.byNetwork.giveBack(network)]);
      }
      return result;
    });
  }

  private async inTurn<T>(account: string, work: () => Promise<T>): Promise<T> {
    const before = this.underWay.get(account) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.underWay.set(account, mine);
    try {
      return await mine;
    } finally {
      if (this.underWay.get(account) === mine) this.underWay.delete(account);
    }
  }
}
