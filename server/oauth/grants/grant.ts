/** A grant turns what an authenticated client presents into tokens. The phases before it are the token endpoint's, the same for all. */
import type { GrantType } from '../../apps/app.entity.ts';
import type { AuthenticatedClient } from '../protocol/authenticated-client.ts';
import type { Parameters } from '../protocol/parameters.ts';
import type { TokenResponse } from '../protocol/token-response.ts';

export interface TokenRequest {
  client: AuthenticatedClient;
  parameters: Parameters;
  /** The thumbprint of the key whose proof came with the request (RFC 9449 §5); null: none came. */
  jkt: string | null;
}

export interface Grant {
  readonly type: GrantType;
  /** @throws OAuthError */
  redeem(request: TokenRequest): Promise<TokenResponse>;
}
