/** A grant turns what an authenticated client presents into tokens. The phases before it are the token endpoint's, the same for all. */
import type { App, GrantType } from '../../apps/app.entity.ts';
import type { Parameters } from '../protocol/parameters.ts';

/** The client as its authentication left it: what a grant needs of the app, read by that one statement. */
export type AuthenticatedClient = Pick<
  App,
  'id' | 'clientId' | 'name' | 'type' | 'authMethod' | 'grantTypes' | 'scopes'
>;

export interface TokenRequest {
  client: AuthenticatedClient;
  parameters: Parameters;
}

/** A successful answer (RFC 6749 §5.1). */
export interface TokenResponse {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  scope: string;
  refresh_token?: string;
  id_token?: string;
}

export interface Grant {
  readonly type: GrantType;
  /** @throws OAuthError */
  redeem(request: TokenRequest): Promise<TokenResponse>;
}
