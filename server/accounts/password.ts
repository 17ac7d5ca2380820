/** How passwords are checked and kept: argon2id, a few at a time. */
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { newCredential } from '../kernel/secrets.ts';

// OWASP's recommendation for argon2id, the library's default algorithm: 19 MiB, two passes, one lane.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const maxBytes = 1024;
/** Who comes when this many wait already would wait for longer than a browser does. */
const maxWaiting = 500;

/** The same password however the keyboard composed its letters (RFC 8265 §4.2.2). */
const normalise = (password: string): string => password.normalize('NFC');

/** @returns what is wrong with a new password, or null */
export const passwordProblem = (password: string): UserError | null => {
  const problem = (code: string, message: string): UserError => ({ code, message, path: ['password'] });
  if (password === '') return problem('REQUIRED', 'Choose a password.');
  if ([...normalise(password)].length < 8) return problem('TOO_SHORT', 'A password has at least 8 characters.');
  if (Buffer.byteLength(normalise(password)) > maxBytes) {
    return problem('TOO_LONG', 'A password has at most 1024 bytes.');
  }
  if (!password.isWellFormed() || password.includes('\0')) {
    return problem('INVALID', 'That password has characters that cannot be used.');
  }
  return null;
};

export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Of no account: verified where there is none, so that the answer takes as long. */
  private readonly decoy = hash(newCredential('ml'), options);

  /** Hashes computed at once at most: each takes a core for some 30 ms and 19 MiB. */
  private readonly limit = Math.max(1, Math.min(4, availableParallelism()));

  /**
   * @param password without a problem (`passwordProblem`)
   * @returns a PHC string
   * @throws DomainError RATE_LIMITED where too many wait
   */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalise(password), options));
  }

  /**
   * @param passwordHash null where there is no account or it has no password: takes as long, and is never right
   * @throws DomainError RATE_LIMITED where too many wait
   */
  verify(passwordHash: string | null, password: string): Promise<boolean> {
    return this.inTurn(async () => {
      const candidate = normalise(password);
      const possible = candidate.isWellFormed() && Buffer.byteLength(candidate) <= maxBytes;
      const right = await verify(passwordHash ?? (await this.decoy), possible ? candidate : '');
      return right && possible && passwordHash !== null;
    });
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) {
      if (this.waiting.length >= maxWaiting) throw DomainError.rateLimited(10);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
