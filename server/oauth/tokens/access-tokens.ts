/** Access tokens: made, looked up, revoked. A token is live only while its family, connected app, session, app and account are. */
import type { Statement, Statements } from '../../database/statements.ts';
import type { Principal, PrincipalAccount } from '../../graphql/context.ts';
import type { Clock } from '../../kernel/clock.ts';
import { findScope } from '../../kernel/scopes.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';

/** The one statement of a bearer request. `$1` the token's hash, `$2` now. */
export const findLiveAccessToken: Statement = {
  name: 'find-live-access-token',
  text: `
    select t.scopes, t.created_at, t.expires_at,
      p.id as app_id, p.client_id, p.scopes as app_scopes,
      f.connected_app_id, f.session_id, f.auth_time,
      a.id, a.username, a.email, a.email_verified_at, a.given_name, a.family_name, a.display_name, a.locale, a.zoneinfo,
      a.roles, a.created_at as account_created_at, a.updated_at
    from access_token t
    join app p on p.id = t.app_id
    left join token_family f on f.id = t.family_id
    left join connected_app c on c.id = f.connected_app_id
    left join account a on a.id = c.account_id
    left join browser_session s on s.id = f.session_id
    where t.hash = $1 and t.expires_at > $2 and t.revoked_at is null
      and (t.family_id is null or (
        f.ended_at is null and c.revoked_at is null and a.locked_at is null
        and (a.access_ended_at is null or f.created_at >= a.access_ended_at)
        and (f.offline or (s.ended_at is null and s.expires_at > $2))))`,
};

interface Row {
  scopes: string[];
  created_at: Date;
  expires_at: Date;
  app_id: string;
  client_id: string;
  app_scopes: string[];
  connected_app_id: string | null;
  session_id: string | null;
  auth_time: Date | null;
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
}

/** A live access token, as introspection tells of it. */
export interface LiveAccessToken extends Principal {
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export class AccessTokens {
  constructor(private readonly deps: { statements: Statements; clock: Clock }) {}

  /** @returns null for a token that is malformed, unknown, expired, revoked, or whose person or app may no longer use it */
  async find(token: string): Promise<LiveAccessToken | null> {
    if (!isCredential('at', token)) return null;
    const { statements, clock } = this.deps;
    const row = await statements.row<Row>(findLiveAccessToken, [hashOf(token), clock.now()]);
    return row === undefined ? null : toLiveAccessToken(row);
  }
}

const toLiveAccessToken = (row: Row): LiveAccessToken => ({
  account: row.id === null ? null : toAccount(row as Row & { id: string }),
  appId: row.app_id,
  clientId: row.client_id,
  connectedAppId: row.connected_app_id,
  sessionId: row.session_id,
  scopes: effectiveScopes(row),
  authTime: row.auth_time,
  issuedAt: row.created_at,
  expiresAt: row.expires_at,
});

const toAccount = (row: Row & { id: string }): PrincipalAccount => ({
  id: row.id,
  username: row.username,
  email: row.email,
  emailVerifiedAt: row.email_verified_at,
  givenName: row.given_name,
  familyName: row.family_name,
  displayName: row.display_name,
  locale: row.locale,
  zoneinfo: row.zoneinfo,
  roles: row.roles,
  createdAt: row.account_created_at,
  updatedAt: row.updated_at,
});

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
