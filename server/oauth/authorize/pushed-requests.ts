/** Authorization requests that apps leave here before they send the person (RFC 9126): kept, found again, used once. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Statement, Statements } from '../../database/statements.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, isCredential, newCredential } from '../../kernel/secrets.ts';
import type { Parameters } from '../protocol/parameters.ts';
import { PushedRequest } from '../pushed-request.entity.ts';

/** RFC 9126 §2.2 */
const prefix = 'urn:ietf:params:oauth:request_uri:';

/** Seconds in which the person must arrive; from then on the request waits for them as any other does. */
const lifetime = 90;

const insertPushed: Statement = {
  name: 'insert-pushed-request',
  text: `
    insert into pushed_request (hash, app_id, parameters, jkt, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
};

/** What the app is answered (RFC 9126 §2.2). */
export interface PushedResponse {
  request_uri: string;
  /** Seconds. */
  expires_in: number;
}

export const isPushedRequestUri = (requestUri: string): boolean => requestUri.startsWith(prefix);

export class PushedRequests {
  constructor(private readonly deps: { em: EntityManager; statements: Statements; clock: Clock }) {}

  /**
   * @param parameters that were judged already
   * @param jkt the thumbprint of the key whose proof came with it
   */
  async push(appId: string, parameters: Parameters, jkt: string | null): Promise<PushedResponse> {
    const { statements, clock } = this.deps;
    const now = clock.now();
    const credential = newCredential('pr');
    const kept = JSON.stringify(Object.fromEntries(parameters));
    await statements.rows(insertPushed, [hashOf(credential), appId, kept, jkt, now, secondsAfter(now, lifetime)]);
    return { request_uri: prefix + credential, expires_in: lifetime };
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
