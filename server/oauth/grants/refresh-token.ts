/** A refresh token is exchanged for a new pair; using an old one again ends the family (RFC 6749 §6, RFC 9700 §4.14.2). */
import type { Statement, Statements } from '../../database/statements.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { parseScope } from '../../kernel/scopes.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

/** Whether a family, its connected app, account and session still let tokens be given. `$3` is now. */
const familyIsLive = `
  f.ended_at is null and c.revoked_at is null and a.locked_at is null
  and (a.access_ended_at is null or f.created_at >= a.access_ended_at)
  and (f.offline or (s.ended_at is null and s.expires_at > $3))`;

/**
 * One statement decides and mints. The update's condition is checked again after the row lock, so of any number of parallel
 * requests with the window at 0 exactly one finds the token unused; within the window (`$4`: used after this time) a used
 * one still gives a sibling, unless one of its children was used already: then it is old, not late.
 *
 * `$1` hash, `$2` app, `$3` now, `$4` start of the window or null, `$5` scopes or null for all of the family's,
 * `$6` `$7` the new access token's hash and end, `$8` `$9` the new refresh token's.
 */
export const exchangeRefreshToken: Statement = {
  name: 'exchange-refresh-token',
  text: `
    with used as (
      update refresh_token t set redeemed_at = coalesce(t.redeemed_at, $3)
      from token_family f
      join connected_app c on c.id = f.connected_app_id
      join account a on a.id = c.account_id
      join browser_session s on s.id = f.session_id
      where t.hash = $1 and f.id = t.family_id and f.app_id = $2 and t.expires_at > $3
        and ${familyIsLive} and ($5::text[] is null or $5 <@ f.scopes)
        and (t.redeemed_at is null or (t.redeemed_at > $4 and not exists (
          select from refresh_token child
          where child.family_id = t.family_id and child.parent_hash = t.hash and child.redeemed_at is not null)))
      returning t.hash, t.family_id, f.connected_app_id, coalesce($5, f.scopes) as scopes, f.auth_time, f.amr, a.id as subject
    ), access as (
      insert into access_token (hash, app_id, family_id, scopes, created_at, expires_at)
      select $6, $2, family_id, scopes, $3, $7 from used
    ), refresh as (
      insert into refresh_token (hash, family_id, parent_hash, created_at, expires_at)
      select $8, family_id, hash, $3, $9 from used
    ), connected as (
      update connected_app set last_used_at = $3 from used
      where connected_app.id = used.connected_app_id and last_used_at < $3::timestamptz - interval '1 minute'
    )
    select scopes, auth_time, amr, subject from used`,
};

/** What is wrong with a token that was not exchanged; and if it is a replay, its family ends. `$1` hash, `$2` app, `$3` now. */
const refuse: Statement = {
  name: 'refuse-refresh-token',
  text: `
    with presented as (
      select f.id, f.scopes, t.redeemed_at is not null as replayed
      from refresh_token t join token_family f on f.id = t.family_id
      where t.hash = $1 and f.app_id = $2
    ), punished as (
      update token_family set ended_at = $3 from presented
      where token_family.id = presented.id and presented.replayed and token_family.ended_at is null
    )
    select scopes, replayed from presented`,
};

interface Exchanged {
  scopes: string[];
  auth_time: Date;
  amr: string[];
  subject: string;
}

export class RefreshTokenGrant implements Grant {
  readonly type = 'refresh_token';

  constructor(
    private readonly deps: {
      statements: Statements;
      clock: Clock;
      issuer: TokenIssuer;
      config: {
        /** Seconds. */
        refreshGrace: number;
      };
    },
  ) {}

  async redeem({ client, parameters }: TokenRequest): Promise<TokenResponse> {
    const { statements, clock, issuer, config } = this.deps;
    const presented = parameters.get('refresh_token');
    if (presented === undefined) throw OAuthError.invalidRequest('The parameter refresh_token is missing.');
    if (!isCredential('rt', presented)) throw OAuthError.invalidGrant();
    const hash = hashOf(presented);
    const requested = parameters.get('scope');
    const scopes = requested === undefined ? null : parseScope(requested);
    if (requested !== undefined && scopes === null) throw OAuthError.invalidScope('The scope is malformed.');

    const now = clock.now();
    const access = issuer.mintAccessToken(now);
    const refresh = issuer.mintRefreshToken(now);
    const exchanged = await statements.row<Exchanged>(exchangeRefreshToken, [
      hash,
      client.id,
      now,
      config.refreshGrace === 0 ? null : secondsAfter(now, -config.refreshGrace),
      scopes,
      access.hash,
      access.expiresAt,
      refresh.hash,
      refresh.expiresAt,
    ]);
    if (exchanged === undefined) throw await this.refusal(hash, client.id, scopes, now);
    return issuer.answer(access, exchanged.scopes, now, {
      refresh,
      person: {
        subject: exchanged.subject,
        clientId: client.clientId,
        authTime: exchanged.auth_time,
        amr: exchanged.amr,
        nonce: null, // OpenID Connect Core §12.2: no nonce in a refreshed ID token.
      },
    });
  }

  private async refusal(hash: Buffer, appId: string, scopes: string[] | null, now: Date): Promise<OAuthError> {
    const found = await this.deps.statements.row<{ scopes: string[]; replayed: boolean }>(refuse, [hash, appId, now]);
    if (found && !found.replayed && scopes?.some((name) => !found.scopes.includes(name))) {
      return OAuthError.invalidScope('A refresh cannot widen the scope.');
    }
    return OAuthError.invalidGrant();
  }
}
