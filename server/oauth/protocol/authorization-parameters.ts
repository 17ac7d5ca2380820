/** An authorization request after every check has passed: what the rest of the flow works with. */

export type Prompt = 'none' | 'login' | 'consent' | 'select_account' | 'create';

export interface AuthorizationParameters {
  responseType: 'code';
  clientId: string;
  /** The validated redirect URI, always present. */
  redirectUri: string;
  /** Whether the request itself named it (then the token request must repeat it, RFC 6749 §4.1.3). */
  redirectUriGiven: boolean;
  scopes: string[];
  state?: string;
  nonce?: string;
  codeChallenge?: string;
  prompt: Prompt[];
  /** Seconds (OpenID Connect Core §3.1.2.1). */
  maxAge?: number;
  loginHint?: string;
  uiLocales?: string[];
}
