/** A third party's application: drives the flow with a strict client library that knows nothing of this server. */
import * as oidc from 'openid-client';
import type { Person, TestClient } from './personas.ts';
import type { TestApp } from './test-app.ts';
import { hiddenFields } from './test-browser.ts';

export type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

export interface SignInRequest {
  url: URL;
  verifier: string;
  state: string;
  nonce: string;
}

export class RelyingParty {
  private constructor(
    readonly configuration: oidc.Configuration,
    readonly client: Omit<TestClient, 'id'>,
  ) {}

  static async discover(
    app: Pick<TestApp, 'issuer'>,
    client: Omit<TestClient, 'id'>,
    authentication?: oidc.ClientAuth,
  ): Promise<RelyingParty> {
    const configuration = await oidc.discovery(
      new URL(app.issuer),
      client.clientId,
      client.clientSecret,
      authentication ?? oidc.ClientSecretBasic(client.clientSecret),
      { execute: [oidc.allowInsecureRequests] },
    );
    return new RelyingParty(configuration, client);
  }

  /** The address to send a browser to. */
  async begin(scope = 'openid profile email', more: Record<string, string> = {}): Promise<SignInRequest> {
    const verifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const url = oidc.buildAuthorizationUrl(this.configuration, {
      redirect_uri: this.client.redirectUri,
      scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...more,
    });
    return { url, verifier, state, nonce };
  }

  authorize(person: Pick<Person, 'browser'>, request: SignInRequest): Promise<URL> {
    return allowInBrowser(person, request.url);
  }

  finish(callback: URL, request: SignInRequest): Promise<Tokens> {
    return oidc.authorizationCodeGrant(this.configuration, callback, {
      pkceCodeVerifier: request.verifier,
      expectedState: request.state,
      expectedNonce: request.nonce,
    });
  }

  /** The whole way. */
  async signIn(person: Pick<Person, 'browser'>, scope?: string, more?: Record<string, string>): Promise<Tokens> {
    const request = await this.begin(scope, more);
    return this.finish(await this.authorize(person, request), request);
  }
}

/** Lets a signed-in person answer an authorization request, allowing what is asked; ends at the redirect back. */
export const allowInBrowser = async ({ browser }: Pick<Person, 'browser'>, url: URL): Promise<URL> => {
  let answer = await browser.get(url.href);
  if (answer.location?.startsWith('/oauth/authorize/')) {
    const waiting = answer.location;
    answer = await browser.get(waiting);
    if (answer.status === 200) {
      answer = await browser.post(waiting, { ...hiddenFields(answer.body), decision: 'allow' });
    }
  }
  if (answer.location === null) throw new Error(`No redirect: ${answer.status} ${answer.body.slice(0, 2000)}`);
  return new URL(answer.location, url);
};
