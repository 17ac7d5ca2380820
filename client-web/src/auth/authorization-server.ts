/** The OAuth side of signing in: this page is a public client of the server that it came from. */
import * as oauth from 'oauth4webapi';
import { type Grant, SignInRefused } from './grant.ts';
import { ProofKey } from './proof-key.ts';
import { ServerClock } from './server-clock.ts';

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
  'admin:apis:read',
  'admin:apis:write',
].join(' ');

/** What this page is registered as; the server does that at its start. */
export const webClientId = 'latchkey-web-client';

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
  readonly #clock: ServerClock;
  readonly #key: ProofKey;
  #metadata: Promise<oauth.AuthorizationServer> | null = null;

  /**
   * @param origin of this page, which is the issuer's
   * @param now milliseconds since 1970
   */
  constructor(origin: string, now: () => number) {
    this.#origin = origin;
    this.#clock = new ServerClock(now);
    this.#key = new ProofKey(this.#clock);
  }

  get #redirectUri(): string {
    return `${this.#origin}/callback`;
  }

  get #signedOutUri(): string {
    return `${this.#origin}/`;
  }

  get #client(): oauth.Client {
    return { client_id: webClientId, [oauth.clockSkew]: this.#clock.ahead };
  }

  get #http() {
    return {
      // The issuer itself allows http on this machine only.
      [oauth.allowInsecureRequests]: this.#origin.startsWith('http:'),
      [oauth.customFetch]: async (
        url: string,
        { body = null, ...init }: oauth.CustomFetchOptions<string, oauth.ProtectedResourceRequestBody>,
      ): Promise<Response> => {
        // Asked again even where the browser has kept it: by its date the server's clock is known.
        const response = await fetch(url, {
          ...init,
          body: body as BodyInit | null,
          credentials: 'omit',
          cache: 'no-cache',
        });
        this.#clock.readOff(response);
        return response;
      },
    };
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

  /** Whether programs may register themselves (RFC 8414 §2: the endpoint is named where there is one). */
  async letsProgramsRegister(): Promise<boolean> {
    return (await this.#server()).registration_endpoint !== undefined;
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
      client_id: webClientId,
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
    const client = this.#client;
    try {
      const parameters = oauth.validateAuthResponse(server, client, answer, attempt.state);
      const tokens = await this.#key.prove(async (handle) => {
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.None(),
          parameters,
          this.#redirectUri,
          attempt.codeVerifier,
          { ...this.#http, DPoP: handle },
        );
        return oauth.processAuthorizationCodeResponse(server, client, response, {
          expectedNonce: attempt.nonce,
          requireIdToken: true,
        });
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
    const client = this.#client;
    try {
      const tokens = await this.#key.prove(async (handle) => {
        const http = { ...this.#http, DPoP: handle };
        const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, http);
        return oauth.processRefreshTokenResponse(server, client, response);
      });
      return this.#grant(tokens);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /**
   * Asks a resource of this server, with the proof that the token's key is here.
   * @param init its body is a text or nothing
   * @returns whatever the server answers
   */
  async ask(url: URL, accessToken: string, init: RequestInit): Promise<Response> {
    const { method = 'GET', body, signal } = init;
    if (body !== null && body !== undefined && typeof body !== 'string') throw new TypeError('only a text can be sent');
    try {
      return await this.#key.prove((handle) =>
        oauth.protectedResourceRequest(accessToken, method, url, new Headers(init.headers), body, {
          ...this.#http,
          DPoP: handle,
          ...(signal ? { signal } : {}),
        }),
      );
    } catch (error) {
      // Also a refusal is an answer.
      if (error instanceof oauth.WWWAuthenticateChallengeError) return error.response;
      throw error;
    }
  }

  /**
   * Where the browser goes to be signed out, and comes back from (OpenID Connect RP-Initiated Logout 1.0 §2).
   * @param idToken by which the server knows that it is this page that asks
   */
  async signOutUrl(idToken: string, state: string, language: string): Promise<URL> {
    const server = await this.#server();
    if (server.end_session_endpoint === undefined) throw new Error('the metadata names no end session endpoint');
    const url = new URL(server.end_session_endpoint);
    url.search = new URLSearchParams({
      id_token_hint: idToken,
      client_id: webClientId,
      post_logout_redirect_uri: this.#signedOutUri,
      state,
      ui_locales: language,
    }).toString();
    return url;
  }

  #grant(tokens: oauth.TokenEndpointResponse): Grant {
    return {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? null,
      expiresIn: tokens.expires_in ?? 60,
      // RFC 6749 §5.1: left out where it is what was asked for.
      scopes: new Set((tokens.scope ?? scope).split(' ')),
      idToken: tokens.id_token ?? null,
      subject: oauth.getValidatedIdTokenClaims(tokens)?.sub ?? null,
    };
  }
}
