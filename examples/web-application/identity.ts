/** Everything that this application says to the identity server, by openid-client. */
import * as client from 'openid-client';
import { type Credentials, keptCredentials, register } from './registration.ts';
import type { Session, SignInAttempt, Tokens } from './sessions.ts';
import { settings } from './settings.ts';

/** What this application asks the API for. */
export interface Profile {
  id: string;
  username: string;
  email: string | null;
  name: string;
}

/** The identity server does not let this application act for the person any more: they have to sign in again. */
export class SignInEndedError extends Error {}

export class Identity {
  private readonly configuration: client.Configuration;

  private constructor(configuration: client.Configuration) {
    this.configuration = configuration;
  }

  /** Learns where everything is from the server's metadata, and sees that the credentials still work. */
  static async connect(): Promise<Identity> {
    // Nothing is registered where no server answers.
    await fetch(new URL('/.well-known/openid-configuration', settings.issuer));
    const kept = keptCredentials();
    if (kept !== null) {
      const configuration = await discover(kept);
      if (await isAccepted(configuration)) return new Identity(configuration);
    }
    return new Identity(await discover(await register()));
  }

  /** @returns where to send the browser, and what to remember until it comes back */
  async beginSignIn(): Promise<{ url: URL; attempt: SignInAttempt }> {
    const attempt = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      codeVerifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(this.configuration, {
      redirect_uri: settings.redirectUri,
      scope: settings.scope,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
      code_challenge_method: 'S256',
    });
    return { url, attempt };
  }

  /**
   * Redeems the code in `callback` and checks everything that has to be checked: state, issuer, ID token, nonce.
   * @throws client.AuthorizationResponseError where the person or the server said no
   */
  async finishSignIn(callback: URL, attempt: SignInAttempt): Promise<{ iss: string; sub: string; tokens: Tokens }> {
    const response = await client.authorizationCodeGrant(this.configuration, callback, {
      pkceCodeVerifier: attempt.codeVerifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    const claims = response.claims();
    if (claims === undefined) throw new Error('The identity server gave no ID token.');
    return { iss: claims.iss, sub: claims.sub, tokens: tokensOf(response) };
  }

  /**
   * The profile as it is now, by GraphQL.
   * @throws SignInEndedError
   */
  async profile(session: Session): Promise<Profile> {
    const { accessToken } = await this.freshTokens(session);
    const response = await client.fetchProtectedResource(
      this.configuration,
      accessToken,
      new URL('/graphql', settings.issuer),
      'POST',
      JSON.stringify({ query: 'query { me { id username email name } }' }),
      new Headers({ 'Content-Type': 'application/json', Accept: 'application/json' }),
    );
    const { data, errors } = (await response.json()) as { data?: { me: Profile }; errors?: { message: string }[] };
    if (data === undefined || errors !== undefined) throw new Error(errors?.[0]?.message ?? `HTTP ${response.status}`);
    return data.me;
  }

  /** Tells the server that the tokens are not needed any more. */
  async giveBack({ refreshToken, accessToken }: Tokens): Promise<void> {
    await client.tokenRevocation(this.configuration, refreshToken ?? accessToken);
  }

  /** Refresh tokens work once: what comes back replaces the pair. */
  private async freshTokens(session: Session): Promise<Tokens> {
    const { tokens } = session;
    if (tokens === undefined) throw new SignInEndedError();
    if (tokens.expiresAt > Date.now() + 5000) return tokens;
    session.refreshing ??= this.refresh(tokens).finally(() => {
      session.refreshing = undefined;
    });
    session.tokens = await session.refreshing;
    return session.tokens;
  }

  private async refresh({ refreshToken }: Tokens): Promise<Tokens> {
    if (refreshToken === undefined) throw new SignInEndedError();
    return tokensOf(await client.refreshTokenGrant(this.configuration, refreshToken));
  }
}

/** Whether an error means that the person's permission is over: revoked, expired, or the account is locked. */
export const isOver = (error: unknown): boolean =>
  error instanceof SignInEndedError ||
  error instanceof client.WWWAuthenticateChallengeError ||
  (error instanceof client.ResponseBodyError && error.error === 'invalid_grant');

/** Whether the person chose *Deny*. */
export const isDenied = (error: unknown): boolean =>
  error instanceof client.AuthorizationResponseError && error.error === 'access_denied';

/** Whether what came back is no answer to what was asked: another state, another issuer, a nonce that is not ours. */
export const isForged = (error: unknown): boolean => error instanceof client.ClientError;

const discover = ({ clientId, clientSecret }: Credentials): Promise<client.Configuration> =>
  client.discovery(settings.issuer, clientId, undefined, client.ClientSecretBasic(clientSecret), {
    // openid-client insists on https; on this machine alone, http will do.
    execute: settings.issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
  });

const isAccepted = async (configuration: client.Configuration): Promise<boolean> => {
  try {
    await client.tokenIntrospection(configuration, 'any-token-will-do');
    return true;
  } catch (error) {
    const refused = error instanceof client.WWWAuthenticateChallengeError || error instanceof client.ResponseBodyError;
    if (refused && error.status === 401) return false;
    throw error;
  }
};

const tokensOf = (response: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers): Tokens => ({
  accessToken: response.access_token,
  refreshToken: response.refresh_token,
  expiresAt: Date.now() + (response.expiresIn() ?? 0) * 1000,
});
