/**
 * The key that this page's tokens are bound to (RFC 9449). It is in memory only, like the tokens, and not even this page can read
 * its private half; so each tab has a key and tokens of its own.
 */
import * as oauth from 'oauth4webapi';
import type { ServerClock } from './server-clock.ts';

export class ProofKey {
  readonly #clock: ServerClock;
  #handle: Promise<oauth.DPoPHandle> | null = null;

  constructor(clock: ServerClock) {
    this.#clock = clock;
  }

  async #make(): Promise<oauth.DPoPHandle> {
    const pair = await oauth.generateKeyPair('ES256', { extractable: false });
    return oauth.DPoP({}, pair, {
      [oauth.modifyAssertion]: (_header, claims) => {
        claims.iat = this.#clock.now;
      },
    });
  }

  /**
   * Makes a request that carries a proof, and makes it again where the server wants its nonce in the proof (RFC 9449 §8, §9).
   * @param request with this handle, which remembers the nonce; fails as `oauth4webapi` does
   */
  async prove<T>(request: (handle: oauth.DPoPHandle) => Promise<T>): Promise<T> {
    this.#handle ??= this.#make();
    const handle = await this.#handle;
    try {
      return await request(handle);
    } catch (error) {
      if (!oauth.isDPoPNonceError(error)) throw error;
      return request(handle);
    }
  }
}
