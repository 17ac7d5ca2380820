/** Where the product gets the time from. Nothing else asks the operating system. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** `seconds` after `date` (negative: before). */
export const secondsAfter = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000);

/** Whole seconds since 1970-01-01T00:00:00Z (a NumericDate, RFC 7519 §2). */
export const epochSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);
