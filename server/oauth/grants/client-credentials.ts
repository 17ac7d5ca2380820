/** An app speaks for itself (RFC 6749 §4.4). No refresh token (§4.4.3), no person. */
import type { Statement, Statements } from '../../database/statements.ts';
import type { Clock } from '../../kernel/clock.ts';
import { findScope, parseScope } from '../../kernel/scopes.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

export const insertAppToken: Statement = {
  name: 'insert-app-token',
  text: 'insert into access_token (hash, app_id, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5)',
};

export class ClientCredentialsGrant implements Grant {
  readonly type = 'client_credentials';

  constructor(private readonly deps: { statements: Statements; clock: Clock; issuer: TokenIssuer }) {}

  async redeem({ client, parameters }: TokenRequest): Promise<TokenResponse> {
    const { statements, clock, issuer } = this.deps;
    if (client.authMethod === 'none') {
      throw OAuthError.unauthorizedClient('Only a confidential client may use client_credentials.');
    }
    const scopes = grantedScopes(client.scopes, parameters.get('scope'));
    const now = clock.now();
    const access = issuer.mintAccessToken(now);
    await statements.rows(insertAppToken, [access.hash, client.id, scopes, now, access.expiresAt]);
    return issuer.answer(access, scopes, now);
  }
}

/** What was asked for, or everything that the app may have for itself. */
const grantedScopes = (allowed: readonly string[], requested: string | undefined): string[] => {
  const possible = allowed.filter((name) => findScope(name)?.forApps);
  if (requested === undefined) return possible;
  const scopes = parseScope(requested);
  if (scopes === null || !scopes.every((name) => possible.includes(name))) {
    throw OAuthError.invalidScope('The client may not have one of these scopes for itself.');
  }
  return scopes;
};
