/** A device asks whether its person has answered, and is given tokens once they allowed it (RFC 8628 §3.4, §3.5). */
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Statement, Statements } from '../../database/statements.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { DeviceAuthorization } from '../device-authorization.entity.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { Audience, Audiences } from '../tokens/audiences.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import { type FamilyTokens, familyJoins, giveFirstTokens, isPublic, mayGive } from './family-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

/** Seconds that the interval grows each time (§3.5). */
const slowDownBy = 5;

/** Seconds by which a question may come early: the way here does not always take the same time. */
const earliness = 0.5;

/** Parameters as in `giveTokens`; `$14` whether the client is public. */
const redeemDevice: Statement = {
  name: 'redeem-device',
  text: giveFirstTokens(`
    update device_authorization t set redeemed_at = $3 from ${familyJoins}
    where t.hash = $1 and f.id = t.family_id and t.expires_at > $3 and t.redeemed_at is null and t.denied_at is null
      and (t.jkt is null or t.jkt = $9) and ${mayGive}`),
};

/** `$1` hash */
const findAllowed: Statement = {
  name: 'find-allowed-device',
  text: `
    select f.resources from device_authorization t join token_family f on f.id = t.family_id
    where t.hash = $1 and t.redeemed_at is null`,
};

export class DeviceCodeGrant implements Grant {
  readonly type = 'urn:ietf:params:oauth:grant-type:device_code';

  constructor(
    private readonly deps: {
      inTransaction: InTransaction;
      statements: Statements;
      clock: Clock;
      issuer: TokenIssuer;
      audiences: Audiences;
      familyTokens: FamilyTokens;
    },
  ) {}

  async redeem(request: TokenRequest): Promise<TokenResponse> {
    const { inTransaction, clock, issuer, audiences, familyTokens } = this.deps;
    const { client, parameters } = request;
    const code = parameters.get('device_code');
    if (code === undefined) throw OAuthError.invalidRequest('The parameter device_code is missing.');
    if (!isCredential('dc', code)) throw OAuthError.invalidGrant();
    const audience = await audiences.one(client.id, parameters.get('resource'));
    const hash = hashOf(code);
    const now = clock.now();
    // When the device asked is remembered even where it is refused: the refusal comes back, is committed, and only then thrown.
    const refusal = await inTransaction((em) => judge(em, hash, request, now));
    if (refusal !== null) throw refusal;
    const refreshes = client.grantTypes.includes('refresh_token');
    const own = [isPublic(client)];
    const issued = await familyTokens.give({
      ...request,
      statement: redeemDevice,
      hash,
      audience,
      refreshes,
      own,
      now,
    });
    if (issued === null) throw await this.refusal(hash, request, audience);
    return issuer.answer(issued);
  }

  /** What was allowed is ended by now, was fetched by a question at the same time, or does not hold the API. */
  private async refusal(hash: Buffer, { client }: TokenRequest, audience: Audience | null): Promise<OAuthError> {
    const { statements, audiences } = this.deps;
    const allowed = await statements.row<{ resources: string[] }>(findAllowed, [hash]);
    const isRefused = allowed !== undefined && (await audiences.isRefused(client.id, audience, allowed.resources));
    return isRefused ? OAuthError.invalidTarget() : OAuthError.invalidGrant();
  }
}

/** @returns null for a device whose person has allowed it */
const judge = async (
  em: EntityManager,
  hash: Buffer,
  { client, jkt }: TokenRequest,
  now: Date,
): Promise<OAuthError | null> => {
  const device = await em.findOne(DeviceAuthorization, { hash }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (device === null || device.app.id !== client.id || device.redeemedAt != null) return OAuthError.invalidGrant();
  if (device.jkt != null && device.jkt !== jkt) {
    return OAuthError.invalidGrant('The device must prove the key with which it began.');
  }
  if (device.deniedAt != null) return OAuthError.accessDenied();
  if (device.expiresAt <= now) return OAuthError.expiredToken();
  return device.family == null ? wait(device, now) : null;
};

const wait = (device: DeviceAuthorization, now: Date): OAuthError => {
  const last = device.lastPolledAt;
  device.lastPolledAt = now;
  if (last == null || secondsAfter(last, device.interval - earliness) <= now) return OAuthError.authorizationPending();
  device.interval += slowDownBy;
  return OAuthError.slowDown();
};
