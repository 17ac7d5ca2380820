/** Which app speaks at the token endpoint and its neighbours, and the proof of it (RFC 6749 §2.3, RFC 7591 §2). */
import type { Request } from 'express';
import type { AppSecrets } from '../../apps/app-secret.ts';
import type { ClientDocuments } from '../../apps/client-documents.ts';
import type { Statement, Statements } from '../../database/statements.ts';
import { type ClientAddresses, networkOf } from '../../http/client-address.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { AuthenticatedClient } from '../protocol/authenticated-client.ts';
import { readBasicCredentials } from '../protocol/basic-credentials.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Parameters } from '../protocol/parameters.ts';
import { type AssertingClient, assertedClientId, assertionType, type ClientAssertions } from './client-assertions.ts';
import type { ClientThrottle } from './client-throttle.ts';

/** `$1` client id, `$2` now */
export const findClient: Statement = {
  name: 'find-client',
  text: `
    select p.id, p.client_id, p.name, p.type, p.auth_method, p.grant_types, p.scopes,
      case when coalesce(p.profile, p.jwks_uri, p.token_endpoint_auth_signing_alg) is not null or p.jwks is not null
          or coalesce(p.access_token_lifetime, p.id_token_lifetime, p.refresh_token_lifetime) is not null
          or p.dpop_bound_access_tokens or p.id_token_signed_response_alg <> 'ES256' or p.subject_type <> 'public'
        then jsonb_build_object(
          'profile', p.profile, 'dpopBoundAccessTokens', p.dpop_bound_access_tokens,
          'idTokenSignedResponseAlg', p.id_token_signed_response_alg, 'accessTokenLifetime', p.access_token_lifetime,
          'idTokenLifetime', p.id_token_lifetime, 'refreshTokenLifetime', p.refresh_token_lifetime,
          'subjectType', p.subject_type, 'sectorIdentifierUri', p.sector_identifier_uri,
          'redirectUris', case when p.subject_type <> 'public' then to_jsonb(p.redirect_uris) else '[]' end,
          'jwks', p.jwks, 'jwksUri', p.jwks_uri, 'tokenEndpointAuthSigningAlg', p.token_endpoint_auth_signing_alg)
        end as settings,
      array(select s.hash from app_secret s where s.app_id = p.id and (s.expires_at is null or s.expires_at > $2)) as secrets
    from app p where p.client_id = $1`,
};

/** What few apps set: read together, for each column costs. */
type Settings = Omit<
  AuthenticatedClient,
  'id' | 'clientId' | 'name' | 'type' | 'authMethod' | 'grantTypes' | 'scopes'
> &
  Pick<AssertingClient, 'jwks' | 'jwksUri' | 'tokenEndpointAuthSigningAlg'>;

const ordinary: Settings = {
  profile: null,
  dpopBoundAccessTokens: false,
  idTokenSignedResponseAlg: 'ES256',
  accessTokenLifetime: null,
  idTokenLifetime: null,
  refreshTokenLifetime: null,
  subjectType: 'public',
  sectorIdentifierUri: null,
  redirectUris: [],
  jwks: null,
  jwksUri: null,
  tokenEndpointAuthSigningAlg: null,
};

interface Row {
  id: string;
  client_id: string;
  name: string;
  type: AuthenticatedClient['type'];
  auth_method: AuthenticatedClient['authMethod'];
  grant_types: AuthenticatedClient['grantTypes'];
  scopes: string[];
  settings: Settings | null;
  secrets: string[];
}

export class ClientAuthentication {
  constructor(
    private readonly deps: {
      statements: Statements;
      secrets: AppSecrets;
      assertions: ClientAssertions;
      documents: ClientDocuments;
      throttle: ClientThrottle;
      addresses: ClientAddresses;
      clock: Clock;
      issuer: string;
    },
  ) {}

  /**
   * An app proves itself by the one method that it registered; a public one only says who it is.
   * @param parameters of the body
   * @throws OAuthError `invalid_client`; `invalid_request` where two methods are used at once; `temporarily_unavailable` after
   * too many failures
   */
  async authenticate(req: Request, parameters: Parameters): Promise<AuthenticatedClient> {
    const { throttle, addresses, issuer } = this.deps;
    const presented = readCredentials(req.headers.authorization, parameters);
    const address = addresses.of(req);
    throttle.check(presented.clientId, address);
    try {
      if (!(await this.isKept(presented.clientId, address))) throw OAuthError.invalidClient();
      return await this.prove(presented, `${issuer}${req.originalUrl.split('?', 1)[0]}`);
    } catch (error) {
      if (error instanceof OAuthError && error.code === 'invalid_client') {
        await throttle.countFailure(presented.clientId, address);
      }
      throw error;
    }
  }

  /** An app that a document describes is brought up to date first. */
  private async isKept(clientId: string, address: string): Promise<boolean> {
    try {
      return await this.deps.documents.keep(clientId, networkOf(address));
    } catch (error) {
      if (!(error instanceof DomainError) || error.retryAfter === undefined) throw error;
      const what = 'Too many documents of apps were read for this network.';
      throw OAuthError.temporarilyUnavailable(error.retryAfter, what);
    }
  }

  private async prove(presented: Presented, endpoint: string): Promise<AuthenticatedClient> {
    const { statements, secrets, assertions, clock } = this.deps;
    const row = await statements.row<Row>(findClient, [presented.clientId, clock.now()]);
    if (row === undefined) throw OAuthError.invalidClient();
    // RFC 7591 §2: `token_endpoint_auth_method` is the one that the client uses.
    if (row.auth_method !== presented.method) {
      const registered = row.auth_method === 'none' ? 'no authentication' : row.auth_method;
      throw OAuthError.invalidClient(`The client is registered for ${registered}.`);
    }
    if (presented.method === 'private_key_jwt') {
      const client = { ...(row.settings ?? ordinary), clientId: row.client_id };
      await assertions.verify(presented.assertion, client, endpoint);
    } else if (presented.method !== 'none' && !(await isProven(presented.secrets, row.secrets, secrets))) {
      throw OAuthError.invalidClient();
    }
    return toClient(row);
  }
}

const toClient = (row: Row): AuthenticatedClient => ({
  ...(row.settings ?? ordinary),
  id: row.id,
  clientId: row.client_id,
  name: row.name,
  type: row.type,
  authMethod: row.auth_method,
  grantTypes: row.grant_types,
  scopes: row.scopes,
});

const isProven = async (
  presented: readonly string[],
  hashes: readonly string[],
  secrets: AppSecrets,
): Promise<boolean> => {
  for (const secret of presented) {
    if (await secrets.verify(hashes, secret)) return true;
  }
  return false;
};

/** Who the client says it is, and by which method it means to prove it. */
type Presented = { clientId: string } & (
  | { method: 'client_secret_basic' | 'client_secret_post'; secrets: readonly string[] }
  | { method: 'private_key_jwt'; assertion: string }
  | { method: 'none' }
);

const readCredentials = (authorization: string | undefined, parameters: Parameters): Presented => {
  const clientId = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  const assertion = parameters.get('client_assertion');
  // RFC 6749 §2.3: one method in each request.
  if ([authorization, secret, assertion].filter((proof) => proof !== undefined).length > 1) {
    throw OAuthError.invalidRequest('The client used two authentication methods at once.');
  }
  if (authorization !== undefined) {
    const basic = readBasicCredentials(authorization);
    if (basic === null) throw OAuthError.invalidClient('The Authorization header holds no Basic credentials.');
    if (clientId !== undefined && clientId !== basic.clientId) {
      throw OAuthError.invalidRequest('The client_id differs from the one in the Authorization header.');
    }
    return { method: 'client_secret_basic', ...basic };
  }
  if (assertion !== undefined) {
    if (parameters.get('client_assertion_type') !== assertionType) {
      throw OAuthError.invalidClient('The client_assertion_type is not supported.');
    }
    const asserted = assertedClientId(assertion);
    if (asserted === null) throw OAuthError.invalidClient('The client_assertion is not a JWT with a sub.');
    // RFC 7521 §4.2: it may be left out, but must agree.
    if (clientId !== undefined && clientId !== asserted) {
      throw OAuthError.invalidClient('The client_id differs from the sub of the client_assertion.');
    }
    return { method: 'private_key_jwt', clientId: asserted, assertion };
  }
  if (clientId === undefined) throw OAuthError.invalidClient('The client did not say who it is.');
  return secret === undefined
    ? { method: 'none', clientId }
    : { method: 'client_secret_post', clientId, secrets: [secret] };
};
