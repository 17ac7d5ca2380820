/** An authorization request after every check has passed: what the rest of the flow works with. */

import type { ClaimsRequest } from './claims-request.ts';

export type Prompt = 'none' | 'login' | 'consent' | 'select_account' | 'create';

export interface AuthorizationParameters {
  responseType: 'code';
  clientId: string;
  /** The validated redirect URI, always present. */
  redirectUri: string;
  /** Whether the request itself named it (then the token request must repeat it, RFC 6749 §4.1.3). */
  redirectUriGiven: boolean;
  responseMode: 'query' | 'form_post';
  scopes: string[];
  /** The identifiers of the APIs that tokens are asked for (RFC 8707 §2); none: this server's own alone. */
  resources: string[];
  /** The scopes again, as a person allows them: those of an API with its identifier (`apis/api-permission.ts`). */
  permissions: string[];
  claims?: ClaimsRequest;
  state?: string;
  nonce?: string;
  codeChallenge?: string;
  prompt: Prompt[];
  /** Seconds (OpenID Connect Core §3.1.2.1). */
  maxAge?: number;
  loginHint?: string;
  uiLocales?: string[];
  /** Whom alone the answer may be about, as the app knows them (`id_token_hint`, or a `sub` among the claims). */
  onlySubjects?: string[];
  /** The thumbprint of the key that the code is bound to (RFC 9449 §10). */
  dpopJkt?: string;
  /** The pushed request that it came from: its hash, in hexadecimal. */
  pushedRequest?: string;
}
