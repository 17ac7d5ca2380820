/** What a domain refuses, in its own words. Knows no transport: HTTP, pages and GraphQL each map it once. */

/** What a form can mend: a rule broken by one input field. */
export interface UserError {
  /** Stable, for programs: `TAKEN`, `TOO_SHORT`, `INVALID`, … */
  code: string;
  /** One plain English sentence; pages translate by `code`. */
  message: string;
  /** The input field, as a path of names: `['redirectUris', '0']`. */
  path: string[];
}

export type DomainErrorCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'CONFLICT'
  | 'STEP_UP_REQUIRED';

export class DomainError extends Error {
  override readonly name = 'DomainError';

  private constructor(
    readonly code: DomainErrorCode,
    message: string,
    readonly userErrors: readonly UserError[] = [],
    /** Seconds to wait, for `RATE_LIMITED`. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  /** Something that the person who filled in a form can mend. */
  static invalidInput(userErrors: readonly UserError[]): DomainError {
    return new DomainError('INVALID_INPUT', userErrors.map((error) => error.message).join(' '), userErrors);
  }

  /** Missing, or somebody else's: both look the same. */
  static notFound(what: string): DomainError {
    return new DomainError('NOT_FOUND', `There is no such ${what}.`);
  }

  static forbidden(message: string): DomainError {
    return new DomainError('FORBIDDEN', message);
  }

  static conflict(message: string): DomainError {
    return new DomainError('CONFLICT', message);
  }

  /** The person must prove again who they are, and can then do it. */
  static stepUpRequired(message: string): DomainError {
    return new DomainError('STEP_UP_REQUIRED', message);
  }

  /** @param retryAfter seconds */
  static rateLimited(retryAfter: number): DomainError {
    return new DomainError('RATE_LIMITED', `Too many attempts. Try again in ${retryAfter} seconds.`, [], retryAfter);
  }
}
