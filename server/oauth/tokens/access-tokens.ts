/** Access tokens: looked up, judged. A token is live only while its family, connected app, session, app and account are. */
import type { SigningAlgorithm } from '../../apps/app.entity.ts';
import type { Statement, Statements } from '../../database/statements.ts';
import type { Principal, PrincipalAccount } from '../../graphql/context.ts';
import type { Clock } from '../../kernel/clock.ts';
import { findScope } from '../../kernel/scopes.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import type { Actor } from '../protocol/actor.ts';
import type { SubjectClient } from '../protocol/authenticated-client.ts';
import type { ClaimsRequest } from '../protocol/claims-request.ts';
import { wishesWithin } from './claims.ts';
import type { DpopProof } from './dpop.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Subjects } from './subjects.ts';

/** Each column costs the driver about as much as its value: what few tokens and few people have comes together, or not at all. */
const liveAccessToken = `
    select t.scopes, t.created_at, t.expires_at, p.id as app_id, p.client_id, p.scopes as app_scopes,
      t.family_id, f.connected_app_id, f.session_id, f.auth_time,
      case when coalesce(t.audience, t.jkt, p.userinfo_signed_response_alg) is not null or t.actor is not null
          or f.claims is not null or p.subject_type <> 'public' then jsonb_build_object(
        'audience', t.audience, 'jkt', t.jkt, 'actor', t.actor, 'impersonation', t.account_id is not null, 'claims', f.claims,
        'userinfoAlg', p.userinfo_signed_response_alg, 'subjectType', p.subject_type,
        'sectorIdentifierUri', p.sector_identifier_uri,
        'redirectUris', case when p.subject_type <> 'public' then to_jsonb(p.redirect_uris) else '[]' end) end as special,
      a.id, a.username, a.email, a.email_verified_at, a.given_name, a.family_name, a.display_name, a.locale, a.zoneinfo, a.roles,
      a.created_at as account_created_at, a.updated_at,
      case when coalesce(a.middle_name, a.nickname, a.profile_url, a.picture_url, a.website, a.gender, a.birthdate,
          a.phone_number) is not null or a.address is not null then jsonb_build_object(
        'middleName', a.middle_name, 'nickname', a.nickname, 'profileUrl', a.profile_url, 'pictureUrl', a.picture_url,
        'website', a.website, 'gender', a.gender, 'birthdate', a.birthdate, 'phoneNumber', a.phone_number,
        'phoneNumberVerifiedAt', a.phone_number_verified_at, 'address', a.address) end as details
    from access_token t
    join app p on p.id = t.app_id
    left join token_family f on f.id = t.family_id
    left join connected_app c on c.id = f.connected_app_id
    left join account a on a.id = coalesce(c.account_id, t.account_id)
    left join browser_session s on s.id = f.session_id
    where t.hash = $1 and t.expires_at > $2 and t.revoked_at is null
      and (t.exchanged_from is null or not exists (
        select from access_token e where e.hash = any(t.exchanged_from) and e.revoked_at is not null))
      and (t.family_id is null or (
        f.ended_at is null and c.revoked_at is null and (f.offline or (s.ended_at is null and s.expires_at > $2))))
      and (coalesce(t.family_id, t.account_id) is null or (a.id is not null and a.locked_at is null
        and (a.access_ended_at is null or coalesce(f.created_at, t.created_at) >= a.access_ended_at)))
      and case when t.account_id is null then true else not 'administrator' = any(a.roles) and exists (
        select from account d where d.id = (t.actor->>'sub')::uuid and 'administrator' = any(d.roles) and d.locked_at is null
          and (d.access_ended_at is null or t.created_at >= d.access_ended_at)) end`;

/** The one statement of a bearer request. `$1` the token's hash, `$2` now. */
export const findLiveAccessToken: Statement = { name: 'find-live-access-token', text: liveAccessToken };

/**
 * The one statement of a request with a proof of possession: it also keeps the proof, so that no node takes it again
 * (RFC 9449 §11.1). A proof for a token that is not live, or bound to another key, is not kept.
 *
 * `$1` the token's hash, `$2` now, `$3` the thumbprint of the proof's key, `$4` what the proof is known by, `$5` its end
 */
export const findBoundAccessToken: Statement = {
  name: 'find-bound-access-token',
  text: `
    with live as (${liveAccessToken} and t.jkt = $3),
    used as (
      insert into used_proof (key, expires_at) select $4, $5 from live on conflict do nothing returning true
    )
    select live.*, exists (select from used) as fresh from live`,
};

/** What sets a token apart from most. */
interface Special {
  audience: string | null;
  jkt: string | null;
  actor: Actor | null;
  impersonation: boolean;
  claims: ClaimsRequest | null;
  userinfoAlg: SigningAlgorithm | null;
  subjectType: SubjectClient['subjectType'];
  sectorIdentifierUri: string | null;
  redirectUris: string[];
}

const ordinary: Special = {
  audience: null,
  jkt: null,
  actor: null,
  impersonation: false,
  claims: null,
  userinfoAlg: null,
  subjectType: 'public',
  sectorIdentifierUri: null,
  redirectUris: [],
};

/** What few people say of themselves; times as JSON has them. */
type Details = Pick<
  PrincipalAccount,
  | 'middleName'
  | 'nickname'
  | 'profileUrl'
  | 'pictureUrl'
  | 'website'
  | 'gender'
  | 'birthdate'
  | 'phoneNumber'
  | 'address'
> & { phoneNumberVerifiedAt: string | null };

const noDetails: Details = {
  middleName: null,
  nickname: null,
  profileUrl: null,
  pictureUrl: null,
  website: null,
  gender: null,
  birthdate: null,
  phoneNumber: null,
  phoneNumberVerifiedAt: null,
  address: null,
};

interface Row {
  scopes: string[];
  created_at: Date;
  expires_at: Date;
  app_id: string;
  client_id: string;
  app_scopes: string[];
  family_id: string | null;
  connected_app_id: string | null;
  session_id: string | null;
  auth_time: Date | null;
  special: Special | null;
  id: string | null;
  username: string;
  email: string;
  email_verified_at: Date | null;
  given_name: string | null;
  family_name: string | null;
  display_name: string | null;
  locale: string | null;
  zoneinfo: string | null;
  roles: string[];
  account_created_at: Date;
  updated_at: Date;
  details: Details | null;
}

/** A live access token, as the endpoints of the standards need it. */
export interface LiveAccessToken extends Principal {
  readonly hash: Buffer;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The identifier of the API that it is for; null: this server's own. */
  readonly audience: string | null;
  readonly actor: Actor | null;
  readonly familyId: string | null;
  /** An administrator acts as the person (`tokens/impersonation.ts`). */
  readonly isImpersonation: boolean;
  /** The single claims that the app asked to find in UserInfo beside those of the scopes. */
  readonly wishes: ClaimsRequest['userinfo'];
  /** What the app wants its UserInfo signed with; null: plain JSON. */
  readonly userinfoSignedResponseAlg: SigningAlgorithm | null;
}

export class AccessTokens {
  constructor(private readonly deps: { statements: Statements; clock: Clock; subjects: Subjects; keys: SigningKeys }) {}

  /**
   * @returns null for a token that is malformed, unknown, expired, revoked, for another API than this server's own, or whose
   * person or app may no longer use it
   */
  async find(token: string): Promise<LiveAccessToken | null> {
    if (!isCredential('at', token)) return null;
    const found = await this.findByHash(hashOf(token));
    return found?.audience === null ? found : null;
  }

  /**
   * The same for a token that came with a proof of possession.
   * @returns null also where the token is bound to another key, or to none; `fresh`: the proof was not used before
   */
  async findBound(token: string, proof: DpopProof): Promise<{ token: LiveAccessToken; fresh: boolean } | null> {
    if (!isCredential('at', token)) return null;
    const { statements, clock, subjects } = this.deps;
    const hash = hashOf(token);
    const values = [hash, clock.now(), proof.jkt, proof.key, proof.expiresAt];
    const row = await statements.row<Row & { fresh: boolean }>(findBoundAccessToken, values);
    if (row === undefined || row.special?.audience !== null) return null;
    return { token: toLiveAccessToken(hash, row, subjects), fresh: row.fresh };
  }

  /** The same for whatever API: of one that is signed, the row is found by its `jti`, so that it can be ended before its time. */
  async findForAnyApi(token: string): Promise<LiveAccessToken | null> {
    if (isCredential('at', token)) return this.findByHash(hashOf(token));
    const jti = (await this.deps.keys.verify(token, 'at+jwt'))?.jti;
    return jti === undefined ? null : this.findByHash(hashOf(jti));
  }

  private async findByHash(hash: Buffer): Promise<LiveAccessToken | null> {
    const { statements, clock, subjects } = this.deps;
    const row = await statements.row<Row>(findLiveAccessToken, [hash, clock.now()]);
    return row === undefined ? null : toLiveAccessToken(hash, row, subjects);
  }
}

const toLiveAccessToken = (hash: Buffer, row: Row, subjects: Subjects): LiveAccessToken => {
  const special = row.special ?? ordinary;
  const { audience, actor } = special;
  return {
    hash,
    account: row.id === null ? null : toAccount(row as Row & { id: string }),
    subject: row.id === null ? row.client_id : subjects.subjectFor(special, row.id),
    appId: row.app_id,
    clientId: row.client_id,
    connectedAppId: row.connected_app_id,
    sessionId: row.session_id,
    scopes: audience === null ? effectiveScopes(row) : new Set(row.scopes),
    authTime: row.auth_time,
    jkt: special.jkt,
    issuedAt: row.created_at,
    expiresAt: row.expires_at,
    audience,
    // As this app knows the administrator; the row holds their account.
    actor: special.impersonation && actor ? { sub: subjects.subjectFor(special, actor.sub) } : actor,
    familyId: row.family_id,
    isImpersonation: special.impersonation,
    wishes: wishesWithin(special.claims?.userinfo, row.app_scopes),
    userinfoSignedResponseAlg: special.userinfoAlg,
  };
};

const toAccount = (row: Row & { id: string }): PrincipalAccount => {
  const { phoneNumberVerifiedAt, ...details } = row.details ?? noDetails;
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    emailVerifiedAt: row.email_verified_at,
    givenName: row.given_name,
    familyName: row.family_name,
    displayName: row.display_name,
    locale: row.locale,
    zoneinfo: row.zoneinfo,
    ...details,
    phoneNumberVerifiedAt: phoneNumberVerifiedAt === null ? null : new Date(phoneNumberVerifiedAt),
    roles: row.roles,
    createdAt: row.account_created_at,
    updatedAt: row.updated_at,
  };
};

/** What is left of the token's scopes today: the app may still ask for it, and the person still has the role that it needs. */
const effectiveScopes = (row: Row): ReadonlySet<string> => {
  const administers = row.id === null || row.roles.includes('administrator');
  const scopes = new Set<string>();
  for (const name of row.scopes) {
    if (!row.app_scopes.includes(name)) continue;
    if (!administers && findScope(name)?.kind === 'administrative') continue;
    scopes.add(name);
  }
  return scopes;
};
