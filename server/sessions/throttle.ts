/** Counts in the database what may not be tried without end, so that every node counts the same. */

import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../kernel/domain-error.ts';

export class Throttle {
  private readonly limiter: RateLimiterPostgres;

  /**
   * @param options.name tells one throttle's counts from another's
   * @param options.limit attempts within the window
   * @param options.window seconds
   */
  constructor(options: { pool: pg.Pool; name: string; limit: number; window: number }) {
    this.limiter = new RateLimiterPostgres({
      storeClient: options.pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      // What is over is removed with everything else (clean-up.ts).
      clearExpiredByTimeout: false,
      keyPrefix: options.name,
      points: options.limit,
      duration: options.window,
    });
  }

  /** @throws DomainError RATE_LIMITED */
  async take(key: string): Promise<void> {
    try {
      await this.limiter.consume(key);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw DomainError.rateLimited(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    }
  }

  /** Gives back what one `take` took, and no more. */
  async giveBack(key: string): Promise<void> {
    await this.limiter.reward(key);
  }
}
