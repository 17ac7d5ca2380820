/** Client secrets: made, kept as hashes, compared. */

import type { Passwords } from '../accounts/password.ts';
import { hashOf, newCredential, sameHash } from '../kernel/secrets.ts';

/** Shorter ones can be guessed from their hash, unless the hash is slow. */
const longEnough = 32;
const fast = 'sha256:';
/** Slow verifications that succeeded and are remembered. */
const memory = 1000;

export class AppSecrets {
  private readonly passwords: Passwords;
  /** SHA-256 over a slow hash and the secret that fits it, so that the token endpoint computes it once. In the order of use. */
  private readonly verified = new Set<string>();

  constructor(dependencies: { passwords: Passwords }) {
    this.passwords = dependencies.passwords;
  }

  /** A new secret of 256 random bits. */
  generate(): string {
    return newCredential('cs');
  }

  /** @param secret generated, or one that a person chose (see `clientSecretProblem`) */
  async hash(secret: string): Promise<string> {
    return secret.length >= longEnough ? fastHash(secret) : this.passwords.hash(secret);
  }

  /** The last four characters, so that people can tell secrets apart; of a short secret, none. */
  hint(secret: string): string {
    return secret.length >= longEnough ? secret.slice(-4) : '';
  }

  /**
   * @param hashes of the app's live secrets
   * @returns whether `presented` is one of them
   */
  async verify(hashes: readonly string[], presented: string): Promise<boolean> {
    const presentedFast = fastHash(presented);
    let right = false;
    // Every hash is compared, so that the time does not tell which one fits.
    for (const hash of hashes) {
      const fits = hash.startsWith(fast)
        ? sameHash(Buffer.from(hash), Buffer.from(presentedFast))
        : await this.verifySlow(hash, presented);
      right ||= fits;
    }
    return right;
  }

  private async verifySlow(hash: string, presented: string): Promise<boolean> {
    if (presented.length >= longEnough) return false;
    const key = hashOf(`${hash}\0${presented}`).toString('base64');
    if (this.verified.has(key)) return true;
    if (!(await this.passwords.verify(hash, presented))) return false;
    this.verified.add(key);
    for (const oldest of this.verified) {
      if (this.verified.size <= memory) break;
      this.verified.delete(oldest);
    }
    return true;
  }
}

const fastHash = (secret: string): string => fast + hashOf(secret).toString('base64url');
