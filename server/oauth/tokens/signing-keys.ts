/**
 * The keys that sign ID tokens, logout tokens, UserInfo and access tokens for APIs: kept sealed in the database, shared by every node.
 *
 * Each algorithm has one that signs. Its successor is published before it signs, and it stays published itself until everything that
 * it signed is over, so no token is ever without its key. Which one signs follows from the rows and the time alone: nodes that know
 * the same rows agree without asking each other.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
} from 'jose';
import { type SigningAlgorithm, signingAlgorithms } from '../../apps/app.entity.ts';
import { signedTokenLifetimeLimit } from '../../config.ts';
import type { Statements } from '../../database/statements.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { type OperatorSecret, Seal } from '../../kernel/operator-secret.ts';
import { isThumbprint } from '../protocol/thumbprint.ts';
import { SigningKey } from '../signing-key.entity.ts';

export interface Signer {
  kid: string;
  algorithm: SigningAlgorithm;
  privateKey: CryptoKey;
}

/** A key as operators see it. */
export interface KnownKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicJwk: JWK;
  readonly createdAt: Date;
  /** Signs from here on. */
  readonly activeAt: Date;
  /** Signs no more from here on; null: no successor yet. */
  readonly retiredAt: Date | null;
  readonly publishedUntil: Date | null;
}

interface KeyRow extends KnownKey {
  readonly sealedPrivateJwk: Uint8Array | null;
}

const purpose = 'signing keys';

/** `pg_advisory_xact_lock`: two nodes that make a key at once make one. */
const keyLock = 4_104_001;

/** Seconds that everybody may keep what `/oauth/jwks` answered. */
export const jwksMaxAge = 300;
/** Seconds after which a node reads the keys again. */
const rereadAfter = 60;
/** Seconds between publishing a key and signing with it: every copy of the JWKS and every node's memory is newer by then. */
const overlap = 600;

const columns = `kid, algorithm, public_jwk as "publicJwk", sealed_private_jwk as "sealedPrivateJwk", created_at as "createdAt",
  active_at as "activeAt", retired_at as "retiredAt", published_until as "publishedUntil"`;

const findPublished = {
  name: 'signing_key_published',
  text: `select ${columns} from signing_key where published_until is null or published_until > $1 order by algorithm, active_at, kid`,
};

const findByKid = { name: 'signing_key_by_kid', text: `select ${columns} from signing_key where kid = $1` };

/** What apps get that choose nothing: here, and where they register themselves (OpenID Connect Registration §2). */
const unasked: readonly SigningAlgorithm[] = ['ES256', 'RS256'];

/** What apps and APIs chose. */
const findChosen = {
  name: 'signing_algorithms_chosen',
  text: `select algorithm from app, unnest(array[id_token_signed_response_alg, userinfo_signed_response_alg]) algorithm
    where algorithm is not null union select access_token_signing_alg from api`,
};

export interface SigningKeysDependencies {
  statements: Statements;
  inTransaction: InTransaction;
  clock: Clock;
  secret: OperatorSecret;
}

export class SigningKeys {
  private readonly seal: Seal;
  private readonly signers = new Map<string, Promise<Signer>>();
  private known: readonly KeyRow[] = [];
  private knownSince: Date | undefined;

  private constructor(private readonly deps: SigningKeysDependencies) {
    this.seal = new Seal(deps.secret, purpose);
  }

  /**
   * Seals anew what was sealed with the operator's secret before.
   * @throws WrongSecretError where a key was sealed with another secret
   */
  static async open(deps: SigningKeysDependencies): Promise<SigningKeys> {
    const keys = new SigningKeys(deps);
    await deps.inTransaction(async (em) => {
      await em.execute('select pg_advisory_xact_lock(?)', [keyLock]);
      for (const key of await em.find(SigningKey, {}, { populate: ['sealedPrivateJwk'] })) {
        if (key.sealedPrivateJwk) key.sealedPrivateJwk = keys.seal.renew(key.sealedPrivateJwk) ?? key.sealedPrivateJwk;
      }
    });
    await keys.read();
    return keys;
  }

  /**
   * Opens every key, and changes nothing.
   * @throws WrongSecretError
   */
  static async checkSeal(em: EntityManager, secret: OperatorSecret): Promise<void> {
    const seal = new Seal(secret, purpose);
    const keys = await em.find(SigningKey, {}, { populate: ['sealedPrivateJwk'] });
    for (const { sealedPrivateJwk } of keys) if (sealedPrivateJwk) seal.open(sealedPrivateJwk);
  }

  /** The key that signs now; the first of an algorithm is made when it is first asked for. */
  async signerFor(algorithm: SigningAlgorithm): Promise<Signer> {
    const now = this.deps.clock.now();
    if (this.knownSince === undefined || secondsAfter(this.knownSince, rereadAfter) <= now) await this.read();
    let key = signingAt(this.known, algorithm, now);
    if (key === undefined) {
      await this.makeFirst(algorithm);
      await this.read();
      // The first signs at once, also where the clock of the node that made it is ahead.
      key = signingAt(this.known, algorithm, now) ?? this.known.find((first) => first.algorithm === algorithm);
      if (key === undefined) throw new Error(`There is no key for ${algorithm}.`);
    }
    return this.signerOf(key);
  }

  /** Those that are published (RFC 7517 §5): read anew, so that a key is there as soon as it may sign, whichever node is asked. */
  async published(): Promise<readonly KnownKey[]> {
    await this.read();
    return this.known;
  }

  /**
   * What the JWKS says; while the database is away, what it said last. The first key of an algorithm that an app may be given tokens with is made before anybody reads which there
   * are: a copy without it would be wrong as soon as it signs.
   */
  async publish(): Promise<readonly KnownKey[]> {
    const known = await this.published().catch((error: unknown) => {
      if (this.known.length === 0) throw error;
      return null;
    });
    if (known === null) return this.known;
    const isMissing = (algorithm: SigningAlgorithm): boolean => !known.some((key) => key.algorithm === algorithm);
    if (!signingAlgorithms.some(isMissing)) return known;
    const chosen = await this.deps.statements.rows<{ algorithm: SigningAlgorithm }>(findChosen, []);
    const missing = [...unasked, ...chosen.map(({ algorithm }) => algorithm)].filter(isMissing);
    if (missing.length === 0) return known;
    for (const algorithm of new Set(missing)) await this.makeFirst(algorithm);
    return this.published();
  }

  /**
   * What a JWT says that this server signed, however long ago: whoever asks judges the claims, `exp` among them.
   *
   * @param type the header `typ`, where it matters
   * @returns null for anything else
   */
  async verify(jwt: string, type?: string): Promise<JWTPayload | null> {
    const header = readHeader(jwt);
    if (header === null || (type !== undefined && header.typ !== type)) return null;
    const key =
      this.known.find(({ kid }) => kid === header.kid) ??
      (await this.deps.statements.row<KeyRow>(findByKid, [header.kid]));
    if (key === undefined) return null;
    try {
      const publicKey = await importJWK(key.publicJwk, key.algorithm);
      const { payload } = await compactVerify(jwt, publicKey, { algorithms: [key.algorithm] });
      return JSON.parse(new TextDecoder().decode(payload)) as JWTPayload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  /**
   * Makes the successor of the key that signs with this algorithm, or the first one. A successor that waits already is the one.
   *
   * @param atOnce signs from now on, before every copy of the JWKS has it: for a key that leaked
   */
  async rotate(algorithm: SigningAlgorithm, atOnce = false): Promise<KnownKey> {
    const { clock, inTransaction } = this.deps;
    const { kid } = await inTransaction(async (em) => {
      const now = clock.now();
      const current = await lockKeys(em, algorithm);
      const waiting = current.find((found) => found.activeAt > now);
      if (waiting && !atOnce) return waiting;
      const activeAt = atOnce || current.length === 0 ? now : secondsAfter(now, overlap);
      const successor = waiting ?? (await this.create(em, algorithm, activeAt));
      successor.activeAt = activeAt;
      const others = { algorithm, kid: { $ne: successor.kid } };
      const signing = { $or: [{ retiredAt: null }, { retiredAt: { $gt: activeAt } }] };
      for (const older of await em.find(SigningKey, { ...others, ...signing })) this.retire(older, activeAt);
      return successor;
    });
    await this.read();
    const key = this.known.find((known) => known.kid === kid);
    if (key === undefined) throw new Error(`The key ${kid} is gone.`);
    return key;
  }

  /**
   * Rotates what has signed for long enough.
   * @param age seconds since a key was made
   */
  async rotateOlderThan(age: number): Promise<KnownKey[]> {
    const due = secondsAfter(this.deps.clock.now(), -age);
    const current = (await this.published()).filter((key) => key.retiredAt === null && key.createdAt <= due);
    return Promise.all(current.map((key) => this.rotate(key.algorithm)));
  }

  private async makeFirst(algorithm: SigningAlgorithm): Promise<void> {
    const { clock, inTransaction } = this.deps;
    await inTransaction(async (em) => {
      if ((await lockKeys(em, algorithm)).length === 0) await this.create(em, algorithm, clock.now());
    });
  }

  private async create(em: EntityManager, algorithm: SigningAlgorithm, activeAt: Date): Promise<SigningKey> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const publicJwk = await exportJWK(publicKey);
    return em.create(SigningKey, {
      kid: await calculateJwkThumbprint(publicJwk),
      algorithm,
      publicJwk,
      sealedPrivateJwk: this.seal.close(JSON.stringify(await exportJWK(privateKey))),
      createdAt: this.deps.clock.now(),
      activeAt,
    });
  }

  /** @param at another node may sign with it until it reads the keys again, and what it signs then lives on */
  private retire(key: SigningKey, at: Date): void {
    key.retiredAt = at;
    // Whatever the settings of whoever rotates say: another node, or this one an hour ago, may allow longer lives than they do.
    key.publishedUntil = secondsAfter(at, rereadAfter + signedTokenLifetimeLimit + jwksMaxAge);
  }

  private async read(): Promise<void> {
    const now = this.deps.clock.now();
    this.known = await this.deps.statements.rows<KeyRow>(findPublished, [now]);
    this.knownSince = now;
  }

  private signerOf(key: KeyRow): Promise<Signer> {
    let signer = this.signers.get(key.kid);
    if (signer === undefined) {
      if (key.sealedPrivateJwk === null) throw new Error(`The private part of the key ${key.kid} is gone.`);
      const privateJwk = JSON.parse(this.seal.open(key.sealedPrivateJwk)) as JWK;
      signer = importJWK(privateJwk, key.algorithm).then((privateKey) => ({
        kid: key.kid,
        algorithm: key.algorithm,
        privateKey: privateKey as CryptoKey,
      }));
      this.signers.set(key.kid, signer);
    }
    return signer;
  }
}

/** Those of the algorithm that have no successor that signs; nobody else changes the keys until the transaction ends. */
const lockKeys = async (em: EntityManager, algorithm: SigningAlgorithm): Promise<SigningKey[]> => {
  await em.execute('select pg_advisory_xact_lock(?)', [keyLock]);
  return em.find(SigningKey, { algorithm, retiredAt: null }, { orderBy: { activeAt: 'asc' } });
};

const signingAt = (keys: readonly KeyRow[], algorithm: SigningAlgorithm, now: Date): KeyRow | undefined =>
  keys.findLast(
    (key) => key.algorithm === algorithm && key.activeAt <= now && (key.retiredAt === null || key.retiredAt > now),
  );

/** Of a JWT that may be ours: every `kid` here is the thumbprint of its key. */
const readHeader = (jwt: string): { kid: string; typ: string | undefined } | null => {
  try {
    const { kid, typ } = decodeProtectedHeader(jwt);
    return isThumbprint(kid) ? { kid, typ } : null;
  } catch {
    return null;
  }
};
