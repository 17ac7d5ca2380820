/** How the secrets of confidential apps are stored and checked. */
import { hash as argon2, verify as verifyArgon2 } from '@node-rs/argon2';
import { hashOf, sameHash, sameText } from '../kernel/secrets.ts';

/** A secret of at least this many characters is taken for a random one, for which SHA-256 is enough. */
const randomLength = 32;

/** How many chosen secrets this process remembers as verified. */
const memoSize = 1000;

/** What the database keeps: `sha256:…`, or argon2id where a person may have chosen the secret. */
export const hashAppSecret = async (secret: string): Promise<string> =>
  secret.length >= randomLength ? `sha256:${hashOf(secret).toString('base64url')}` : argon2(secret);

export class AppSecrets {
  /** argon2 is slow on purpose; what it has said yes to once is recognised by SHA-256 from then on, in this process alone. */
  private readonly verified = new Map<string, Buffer>();

  /** @param hashes of the app's live secrets */
  async verify(hashes: readonly string[], presented: string): Promise<boolean> {
    let found = false;
    for (const hash of hashes) {
      if (await this.matches(hash, presented)) found = true;
    }
    return found;
  }

  private async matches(hash: string, presented: string): Promise<boolean> {
    if (hash.startsWith('sha256:')) return sameText(hash.slice(7), hashOf(presented).toString('base64url'));
    const known = this.verified.get(hash);
    if (known !== undefined) return sameHash(known, hashOf(presented));
    if (!(await verifyArgon2(hash, presented))) return false;
    if (this.verified.size >= memoSize) this.verified.clear();
    this.verified.set(hash, hashOf(presented));
    return true;
  }
}
