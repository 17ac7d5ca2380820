/** The OAuth side of signing in: this page is a public client of the server that it came from. */
import * as oauth from 'oauth4webapi';
import { type Grant, SignInRefused } from './grant.ts';

/** What a sign-in begins with and its answer must match; kept by whoever started it until the answer is there. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Administrative scopes are asked for too: the server gives them to administrators only. No `offline_access`: a
 * token of this page ends with the browser session. */
const scope = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'profile:write',
  'connected-apps:read',
  'connected-apps:write',
  'sessions:read',
  'sessions:write',
  'apps:read',
  'apps:write',
  'admin:users:read',
  'admin:users:write',
  'admin:apps:read',
  'admin:apps:write',
].join(' ');

/** What this page is registered as; the server does that at its start. */
export const webClientId = 'latchkey-web-client';

const client: oauth.Client = { client_id: webClientId };

/** Codes after which only a person can go on, by signing in. */
const refusals = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
  'access_denied',
  'invalid_grant',
]);

const refusalOf = (error: unknown): unknown =>
  (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) &&
  refusals.has(error.error)
    ? new SignInRefused(error.error, error)
    : error;

const issuerOf = async (response: Response): Promise<URL | null> => {
  const metadata: unknown = await response.json().catch(() => null);
  const issuer: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'issuer') : null;
  return typeof issuer === 'string' ? URL.parse(issuer) : null;
};

export class AuthorizationServer {
  readonly #origin: string;
  #metadata: Promise<oauth.AuthorizationServer> | null = null;

  /** @param origin of this page, which is the issuer's */
  constructor(origin: string) {
    this.#origin = origin;
  }

  get #redirectUri(): string {
    return `${this.#origin}/callback`;
  }

  get #http() {
    // The issuer itself allows http on this machine only.
    return { [oauth.allowInsecureRequests]: this.#origin.startsWith('http:') };
  }

  async #discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.#origin);
    const response = await oauth.discoveryRequest(issuer, this.#http);
    const named = await issuerOf(response.clone());
    if (named !== null && named.origin !== issuer.origin) {
      // Opened by another name of the same server, such as 127.0.0.1: sign-in, cookies and tokens belong to the issuer.
      const { pathname, search, hash } = window.location;
      window.location.replace(named.origin + pathname + search + hash);
      return new Promise(() => undefined);
    }
    return oauth.processDiscoveryResponse(issuer, response);
  }

  #server(): Promise<oauth.AuthorizationServer> {
    this.#metadata ??= this.#discover().catch((error: unknown) => {
      this.#metadata = null;
      throw error;
    });
    return this.#metadata;
  }

  newAttempt(): SignInAttempt {
    return {
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
      codeVerifier: oauth.generateRandomCodeVerifier(),
    };
  }

  /** @param prompt of OpenID Connect: `none` never shows a page, `create` shows the one for signing up */
  async authorizationUrl(attempt: SignInAttempt, language: string, prompt?: 'none' | 'create'): Promise<URL> {
    const server = await this.#server();
    if (server.authorization_endpoint === undefined) throw new Error('the metadata names no authorization endpoint');
    const url = new URL(server.authorization_endpoint);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: this.#redirectUri,
      scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
      ui_locales: language,
      ...(prompt === undefined ? {} : { prompt }),
    }).toString();
    return url;
  }

  /**
   * @param answer the address that the server sent the browser back to
   * @throws SignInRefused where nobody was signed in
   */
  async redeem(answer: URL, attempt: SignInAttempt): Promise<Grant> {
    const server = await this.#server();
    try {
      const parameters = oauth.validateAuthResponse(server, client, answer, attempt.state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        parameters,
        this.#redirectUri,
        attempt.codeVerifier,
        this.#http,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: attempt.nonce,
        requireIdToken: true,
      });
      return this.#grant(tokens);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /**
   * Signs in from the browser session alone. This page and the server share an origin, so an ordinary request can
   * follow the redirects of `prompt=none` and read the last address: no frame, no change of page, nothing to be seen.
   * @throws SignInRefused where the browser has no session
   */
  async signInSilently(language: string): Promise<Grant> {
    const attempt = this.newAttempt();
    const response = await fetch(await this.authorizationUrl(attempt, language, 'none'), {
      headers: { accept: 'text/html' },
      credentials: 'same-origin',
    });
    const answer = new URL(response.url);
    if (answer.href.split('?')[0] !== this.#redirectUri) {
      throw new Error(`the authorization endpoint answered ${response.status} instead of a redirect`);
    }
    return this.redeem(answer, attempt);
  }

  /** @throws SignInRefused where the token's time is over */
  async refresh(refreshToken: string): Promise<Grant> {
    const server = await this.#server();
    try {
      const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, this.#http);
      return this.#grant(await oauth.processRefreshTokenResponse(server, client, response));
    } catch (error) {
      throw refusalOf(error);
    }
  }

  #grant(tokens: oauth.TokenEndpointResponse): Grant {
    return {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? null,
      expiresIn: tokens.expires_in ?? 60,
      // RFC 6749 §5.1: left out where it is what was asked for.
      scopes: new Set((tokens.scope ?? scope).split(' ')),
      subject: oauth.getValidatedIdTokenClaims(tokens)?.sub ?? null,
    };
  }
}
