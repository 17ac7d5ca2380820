/** A third party's application as its developers would write it: `openid-client`, with no option that a real one lacks. */
import * as oidc from 'openid-client';
import type { Person, RegisteredApp } from './personas.ts';
import type { TestApp } from './test-app.ts';
import type { Visitor } from './visitor.ts';

export interface SignInOptions {
  scope?: string;
  /** The browser that the person uses; a new one, signed in, unless given. */
  visitor?: Visitor;
  parameters?: Readonly<Record<string, string>>;
}

export class RelyingParty {
  readonly configuration: oidc.Configuration;
  readonly #app: RegisteredApp;

  private constructor(configuration: oidc.Configuration, app: RegisteredApp) {
    this.configuration = configuration;
    this.#app = app;
  }

  static async discover(server: TestApp, app: RegisteredApp): Promise<RelyingParty> {
    const authentication =
      app.clientSecret === ''
        ? oidc.None()
        : app.app.authMethod === 'client_secret_post'
          ? oidc.ClientSecretPost(app.clientSecret)
          : oidc.ClientSecretBasic(app.clientSecret);
    const configuration = await oidc.discovery(new URL(server.origin), app.clientId, undefined, authentication, {
      execute: [oidc.allowInsecureRequests],
    });
    return new RelyingParty(configuration, app);
  }

  /** Sends the person through sign-in and consent, which is allowed, and redeems the code. */
  async signIn(
    person: Person,
    options: SignInOptions = {},
  ): Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers> {
    const { scope = 'openid profile email', visitor = await person.signIn() } = options;
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
    const request = oidc.buildAuthorizationUrl(this.configuration, {
      redirect_uri: this.#app.redirectUri,
      scope,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...options.parameters,
    });
    const callback = await this.allow(visitor, request);
    return oidc.authorizationCodeGrant(this.configuration, callback, {
      pkceCodeVerifier,
      expectedState,
      expectedNonce,
    });
  }

  /** Goes through an authorization request of a signed-in person, up to the address of the app that it leads to. */
  async allow(visitor: Visitor, request: URL): Promise<URL> {
    let page = await visitor.get(request);
    for (let step = 0; step < 10; step++) {
      if (page.location?.startsWith(this.#app.redirectUri)) return new URL(page.location);
      if (page.location !== null) page = await visitor.get(page.location);
      else if (page.html.includes('id="allow"')) page = await visitor.submit(page, { decision: 'allow' });
      else break;
    }
    throw new Error(`${page.url.pathname} answered ${page.status}: ${page.html.slice(0, 500)}`);
  }
}
