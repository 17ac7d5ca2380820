/** The tokens of this tab: in memory only, renewed in time, once for all who wait. */
import { type Grant, SignInRefused } from './grant.ts';

/** What renewing needs of the authorization server. */
export interface TokenSource {
  refresh(refreshToken: string): Promise<Grant>;
  signInSilently(): Promise<Grant>;
}

/** Milliseconds before its end at which an access token is no longer sent. */
const margin = 30_000;

interface Held {
  readonly grant: Grant;
  readonly subject: string | null;
  readonly idToken: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export class Tokens {
  readonly #source: TokenSource;
  readonly #now: () => number;
  #held: Held | null = null;
  #renewal: Promise<void> | null = null;

  /** @param now milliseconds since 1970 */
  constructor({ source, now }: { source: TokenSource; now: () => number }) {
    this.#source = source;
    this.#now = now;
  }

  get accessToken(): string | null {
    return this.#held?.grant.accessToken ?? null;
  }

  get scopes(): ReadonlySet<string> {
    return this.#held?.grant.scopes ?? new Set();
  }

  get subject(): string | null {
    return this.#held?.subject ?? null;
  }

  /** The last one that came: by it the server knows who asks to be signed out. */
  get idToken(): string | null {
    return this.#held?.idToken ?? null;
  }

  /** True from half a minute before the end on; also while there is no token. */
  get stale(): boolean {
    return this.#held === null || this.#now() >= this.#held.expiresAt - margin;
  }

  keep(grant: Grant): void {
    const lifetime = grant.expiresIn * 1000;
    // A token that lives for less than the margin is still worth a use or two.
    const expiresAt = this.#now() + Math.max(lifetime, margin + lifetime / 2);
    this.#held = {
      grant,
      subject: grant.subject ?? this.subject,
      idToken: grant.idToken ?? this.idToken,
      expiresAt,
    };
  }

  forget(): void {
    this.#held = null;
  }

  /**
   * Gets new tokens; whoever calls while that is under way waits for the same ones.
   * @throws SignInRefused where only the person can go on; the tokens are forgotten then
   * @throws whatever the network throws; the tokens are kept, so that one can try again
   */
  renew(): Promise<void> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renew(): Promise<void> {
    try {
      this.keep(await this.#newGrant());
    } catch (error) {
      if (error instanceof SignInRefused) this.forget();
      throw error;
    }
  }

  async #newGrant(): Promise<Grant> {
    const refreshToken = this.#held?.grant.refreshToken ?? null;
    if (refreshToken !== null) {
      try {
        return await this.#source.refresh(refreshToken);
      } catch (error) {
        // The token's time may be over while the browser is still signed in.
        if (!(error instanceof SignInRefused)) throw error;
      }
    }
    return this.#source.signInSilently();
  }
}
