/** What an access token can be for: this server's own API, or one that an administrator registered (RFC 8707). */
import type { Statement, Statements } from '../../database/statements.ts';
import { paths } from '../../urls.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Signer } from './signing-keys.ts';

/** A registered API, and what one app may ask for there. */
export interface Audience {
  /** What `resource` names and `aud` holds. */
  identifier: string;
  scopes: string[];
  /** Seconds; null: the app's or the operator's. */
  lifetime: number | null;
  algorithm: Signer['algorithm'];
}

/** Of the scopes that an app may ask for at an API, those that the API still has; as SQL. */
export const scopesOf = (api: string, access: string): string =>
  `array(select name from unnest(${access}.scopes) name where ${api}.scopes @> jsonb_build_array(jsonb_build_object('name', name)))`;

/** `$1` app, `$2` identifiers */
const findAudiences: Statement = {
  name: 'find-audiences',
  text: `
    select api.identifier, ${scopesOf('api', 'x')} as scopes, api.access_token_lifetime as lifetime, api.access_token_signing_alg as algorithm
    from api join api_access x on x.api_id = api.id
    where x.app_id = $1 and api.identifier = any($2)`,
};

export class Audiences {
  constructor(private readonly deps: { statements: Statements; issuer: string }) {}

  /**
   * @param resource the parameter as it came, repeated ones joined by blanks
   * @returns those that the app may ask for; this server's own API is none of them
   * @throws OAuthError `invalid_target` (RFC 8707 §2)
   */
  async all(appId: string, resource: string | undefined): Promise<Audience[]> {
    const own = this.deps.issuer + paths.graphql;
    const identifiers = [...new Set(resource?.split(' '))].filter((identifier) => identifier !== own);
    const found = await this.known(appId, identifiers);
    if (found.length !== identifiers.length) throw OAuthError.invalidTarget();
    return found;
  }

  /** Those of them that the app may ask for. */
  async known(appId: string, identifiers: readonly string[]): Promise<Audience[]> {
    if (identifiers.length === 0) return [];
    return this.deps.statements.rows<Audience>(findAudiences, [appId, identifiers]);
  }

  /**
   * Why nothing was given: the person did not allow the API, or the app may not ask for it any more.
   *
   * @param named null: none; then the only one that was allowed is meant
   * @param allowed identifiers
   */
  async isRefused(appId: string, named: Audience | null, allowed: readonly string[]): Promise<boolean> {
    if (named !== null) return !allowed.includes(named.identifier);
    const [only, another] = allowed;
    return only !== undefined && another === undefined && (await this.known(appId, [only])).length === 0;
  }

  /**
   * A token is for one API: what one has been sent cannot be used at another.
   *
   * @returns null for this server's own
   * @throws OAuthError `invalid_target`
   */
  async one(appId: string, resource: string | undefined): Promise<Audience | null> {
    const [audience = null, another] = await this.all(appId, resource);
    if (another !== undefined || (audience !== null && resource?.includes(' '))) throw OAuthError.invalidTarget();
    return audience;
  }
}
