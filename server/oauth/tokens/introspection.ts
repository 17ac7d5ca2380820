/** What a token is, told to an app that may know it (RFC 7662). */
import type { Statement, Statements } from '../../database/statements.ts';
import { type Clock, epochSeconds } from '../../kernel/clock.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import type { Actor } from '../protocol/actor.ts';
import type { AuthenticatedClient } from '../protocol/authenticated-client.ts';
import type { AccessTokens, LiveAccessToken } from './access-tokens.ts';
import type { Subjects } from './subjects.ts';

/** RFC 7662 §2.2 */
export type IntrospectionResponse =
  | { active: false }
  | {
      active: true;
      iss: string;
      client_id: string;
      scope: string;
      sub: string;
      username?: string;
      token_type?: 'Bearer' | 'DPoP';
      /** The API that it is for. */
      aud?: string;
      /** RFC 9449 §6.2 */
      cnf?: { jkt: string };
      act?: Actor;
      exp: number;
      iat: number;
    };

/** `$1` hash, `$2` app, `$3` now */
const findLiveRefreshToken: Statement = {
  name: 'find-live-refresh-token',
  text: `
    select t.created_at, t.expires_at, f.scopes, f.jkt, a.id as account_id, a.username
    from refresh_token t
    join token_family f on f.id = t.family_id
    join connected_app c on c.id = f.connected_app_id
    join account a on a.id = c.account_id
    join browser_session s on s.id = f.session_id
    where t.hash = $1 and f.app_id = $2 and t.expires_at > $3 and t.redeemed_at is null
      and f.ended_at is null and (f.expires_at is null or f.expires_at > $3) and c.revoked_at is null and a.locked_at is null
      and (a.access_ended_at is null or f.created_at >= a.access_ended_at)
      and (f.offline or (s.ended_at is null and s.expires_at > $3))`,
};

/** `$1` app, `$2` identifier of an API; null: this server's own */
const mayLookUp: Statement = {
  name: 'may-look-up-tokens-of-others',
  text: `
    select true as allowed from app p
    where p.id = $1 and p.type = 'service' and case when $2::text is null
      then p.trusted or (p.owner_id is null and p.origin = 'registered')
      else exists (select from api_access x join api on api.id = x.api_id where x.app_id = p.id and api.identifier = $2) end`,
};

interface RefreshRow {
  created_at: Date;
  expires_at: Date;
  scopes: string[];
  jkt: string | null;
  account_id: string;
  username: string;
}

const inactive: IntrospectionResponse = { active: false };

export class Introspection {
  constructor(
    private readonly deps: {
      statements: Statements;
      accessTokens: AccessTokens;
      subjects: Subjects;
      clock: Clock;
      config: { issuer: string };
    },
  ) {}

  /**
   * An app sees its own tokens. A service, which others call with theirs, also sees access tokens of other apps: those for an API that
   * an administrator gave it access to; and those for this server's own, where the operator registered it or an administrator trusts it.
   * What an app may not see looks like a token that does not exist (RFC 7662 §2.2, §4).
   */
  async introspect(token: string, client: AuthenticatedClient): Promise<IntrospectionResponse> {
    return isCredential('rt', token) ? this.refreshToken(token, client) : this.accessToken(token, client);
  }

  private async accessToken(token: string, client: AuthenticatedClient): Promise<IntrospectionResponse> {
    const found = await this.deps.accessTokens.findForAnyApi(token);
    if (found === null || !(await this.maySee(client, found))) return inactive;
    return {
      active: true,
      iss: this.deps.config.issuer,
      client_id: found.clientId,
      scope: [...found.scopes].join(' '),
      sub: found.subject,
      // A name would undo a subject of the app's own (OpenID Connect Core §8.1).
      ...(found.account?.id === found.subject ? { username: found.account.username } : {}),
      token_type: found.jkt === null ? 'Bearer' : 'DPoP',
      ...(found.audience === null ? {} : { aud: found.audience }),
      ...(found.jkt === null ? {} : { cnf: { jkt: found.jkt } }),
      ...(found.actor === null ? {} : { act: found.actor }),
      exp: epochSeconds(found.expiresAt),
      iat: epochSeconds(found.issuedAt),
    };
  }

  private async maySee(client: AuthenticatedClient, { appId, audience }: LiveAccessToken): Promise<boolean> {
    if (appId === client.id) return true;
    return (await this.deps.statements.row(mayLookUp, [client.id, audience])) !== undefined;
  }

  private async refreshToken(token: string, client: AuthenticatedClient): Promise<IntrospectionResponse> {
    const { statements, clock, subjects, config } = this.deps;
    const found = await statements.row<RefreshRow>(findLiveRefreshToken, [hashOf(token), client.id, clock.now()]);
    if (found === undefined) return inactive;
    return {
      active: true,
      iss: config.issuer,
      client_id: client.clientId,
      scope: found.scopes.join(' '),
      sub: subjects.subjectFor(client, found.account_id),
      ...(found.jkt === null ? {} : { cnf: { jkt: found.jkt } }),
      ...(client.subjectType === 'public' ? { username: found.username } : {}),
      exp: epochSeconds(found.expires_at),
      iat: epochSeconds(found.created_at),
    };
  }
}
