/** A device asks whether its person has answered, and is given tokens once they allowed it (RFC 8628 §3.4, §3.5). */
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { DeviceAuthorization } from '../device-authorization.entity.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import { TokenFamily } from '../token-family.entity.ts';
import type { Audience, Audiences } from '../tokens/audiences.ts';
import type { Issued, TokenIssuer } from '../tokens/issue-tokens.ts';
import { impliedAudience, isLiveFamily, issueFromFamily } from './family-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

/** Seconds that the interval grows each time (§3.5). */
const slowDownBy = 5;

/** Seconds by which a question may come early: the way here does not always take the same time. */
const earliness = 0.5;

export class DeviceCodeGrant implements Grant {
  readonly type = 'urn:ietf:params:oauth:grant-type:device_code';

  constructor(
    private readonly deps: { inTransaction: InTransaction; clock: Clock; issuer: TokenIssuer; audiences: Audiences },
  ) {}

  async redeem(request: TokenRequest): Promise<TokenResponse> {
    const { inTransaction, clock, issuer, audiences } = this.deps;
    const code = request.parameters.get('device_code');
    if (code === undefined) throw OAuthError.invalidRequest('The parameter device_code is missing.');
    if (!isCredential('dc', code)) throw OAuthError.invalidGrant();
    const audience = await audiences.one(request.client.id, request.parameters.get('resource'));
    const now = clock.now();
    // When the device asked is remembered even where it is refused: the outcome comes back, is committed, and only then thrown.
    const outcome = await inTransaction((em) => this.ask(em, hashOf(code), request, audience, now));
    if (outcome instanceof OAuthError) throw outcome;
    return issuer.answer(outcome);
  }

  private async ask(
    em: EntityManager,
    hash: Buffer,
    { client, parameters, jkt }: TokenRequest,
    requested: Audience | null,
    now: Date,
  ): Promise<Issued | OAuthError> {
    const device = await em.findOne(DeviceAuthorization, { hash }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (device === null || device.app.id !== client.id || device.redeemedAt != null) return OAuthError.invalidGrant();
    if (device.jkt != null && device.jkt !== jkt) {
      return OAuthError.invalidGrant('The device must prove the key with which it began.');
    }
    if (device.deniedAt != null) return OAuthError.accessDenied();
    if (device.expiresAt <= now) return OAuthError.expiredToken();
    if (device.family == null) return wait(device, now);
    const family = await em.findOneOrFail(TokenFamily, device.family.id, {
      populate: ['connectedApp.account', 'session'],
    });
    if (!isLiveFamily(family, now)) return OAuthError.invalidGrant();
    const { issuer, audiences } = this.deps;
    const audience = parameters.has('resource') ? requested : await impliedAudience(family, client, audiences);
    device.redeemedAt = now;
    return issueFromFamily(em, { family, client, audience, jkt, now }, issuer);
  }
}

const wait = (device: DeviceAuthorization, now: Date): OAuthError => {
  const last = device.lastPolledAt;
  device.lastPolledAt = now;
  if (last == null || secondsAfter(last, device.interval - earliness) <= now) return OAuthError.authorizationPending();
  device.interval += slowDownBy;
  return OAuthError.slowDown();
};
