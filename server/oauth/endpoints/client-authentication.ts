/** Which app speaks at the token endpoint and its neighbours, and the proof of it (RFC 6749 §2.3, RFC 7591 §2). */
import type { AppSecrets } from '../../apps/app-secret.ts';
import type { Statement, Statements } from '../../database/statements.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { AuthenticatedClient } from '../protocol/authenticated-client.ts';
import { type BasicCredentials, readBasicCredentials } from '../protocol/basic-credentials.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Parameters } from '../protocol/parameters.ts';

/** `$1` client id, `$2` now */
export const findClient: Statement = {
  name: 'find-client',
  text: `
    select p.id, p.client_id, p.name, p.type, p.auth_method, p.grant_types, p.scopes,
      array(select s.hash from app_secret s where s.app_id = p.id and (s.expires_at is null or s.expires_at > $2)) as secrets
    from app p where p.client_id = $1`,
};

interface Row {
  id: string;
  client_id: string;
  name: string;
  type: AuthenticatedClient['type'];
  auth_method: AuthenticatedClient['authMethod'];
  grant_types: AuthenticatedClient['grantTypes'];
  scopes: string[];
  secrets: string[];
}

export class ClientAuthentication {
  constructor(private readonly deps: { statements: Statements; secrets: AppSecrets; clock: Clock }) {}

  /**
   * A confidential app proves itself by its secret, in the header or in the body; a public one only says who it is.
   * @param authorization the `Authorization` header
   * @throws OAuthError `invalid_client`; `invalid_request` where two methods are used at once
   */
  async authenticate(authorization: string | undefined, parameters: Parameters): Promise<AuthenticatedClient> {
    const presented = readCredentials(authorization, parameters);
    const { statements, secrets, clock } = this.deps;
    const row = await statements.row<Row>(findClient, [presented.clientId, clock.now()]);
    if (row === undefined) throw OAuthError.invalidClient();
    if (row.auth_method === 'none') {
      if (presented.secrets.length > 0) throw OAuthError.invalidClient('A public client has no secret.');
    } else if (!(await this.isProven(presented.secrets, row.secrets, secrets))) {
      throw OAuthError.invalidClient();
    }
    return {
      id: row.id,
      clientId: row.client_id,
      name: row.name,
      type: row.type,
      authMethod: row.auth_method,
      grantTypes: row.grant_types,
      scopes: row.scopes,
    };
  }

  private async isProven(
    presented: readonly string[],
    hashes: readonly string[],
    secrets: AppSecrets,
  ): Promise<boolean> {
    for (const secret of presented) {
      if (await secrets.verify(hashes, secret)) return true;
    }
    return false;
  }
}

const readCredentials = (authorization: string | undefined, parameters: Parameters): BasicCredentials => {
  const clientId = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  if (authorization === undefined) {
    if (clientId === undefined) throw OAuthError.invalidClient('The client did not say who it is.');
    return { clientId, secrets: secret === undefined ? [] : [secret] };
  }
  const basic = readBasicCredentials(authorization);
  if (basic === null) throw OAuthError.invalidClient('The Authorization header holds no Basic credentials.');
  if (secret !== undefined) throw OAuthError.invalidRequest('The client used two authentication methods at once.');
  if (clientId !== undefined && clientId !== basic.clientId) {
    throw OAuthError.invalidRequest('The client_id differs from the one in the Authorization header.');
  }
  return basic;
};
