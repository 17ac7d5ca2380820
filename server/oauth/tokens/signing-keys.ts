/** The keys that sign ID tokens: one is made at the first start, kept sealed in the database, shared by every node. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { InTransaction } from '../../database/unit-of-work.ts';
import type { Clock } from '../../kernel/clock.ts';
import { deriveKey } from '../../kernel/secrets.ts';
import { SigningKey } from '../signing-key.entity.ts';

const algorithm = 'ES256';

/** `pg_advisory_xact_lock`: two nodes that start at once make one key. */
const keyLock = 4_104_001;

export interface Signer {
  kid: string;
  algorithm: string;
  privateKey: CryptoKey;
}

export class SigningKeys {
  private constructor(
    readonly signer: Signer,
    /** What `/oauth/jwks` publishes (RFC 7517 §5). */
    readonly jwks: { keys: JWK[] },
  ) {}

  /**
   * Loads the keys; makes the first one.
   * @param secret the operator's secret, under which they are sealed
   * @throws where the secret is not the one that sealed them
   */
  static async open(deps: { inTransaction: InTransaction; clock: Clock; secret: string }): Promise<SigningKeys> {
    const sealing = new Seal(deriveKey(deps.secret, 'signing keys'));
    const keys = await deps.inTransaction(async (em) => {
      await em.execute('select pg_advisory_xact_lock(?)', [keyLock]);
      const found = await em.find(SigningKey, {}, { orderBy: { createdAt: 'desc' }, populate: ['sealedPrivateJwk'] });
      return found.length > 0 ? found : [await makeKey(em, sealing, deps.clock.now())];
    });
    const [newest] = keys;
    if (newest === undefined) throw new Error('There is no signing key.');
    return new SigningKeys(
      {
        kid: newest.kid,
        algorithm: newest.algorithm,
        privateKey: (await importJWK(
          JSON.parse(sealing.open(newest.sealedPrivateJwk)) as JWK,
          newest.algorithm,
        )) as CryptoKey,
      },
      { keys: keys.map((key) => ({ ...key.publicJwk, kid: key.kid, alg: key.algorithm, use: 'sig' })) },
    );
  }
}

const makeKey = async (em: EntityManager, sealing: Seal, now: Date): Promise<SigningKey> => {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const key = em.create(SigningKey, {
    kid: await calculateJwkThumbprint(publicJwk),
    algorithm,
    publicJwk,
    sealedPrivateJwk: sealing.close(JSON.stringify(await exportJWK(privateKey))),
    createdAt: now,
    activeAt: now,
  });
  await em.persist(key).flush();
  return key;
};

/** AES-256-GCM: 12 bytes of nonce, 16 of tag, then the text. */
class Seal {
  constructor(private readonly key: Buffer) {}

  close(text: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  open(sealed: Uint8Array): string {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new WrongSecretError({ cause });
    }
  }
}

/** The operator's secret is not the one with which this database's keys were sealed. */
class WrongSecretError extends Error {
  override readonly name = 'WrongSecretError';
  constructor(options?: ErrorOptions) {
    super(
      'The signing keys in this database were sealed with another LATCHKEY_SECRET: set that one again, the same on every node.',
      options,
    );
  }
}
