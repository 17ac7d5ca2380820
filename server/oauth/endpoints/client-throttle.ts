/**
 * Holds off those who guess client secrets. Failures alone are counted, for all nodes together; who succeeds costs nothing and is
 * asked nothing, for each node remembers by itself whom it holds off.
 */
import { networkOf } from '../../http/client-address.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { hashOf } from '../../kernel/secrets.ts';
import type { Throttle } from '../../sessions/throttle.ts';
import { OAuthError } from '../protocol/oauth-error.ts';

const mostHeld = 10_000;

export class ClientThrottle {
  private readonly byClient: Throttle;
  private readonly byNetwork: Throttle;
  private readonly clock: Clock;
  /** Until when, by what is counted; the oldest first. */
  private readonly held = new Map<string, Date>();

  /**
   * @param dependencies.byClient counts for one client id and one network together: nobody can hold off an app from elsewhere
   * @param dependencies.byNetwork counts for all client ids that one network tries
   */
  constructor(dependencies: { byClient: Throttle; byNetwork: Throttle; clock: Clock }) {
    this.byClient = dependencies.byClient;
    this.byNetwork = dependencies.byNetwork;
    this.clock = dependencies.clock;
  }

  /** @throws OAuthError `temporarily_unavailable` for whom this node holds off */
  check(clientId: string, address: string): void {
    if (this.held.size === 0) return;
    const now = this.clock.now();
    for (const key of keysOf(clientId, address)) {
      const until = this.held.get(key);
      if (until !== undefined && until > now) throw waitFor((until.getTime() - now.getTime()) / 1000);
    }
  }

  /** @throws OAuthError `temporarily_unavailable` where it was one too many */
  async countFailure(clientId: string, address: string): Promise<void> {
    const [client, network] = keysOf(clientId, address);
    await this.count(this.byClient, client);
    await this.count(this.byNetwork, network);
  }

  private async count(throttle: Throttle, key: string): Promise<void> {
    try {
      await throttle.take(key);
    } catch (error) {
      if (!(error instanceof DomainError) || error.retryAfter === undefined) throw error;
      this.hold(key, secondsAfter(this.clock.now(), error.retryAfter));
      throw waitFor(error.retryAfter);
    }
  }

  private hold(key: string, until: Date): void {
    this.held.delete(key);
    this.held.set(key, until);
    for (const oldest of this.held.keys()) {
      if (this.held.size <= mostHeld) break;
      this.held.delete(oldest);
    }
  }
}

/** A client id is whatever the caller says, of any length. */
const keysOf = (clientId: string, address: string): [client: string, network: string] => {
  const network = networkOf(address);
  return [`${hashOf(clientId).toString('base64url')} ${network}`, network];
};

const waitFor = (seconds: number): OAuthError => OAuthError.temporarilyUnavailable(Math.max(1, Math.ceil(seconds)));
