/**
 * What a person allowed becomes tokens: the part that a code, a device and a refresh token share. Each of them is used, and the tokens
 * are written, by one statement; whatever forbids it leaves everything as it was.
 */
import type { Statement, Statements } from '../../database/statements.ts';
import type { AuthenticatedClient } from '../protocol/authenticated-client.ts';
import type { ClaimsRequest } from '../protocol/claims-request.ts';
import { type Audience, scopesOf } from '../tokens/audiences.ts';
import type { Issued, TokenIssuer } from '../tokens/issue-tokens.ts';
import type { TokenRequest } from './grant.ts';

/** A family with all that it hangs on. */
export const familyJoins = `
  token_family f
  join connected_app c on c.id = f.connected_app_id
  join account a on a.id = c.account_id
  join browser_session s on s.id = f.session_id`;

/**
 * Whether tokens may be given now, in this request: family, connected app, account and session live, the right key is proven, and
 * the API that is meant was allowed and is still open to the app. Parameters as in `giveTokens`.
 */
export const mayGive = `
  f.app_id = $2
  and f.ended_at is null and (f.expires_at is null or f.expires_at > $3) and c.revoked_at is null and a.locked_at is null
  and (a.access_ended_at is null or f.created_at >= a.access_ended_at)
  and (f.offline or (s.ended_at is null and s.expires_at > $3))
  and (f.jkt is null or f.jkt = $9::text) and ($10::text is null or $10 = any(f.resources))
  and (not $12 or cardinality(f.resources) <> 1 or f.scopes && $11 or exists (
    select from api join api_access x on x.api_id = api.id where api.identifier = f.resources[1] and x.app_id = $2))`;

/**
 * What the statement that uses the credential must return.
 *
 * Who asked for one API and for nothing of this server's means that API, also where the token request does not repeat it.
 *
 * @param scopes those that are meant, as SQL
 */
export const familyColumns = (scopes: string): string => `
  f.id as family_id, f.connected_app_id, ${scopes} as scopes, f.auth_time, f.amr, f.session_id, f.nonce, f.claims,
  f.expires_at as family_end, a.id as account_id,
  coalesce($10, case when $12 and cardinality(f.resources) = 1 and not f.scopes && $11 then f.resources[1] end) as audience`;

/**
 * Writes the tokens, where the statement `used` before it returned a row with `familyColumns`. Of what the person allowed, the
 * access token gets what the app may ask for at the API that it is for.
 *
 * `$1` the hash of what is presented, `$2` app, `$3` now, `$4` the hash of a new opaque access token and `$5` of a signed one, `$6` its
 * lifetime in seconds where the API has none, `$7` the new refresh token's hash or null, `$8` its end while it is not used, `$9` the
 * thumbprint of the proven key, `$10` the API that is named or null, `$11` the app's scopes here, `$12` whether the request names
 * nothing, `$13` the longest lifetime in seconds, for the operator may have lowered the bound below the API's; from `$14` on, the
 * statement's own.
 *
 * @param parent the hash of the refresh token that the new one replaces, as SQL
 */
export const giveTokens = (parent: string): string => `
  issued as (
    select used.*, api.access_token_signing_alg as algorithm,
      $3::timestamptz + make_interval(secs => least(coalesce(api.access_token_lifetime, $6), $13)) as access_end,
      array(select name from unnest(used.scopes) name
        where name = any(case when used.audience is null then $11 else ${scopesOf('api', 'x')} end)) as granted
    from used
    left join api on api.identifier = used.audience
    left join api_access x on x.api_id = api.id and x.app_id = $2
  ), access as (
    insert into access_token (hash, app_id, family_id, scopes, audience, jkt, created_at, expires_at)
    select case when audience is null then $4::bytea else $5 end, $2, family_id, granted, audience, $9, $3, access_end
    from issued
  ), refresh as (
    insert into refresh_token (hash, family_id, parent_hash, created_at, expires_at)
    select $7::bytea, family_id, ${parent}, $3, least($8::timestamptz, family_end) from used where $7 is not null
  ), connected as (
    update connected_app set last_used_at = $3 from used
    where connected_app.id = used.connected_app_id and last_used_at < $3::timestamptz - interval '1 minute'
  )
  select granted, 'openid' = any(scopes) as openid, auth_time, amr, session_id, nonce, claims, account_id, audience, algorithm,
    access_end
  from issued`;

/**
 * The first tokens of a family. RFC 9449 §5: a public client proves the same key at each refresh, a confidential one itself.
 *
 * @param used the statement that uses the credential
 */
export const giveFirstTokens = (used: string): string => `
  with used as (${used} returning ${familyColumns('f.scopes')}),
  bound as (
    update token_family set jkt = case when $14::boolean then $9::text end from used
    where token_family.id = used.family_id and token_family.jkt is distinct from case when $14 then $9 end
  ),
  ${giveTokens('null::bytea')}`;

/** What is said of a credential that gave nothing. */
export interface RefusedCredential {
  scopes: string[];
  resources: string[];
  replayed: boolean;
}

/**
 * What is wrong with a credential that gave nothing; a replay ends everything of its family (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
 * `$1` hash, `$2` app, `$3` now.
 */
export const refuseCredential = (table: 'authorization_code' | 'refresh_token'): Statement => ({
  name: `refuse-${table}`,
  text: `
    with presented as (
      select f.id, f.scopes, f.resources, t.redeemed_at is not null as replayed
      from ${table} t join token_family f on f.id = t.family_id
      where t.hash = $1 and f.app_id = $2
    ), punished as (
      update token_family set ended_at = $3 from presented
      where token_family.id = presented.id and presented.replayed and token_family.ended_at is null
    )
    select scopes, resources, replayed from presented`,
});

interface GivenRow {
  granted: string[];
  openid: boolean;
  auth_time: Date;
  amr: string[];
  session_id: string;
  nonce: string | null;
  claims: ClaimsRequest | null;
  account_id: string;
  audience: string | null;
  algorithm: Audience['algorithm'];
  access_end: Date;
}

export interface Exchange extends TokenRequest {
  /** Uses what is presented and gives tokens for it: `mayGive`, `familyColumns`, `giveTokens`. */
  statement: Statement;
  /** The hash of what is presented. */
  hash: Buffer;
  /** The API that the request names; null: none, or this server's own. */
  audience: Audience | null;
  /** Whether a new refresh token is given. */
  refreshes: boolean;
  /** The statement's own parameters. */
  own: readonly unknown[];
  now: Date;
}

export class FamilyTokens {
  constructor(private readonly deps: { statements: Statements; issuer: TokenIssuer }) {}

  /** @returns null where nothing was given */
  async give({ statement, hash, client, parameters, jkt, ...order }: Exchange): Promise<Issued | null> {
    const { statements, issuer } = this.deps;
    const { audience: named, now } = order;
    const opaque = issuer.mintAccessToken(client, null, now);
    const signed = issuer.mintAccessToken(client, named ?? { lifetime: null }, now);
    const refresh = issuer.mintRefreshToken(client, now);
    const row = await statements.row<GivenRow>(statement, [
      hash,
      client.id,
      now,
      opaque.hash,
      signed.hash,
      issuer.accessTokenLifetime(client, null),
      order.refreshes ? refresh.hash : null,
      refresh.expiresAt,
      jkt,
      named?.identifier ?? null,
      client.scopes,
      !parameters.has('resource'),
      issuer.accessTokenLifetimeMax,
      ...order.own,
    ]);
    if (row === undefined) return null;
    const { audience } = row;
    return {
      client,
      access: { ...(audience === null ? opaque : signed), expiresAt: row.access_end },
      audience: audience === null ? null : { identifier: audience, algorithm: row.algorithm },
      scopes: row.granted,
      jkt,
      now,
      refresh: order.refreshes ? refresh : null,
      person: {
        accountId: row.account_id,
        sessionId: row.session_id,
        authTime: row.auth_time,
        amr: row.amr,
        nonce: row.nonce,
        claims: row.claims,
        openid: row.openid,
      },
    };
  }
}

/** RFC 9449 §5: whether the refresh tokens of a client are bound to its key. */
export const isPublic = (client: AuthenticatedClient): boolean => client.authMethod === 'none';
