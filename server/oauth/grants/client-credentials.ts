/** An app speaks for itself (RFC 6749 §4.4). No refresh token (§4.4.3), no person. */
import type { Statement, Statements } from '../../database/statements.ts';
import type { Clock } from '../../kernel/clock.ts';
import { findScope, parseScope } from '../../kernel/scopes.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { Audiences } from '../tokens/audiences.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

export const insertAppToken: Statement = {
  name: 'insert-app-token',
  text: `
    insert into access_token (hash, app_id, scopes, created_at, expires_at, audience, jkt)
    values ($1, $2, $3, $4, $5, $6, $7)`,
};

export class ClientCredentialsGrant implements Grant {
  readonly type = 'client_credentials';

  constructor(
    private readonly deps: { statements: Statements; clock: Clock; issuer: TokenIssuer; audiences: Audiences },
  ) {}

  async redeem({ client, parameters, jkt }: TokenRequest): Promise<TokenResponse> {
    const { statements, clock, issuer, audiences } = this.deps;
    if (client.authMethod === 'none') {
      throw OAuthError.unauthorizedClient('Only a confidential client may use client_credentials.');
    }
    const audience = await audiences.one(client.id, parameters.get('resource'));
    const possible = audience?.scopes ?? client.scopes.filter((name) => findScope(name)?.forApps);
    const scopes = grantedScopes(possible, parameters.get('scope'));
    const now = clock.now();
    const access = issuer.mintAccessToken(client, audience, now);
    const identifier = audience?.identifier ?? null;
    await statements.rows(insertAppToken, [access.hash, client.id, scopes, now, access.expiresAt, identifier, jkt]);
    return issuer.answer({ client, access, audience, scopes, jkt, now });
  }
}

/** What was asked for, or everything that the app may have for itself. */
const grantedScopes = (possible: readonly string[], requested: string | undefined): string[] => {
  if (requested === undefined) return [...possible];
  const scopes = parseScope(requested);
  if (scopes === null || !scopes.every((name) => possible.includes(name))) {
    throw OAuthError.invalidScope('The client may not have one of these scopes for itself.');
  }
  return scopes;
};
