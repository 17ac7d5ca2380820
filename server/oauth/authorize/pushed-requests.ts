/** Authorization requests that apps leave here before they send the person (RFC 9126): kept, found again, used once. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, isCredential, newCredential } from '../../kernel/secrets.ts';
import type { Parameters } from '../protocol/parameters.ts';
import { PushedRequest } from '../pushed-request.entity.ts';

/** RFC 9126 §2.2 */
const prefix = 'urn:ietf:params:oauth:request_uri:';

/** Seconds in which the person must arrive; from then on the request waits for them as any other does. */
const lifetime = 90;

/** What the app is answered (RFC 9126 §2.2). */
export interface PushedResponse {
  request_uri: string;
  /** Seconds. */
  expires_in: number;
}

export const isPushedRequestUri = (requestUri: string): boolean => requestUri.startsWith(prefix);

export class PushedRequests {
  constructor(private readonly deps: { em: EntityManager; inTransaction: InTransaction; clock: Clock }) {}

  /**
   * @param parameters that were judged already
   * @param jkt the thumbprint of the key whose proof came with it
   */
  push(appId: string, parameters: Parameters, jkt: string | null): Promise<PushedResponse> {
    const { inTransaction, clock } = this.deps;
    return inTransaction(async (em) => {
      const now = clock.now();
      const credential = newCredential('pr');
      const request = em.create(PushedRequest, {
        hash: hashOf(credential),
        app: appId,
        parameters: Object.fromEntries(parameters),
        jkt,
        createdAt: now,
        expiresAt: secondsAfter(now, lifetime),
      });
      await em.persist(request).flush();
      return { request_uri: prefix + credential, expires_in: lifetime };
    });
  }

  /** @returns null for one that is unknown, another app's, too old, or answered already */
  async find(requestUri: string, appId: string): Promise<PushedRequest | null> {
    const credential = requestUri.slice(prefix.length);
    if (!isCredential('pr', credential)) return null;
    const { em, clock } = this.deps;
    return em.findOne(PushedRequest, {
      hash: hashOf(credential),
      app: appId,
      expiresAt: { $gt: clock.now() },
      answeredAt: null,
    });
  }
}
