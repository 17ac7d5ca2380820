/** A clock that stands still until a test moves it. */
import { type Clock, secondsAfter } from '../../server/kernel/clock.ts';

export class TestClock implements Clock {
  #now: Date;

  constructor(now = new Date()) {
    this.#now = now;
  }

  now(): Date {
    return this.#now;
  }

  advance(seconds: number): void {
    this.#now = secondsAfter(this.#now, seconds);
  }
}
