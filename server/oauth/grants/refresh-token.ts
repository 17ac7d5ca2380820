/** A refresh token is exchanged for a new pair; using an old one again ends the family (RFC 6749 §6, RFC 9700 §4.14.2). */
import type { Statement, Statements } from '../../database/statements.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { parseScope } from '../../kernel/scopes.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import type { ClaimsRequest } from '../protocol/claims-request.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import { type Audience, type Audiences, scopesOf } from '../tokens/audiences.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

/** Whether a family, its connected app, account and session still let tokens be given. `$3` is now. */
const familyIsLive = `
  f.ended_at is null and (f.expires_at is null or f.expires_at > $3) and c.revoked_at is null and a.locked_at is null
  and (a.access_ended_at is null or f.created_at >= a.access_ended_at)
  and (f.offline or (s.ended_at is null and s.expires_at > $3))`;

/**
 * One statement decides and mints. The update's condition is checked again after the row lock, so of any number of parallel
 * requests with the window at 0 exactly one finds the token unused; within the window (`$4`: used after this time) a used
 * one still gives a sibling, unless one of its children was used already: then it is old, not late.
 *
 * The token is for the API that the request names or, where the family holds nothing of this server's own, for the family's only
 * one (`audience`); of what the person allowed it gets what the app may ask for there.
 *
 * `$1` hash, `$2` app, `$3` now, `$4` start of the window or null, `$5` scopes or null for all of the family's, `$6` the hash of
 * a new opaque access token and `$7` of a signed one, `$8` its lifetime in seconds where the API has none, `$9` the new refresh
 * token's hash, or null where the presented one goes on being used, and `$10` its end while it is not used, `$11` the thumbprint of the proven key, `$12` the API or null, `$13` the
 * app's scopes here, `$14` whether the request names nothing.
 */
export const exchangeRefreshToken: Statement = {
  name: 'exchange-refresh-token',
  text: `
    with used as (
      update refresh_token t set
        redeemed_at = case when $9::bytea is null then t.redeemed_at else coalesce(t.redeemed_at, $3) end,
        expires_at = case when $9 is null then least($10::timestamptz, f.expires_at) else t.expires_at end
      from token_family f
      join connected_app c on c.id = f.connected_app_id
      join account a on a.id = c.account_id
      join browser_session s on s.id = f.session_id
      where t.hash = $1 and f.id = t.family_id and f.app_id = $2 and t.expires_at > $3
        and ${familyIsLive} and ($5::text[] is null or $5 <@ f.scopes)
        and (f.jkt is null or f.jkt = $11) and ($12::text is null or $12 = any(f.resources))
        and (not $14 or cardinality(f.resources) <> 1 or f.scopes && $13 or exists (
          select from api join api_access x on x.api_id = api.id where api.identifier = f.resources[1] and x.app_id = $2))
        and (t.redeemed_at is null or (t.redeemed_at > $4 and not exists (
          select from refresh_token child
          where child.family_id = t.family_id and child.parent_hash = t.hash and child.redeemed_at is not null)))
      returning t.hash, t.family_id, f.connected_app_id, coalesce($5, f.scopes) as scopes, f.auth_time, f.amr, f.session_id,
        f.claims, f.expires_at as family_end, a.id as account_id,
        coalesce($12, case when $14 and cardinality(f.resources) = 1 and not f.scopes && $13 then f.resources[1] end) as audience
    ), issued as (
      select used.*, api.access_token_signing_alg as algorithm,
        $3::timestamptz + make_interval(secs => coalesce(api.access_token_lifetime, $8)) as access_end,
        array(select name from unnest(used.scopes) name
          where name = any(case when used.audience is null then $13 else ${scopesOf('api', 'x')} end)) as granted
      from used
      left join api on api.identifier = used.audience
      left join api_access x on x.api_id = api.id and x.app_id = $2
    ), access as (
      insert into access_token (hash, app_id, family_id, scopes, audience, jkt, created_at, expires_at)
      select case when audience is null then $6::bytea else $7 end, $2, family_id, granted, audience, $11, $3, access_end
      from issued
    ), refresh as (
      insert into refresh_token (hash, family_id, parent_hash, created_at, expires_at)
      select $9, family_id, hash, $3, least($10::timestamptz, family_end) from used where $9 is not null
    ), connected as (
      update connected_app set last_used_at = $3 from used
      where connected_app.id = used.connected_app_id and last_used_at < $3::timestamptz - interval '1 minute'
    )
    select granted, 'openid' = any(scopes) as openid, auth_time, amr, session_id, claims, account_id, audience, algorithm, access_end
    from issued`,
};

/** What is wrong with a token that was not exchanged; and if it is a replay, its family ends. `$1` hash, `$2` app, `$3` now. */
const refuse: Statement = {
  name: 'refuse-refresh-token',
  text: `
    with presented as (
      select f.id, f.scopes, f.resources, t.redeemed_at is not null as replayed
      from refresh_token t join token_family f on f.id = t.family_id
      where t.hash = $1 and f.app_id = $2
    ), punished as (
      update token_family set ended_at = $3 from presented
      where token_family.id = presented.id and presented.replayed and token_family.ended_at is null
    )
    select scopes, resources, replayed from presented`,
};

interface Exchanged {
  granted: string[];
  openid: boolean;
  auth_time: Date;
  amr: string[];
  session_id: string;
  claims: ClaimsRequest | null;
  account_id: string;
  audience: string | null;
  algorithm: Audience['algorithm'];
  access_end: Date;
}

export class RefreshTokenGrant implements Grant {
  readonly type = 'refresh_token';

  constructor(
    private readonly deps: {
      statements: Statements;
      clock: Clock;
      issuer: TokenIssuer;
      audiences: Audiences;
      config: {
        /** Seconds. */
        refreshGrace: number;
      };
    },
  ) {}

  async redeem({ client, parameters, jkt }: TokenRequest): Promise<TokenResponse> {
    const { statements, clock, issuer, audiences, config } = this.deps;
    const presented = parameters.get('refresh_token');
    if (presented === undefined) throw OAuthError.invalidRequest('The parameter refresh_token is missing.');
    if (!isCredential('rt', presented)) throw OAuthError.invalidGrant();
    const hash = hashOf(presented);
    const requested = parameters.get('scope');
    const scopes = requested === undefined ? null : parseScope(requested);
    if (requested !== undefined && scopes === null) throw OAuthError.invalidScope('The scope is malformed.');
    const resource = await audiences.one(client.id, parameters.get('resource'));

    const now = clock.now();
    const opaque = issuer.mintAccessToken(client, null, now);
    const signed = issuer.mintAccessToken(client, resource ?? { lifetime: null }, now);
    const refresh = issuer.mintRefreshToken(client, null, now);
    // FAPI 2.0 Security Profile §5.3.2.1: no rotation, for what is bound to its client needs none.
    const rotates = client.profile !== 'fapi2';
    const exchanged = await statements.row<Exchanged>(exchangeRefreshToken, [
      hash,
      client.id,
      now,
      config.refreshGrace === 0 ? null : secondsAfter(now, -config.refreshGrace),
      scopes,
      opaque.hash,
      signed.hash,
      issuer.accessTokenLifetime(client, null),
      rotates ? refresh.hash : null,
      refresh.expiresAt,
      jkt,
      resource?.identifier ?? null,
      client.scopes,
      !parameters.has('resource'),
    ]);
    if (exchanged === undefined) throw await this.refusal(hash, client.id, { scopes, resource }, now);
    const { audience } = exchanged;
    return issuer.answer({
      client,
      access: { ...(audience === null ? opaque : signed), expiresAt: exchanged.access_end },
      audience: audience === null ? null : { identifier: audience, algorithm: exchanged.algorithm },
      scopes: exchanged.granted,
      jkt,
      now,
      refresh: rotates ? refresh : null,
      person: {
        accountId: exchanged.account_id,
        sessionId: exchanged.session_id,
        authTime: exchanged.auth_time,
        amr: exchanged.amr,
        nonce: null, // OpenID Connect Core §12.2: no nonce in a refreshed ID token.
        claims: exchanged.claims,
        openid: exchanged.openid,
      },
    });
  }

  private async refusal(
    hash: Buffer,
    appId: string,
    wanted: { scopes: string[] | null; resource: Audience | null },
    now: Date,
  ): Promise<OAuthError> {
    const { statements, audiences } = this.deps;
    const found = await statements.row<{ scopes: string[]; resources: string[]; replayed: boolean }>(refuse, [
      hash,
      appId,
      now,
    ]);
    if (found === undefined || found.replayed) return OAuthError.invalidGrant();
    if (wanted.scopes?.some((name) => !found.scopes.includes(name))) {
      return OAuthError.invalidScope('A refresh cannot widen the scope.');
    }
    if (wanted.resource !== null && !found.resources.includes(wanted.resource.identifier)) {
      return OAuthError.invalidTarget();
    }
    // The one that is meant where none is named may have been taken from the app.
    const [only, another] = found.resources;
    const isTaken = only !== undefined && another === undefined && (await audiences.known(appId, [only])).length === 0;
    return isTaken ? OAuthError.invalidTarget() : OAuthError.invalidGrant();
  }
}
