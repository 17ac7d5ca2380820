/** The server's time, as its answers tell it: a computer whose clock is wrong can sign in all the same. */
export class ServerClock {
  readonly #now: () => number;
  /** Seconds that the server is ahead of this computer. */
  #ahead = 0;

  /** @param now milliseconds since 1970, by this computer */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Seconds. */
  get ahead(): number {
    return this.#ahead;
  }

  /** Seconds since 1970. */
  get now(): number {
    return Math.floor(this.#now() / 1000) + this.#ahead;
  }

  /** @param response of the server, and not out of a cache */
  readOff(response: Response): void {
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) this.#ahead = Math.round((date - this.#now()) / 1000);
  }
}
