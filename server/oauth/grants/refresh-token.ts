/** A refresh token is exchanged for a new pair; using an old one again ends the family (RFC 6749 §6, RFC 9700 §4.14.2). */
import type { Statement, Statements } from '../../database/statements.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { parseScope } from '../../kernel/scopes.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { Audience, Audiences } from '../tokens/audiences.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import {
  type FamilyTokens,
  familyColumns,
  familyJoins,
  giveTokens,
  mayGive,
  type RefusedCredential,
  refuseCredential,
} from './family-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

/**
 * One statement decides and mints. The update's condition is checked again after the row lock, so of any number of parallel
 * requests with the window at 0 exactly one finds the token unused; within the window (`$14`: used after this time) a used
 * one still gives a sibling, unless one of its children was used already: then it is old, not late.
 *
 * Parameters as in `giveTokens`; `$7` null: the presented token goes on being used. `$14` start of the window or null, `$15` scopes or
 * null for all of the family's.
 */
export const exchangeRefreshToken: Statement = {
  name: 'exchange-refresh-token',
  text: `
    with used as (
      update refresh_token t set
        redeemed_at = case when $7::bytea is null then t.redeemed_at else coalesce(t.redeemed_at, $3) end,
        expires_at = case when $7 is null then least($8::timestamptz, f.expires_at) else t.expires_at end
      from ${familyJoins}
      where t.hash = $1 and f.id = t.family_id and t.expires_at > $3 and ${mayGive}
        and ($15::text[] is null or $15 <@ f.scopes)
        and (t.redeemed_at is null or (t.redeemed_at > $14 and not exists (
          select from refresh_token child
          where child.family_id = t.family_id and child.parent_hash = t.hash and child.redeemed_at is not null)))
      returning t.hash, ${familyColumns('coalesce($15, f.scopes)')}
    ),
    ${giveTokens('hash')}`,
};

const refuseRefreshToken = refuseCredential('refresh_token');

export class RefreshTokenGrant implements Grant {
  readonly type = 'refresh_token';

  constructor(
    private readonly deps: {
      statements: Statements;
      clock: Clock;
      issuer: TokenIssuer;
      audiences: Audiences;
      familyTokens: FamilyTokens;
      config: {
        /** Seconds. */
        refreshGrace: number;
      };
    },
  ) {}

  async redeem({ client, parameters, jkt }: TokenRequest): Promise<TokenResponse> {
    const { clock, issuer, audiences, familyTokens, config } = this.deps;
    const presented = parameters.get('refresh_token');
    if (presented === undefined) throw OAuthError.invalidRequest('The parameter refresh_token is missing.');
    if (!isCredential('rt', presented)) throw OAuthError.invalidGrant();
    const hash = hashOf(presented);
    const requested = parameters.get('scope');
    const scopes = requested === undefined ? null : parseScope(requested);
    if (requested !== undefined && scopes === null) throw OAuthError.invalidScope('The scope is malformed.');
    const audience = await audiences.one(client.id, parameters.get('resource'));

    const now = clock.now();
    const issued = await familyTokens.give({
      client,
      parameters,
      jkt,
      statement: exchangeRefreshToken,
      hash,
      audience,
      // FAPI 2.0 Security Profile §5.3.2.1: no rotation, for what is bound to its client needs none.
      refreshes: client.profile !== 'fapi2',
      own: [config.refreshGrace === 0 ? null : secondsAfter(now, -config.refreshGrace), scopes],
      now,
    });
    if (issued === null) throw await this.refusal(hash, client.id, { scopes, audience }, now);
    // OpenID Connect Core §12.2: no nonce in a refreshed ID token.
    return issuer.answer({ ...issued, ...(issued.person && { person: { ...issued.person, nonce: null } }) });
  }

  private async refusal(
    hash: Buffer,
    appId: string,
    wanted: { scopes: string[] | null; audience: Audience | null },
    now: Date,
  ): Promise<OAuthError> {
    const { statements, audiences } = this.deps;
    const found = await statements.row<RefusedCredential>(refuseRefreshToken, [hash, appId, now]);
    if (found === undefined || found.replayed) return OAuthError.invalidGrant();
    if (wanted.scopes?.some((name) => !found.scopes.includes(name))) {
      return OAuthError.invalidScope('A refresh cannot widen the scope.');
    }
    return (await audiences.isRefused(appId, wanted.audience, found.resources))
      ? OAuthError.invalidTarget()
      : OAuthError.invalidGrant();
  }
}
