/** Whether somebody is signed in to this page, and everything that changes it. */
import { AuthorizationServer } from './authorization-server.ts';
import { SignInRefused } from './grant.ts';
import { OtherTabs } from './other-tabs.ts';
import { keepPending, takePending } from './pending-sign-in.ts';
import { keepSignOut, takeSignOut } from './pending-sign-out.ts';
import { Tokens } from './tokens.ts';

export type SignInState =
  /** Finding out: the skeleton is shown, never the landing page. */
  | { readonly at: 'starting' }
  | { readonly at: 'signed-out'; readonly because: 'never-signed-in' | 'signed-out' | 'ended' | 'failed' }
  | { readonly at: 'unreachable' }
  | { readonly at: 'signed-in'; readonly subject: string; readonly scopes: ReadonlySet<string> };

export class SignIn {
  readonly tokens: Tokens;
  readonly #server: AuthorizationServer;
  readonly #tabs = new OtherTabs();
  readonly #language: () => string;
  readonly #listeners = new Set<() => void>();
  #state: SignInState = { at: 'starting' };

  /** @param language of the pages that the server shows on the way */
  constructor({ origin, now, language }: { origin: string; now: () => number; language: () => string }) {
    const server = new AuthorizationServer(origin, now);
    this.#server = server;
    this.#language = language;
    this.tokens = new Tokens({
      source: {
        refresh: (refreshToken) => server.refresh(refreshToken),
        signInSilently: () => server.signInSilently(language()),
      },
      now,
    });
    this.#tabs.onSignedOut(() => this.#leave('signed-out'));
  }

  get state(): SignInState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): SignInState => this.#state;

  #become(state: SignInState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  /**
   * Finds out at the start of the page who is there.
   * @param address of the page
   * @param goTo shows another path, before anything of it is rendered for somebody signed in
   */
  async start(address: URL, goTo: (path: string) => Promise<void>): Promise<void> {
    if (address.pathname === '/callback') await this.#answer(address, goTo);
    else if (address.pathname === '/' && takeSignOut(address.searchParams.get('state'))) {
      await goTo('/');
      this.#leave('signed-out');
      this.#tabs.announceSignedOut();
    }
    // Who comes to a page of somebody signed in, most likely is: by another app, or by the link for the first administrator.
    else await this.#resume(address.pathname !== '/');
  }

  async #resume(likelySignedIn: boolean): Promise<void> {
    if (likelySignedIn || this.#tabs.wasSignedIn) await this.tryAgain();
    else this.#become({ at: 'signed-out', because: 'never-signed-in' });
  }

  /** Tries to sign in from the browser session alone. */
  async tryAgain(): Promise<void> {
    this.#become({ at: 'starting' });
    try {
      await this.tokens.renew();
      this.#enter();
    } catch (error) {
      if (error instanceof SignInRefused) this.#leave('never-signed-in');
      else this.#become({ at: 'unreachable' });
    }
  }

  async #answer(address: URL, goTo: (path: string) => Promise<void>): Promise<void> {
    const pending = takePending(address.searchParams.get('state'));
    if (pending === null) {
      // Opened again from the history, or not begun here: whoever is signed in is still signed in.
      await goTo('/');
      return this.#resume(false);
    }
    try {
      const grant = await this.#server.redeem(address, pending);
      await goTo(pending.returnTo);
      this.tokens.keep(grant);
      this.#enter();
    } catch (error) {
      await goTo('/');
      const refused = error instanceof SignInRefused && error.code === 'access_denied';
      this.#leave(refused ? 'never-signed-in' : 'failed');
    }
  }

  #enter(): void {
    const { subject, scopes } = this.tokens;
    if (subject === null) throw new Error('signed in, but as nobody');
    this.#tabs.rememberSignedIn(true);
    this.#become({ at: 'signed-in', subject, scopes });
  }

  #leave(because: 'never-signed-in' | 'signed-out' | 'ended' | 'failed'): void {
    this.tokens.forget();
    this.#tabs.rememberSignedIn(false);
    this.#become({ at: 'signed-out', because });
  }

  /** Leaves for the server's own pages. @param returnTo a path of this page */
  async begin(kind: 'sign-in' | 'sign-up', returnTo: string): Promise<void> {
    const attempt = this.#server.newAttempt();
    const prompt = kind === 'sign-up' ? 'create' : undefined;
    const url = await this.#server.authorizationUrl(attempt, this.#language(), prompt);
    keepPending({ ...attempt, returnTo });
    window.location.assign(url);
  }

  /** New tokens for requests; signs this page out where the server says that nobody is there. */
  async renew(): Promise<void> {
    const before = this.tokens.subject;
    try {
      await this.tokens.renew();
    } catch (error) {
      if (error instanceof SignInRefused && this.#state.at === 'signed-in') this.#leave('ended');
      throw error;
    }
    // Somebody else signed in from another tab: nothing that is on this page is theirs.
    if (before !== null && this.tokens.subject !== before) window.location.assign('/');
  }

  /** Leaves for the server, which ends the session here and at the other apps of it, and sends the browser back. */
  async signOut(): Promise<void> {
    const { idToken } = this.tokens;
    if (idToken === null) {
      // The server's own page asks who wants to be signed out.
      window.location.assign('/sign-out');
      return;
    }
    const { state } = this.#server.newAttempt();
    const url = await this.#server.signOutUrl(idToken, state, this.#language());
    keepSignOut(state);
    window.location.assign(url);
  }

  letsProgramsRegister(): Promise<boolean> {
    return this.#server.letsProgramsRegister();
  }

  /** Asks the API as whoever is signed in. */
  readonly fetch: typeof fetch = (input, init) => {
    const token = this.tokens.accessToken;
    // Without a token the API says that it wants one.
    if (token === null) return fetch(input, { ...init, credentials: 'omit' });
    const address = input instanceof Request ? input.url : input;
    return this.#server.ask(new URL(address, window.location.href), token, init ?? {});
  };
}
