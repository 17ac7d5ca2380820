/** The operator's secret, and while it is being changed the other one too: what was made with either is good. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey, mac, sameText } from './secrets.ts';

export class OperatorSecret {
  /** @param previous accepted beside the current one, never used for anything new */
  constructor(
    private readonly current: string,
    private readonly previous?: string,
  ) {}

  /** Keys of 32 bytes for one purpose: what is new is made with the first, what is there may be of any. */
  keysFor(purpose: string): [Buffer, ...Buffer[]] {
    const { current, previous } = this;
    return [deriveKey(current, purpose), ...(previous === undefined ? [] : [deriveKey(previous, purpose)])];
  }
}

/** Proves that this server made a text, for one purpose: HMAC-SHA-256 in base64url. */
export class Mac {
  private readonly keys: [Buffer, ...Buffer[]];

  constructor(secret: OperatorSecret, purpose: string) {
    this.keys = secret.keysFor(purpose);
  }

  of(text: string): string {
    return mac(this.keys[0], text);
  }

  isOf(text: string, presented: string): boolean {
    return this.keys.some((key) => sameText(presented, mac(key, text)));
  }
}

/** Keeps what the database holds from whoever reads the database: AES-256-GCM, 12 bytes of nonce, 16 of tag, then the text. */
export class Seal {
  private readonly keys: [Buffer, ...Buffer[]];

  constructor(secret: OperatorSecret, purpose: string) {
    this.keys = secret.keysFor(purpose);
  }

  close(text: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.keys[0], nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @throws WrongSecretError */
  open(sealed: Uint8Array): string {
    let failure: unknown;
    for (const key of this.keys) {
      try {
        return decrypt(key, sealed);
      } catch (error) {
        failure = error;
      }
    }
    throw new WrongSecretError({ cause: failure });
  }

  /** @returns the same under the current secret; null where that is what it is under already */
  renew(sealed: Uint8Array): Buffer | null {
    try {
      decrypt(this.keys[0], sealed);
      return null;
    } catch {
      return this.close(this.open(sealed));
    }
  }
}

const decrypt = (key: Buffer, sealed: Uint8Array): string => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
};

/** The operator's secret is not the one with which this database was sealed. */
class WrongSecretError extends Error {
  override readonly name = 'WrongSecretError';
  constructor(options?: ErrorOptions) {
    super(
      'What this database holds was sealed with another LATCHKEY_SECRET: set that one again, the same on every node, or give it as LATCHKEY_SECRET_PREVIOUS.',
      options,
    );
  }
}
