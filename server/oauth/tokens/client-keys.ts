/** The keys with which apps sign: by value, or fetched from the address that an app registered and kept for a while. */
import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { type App, type ClientSigningAlgorithm, clientSigningAlgorithms } from '../../apps/app.entity.ts';
import { OutboundError, type OutboundRequests } from '../../http/outbound.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';

/** Where an app's keys are. */
export type KeyHolder = Pick<App, 'jwks' | 'jwksUri'>;

/** Why a JWT is refused: the message may be told to whoever sent it. */
export class RefusedJwtError extends Error {
  override readonly name = 'RefusedJwtError';
}

export interface ExpectedJwt {
  readonly algorithms: readonly ClientSigningAlgorithm[];
  /** The media types that its header may name, without `application/`; none named is right too. */
  readonly types: readonly string[];
}

/** Seconds by which clocks may differ: FAPI 2.0 Security Profile §5.3.2.1 wants 10 accepted and 60 refused. */
export const clockTolerance = 30;

/** Seconds after which a key set is fetched again. */
const freshFor = 600;
/** Seconds that a key set is kept at least, also where a JWT names a key that is not in it. */
const refetchAfter = 60;
/** Seconds until one that could not be fetched is tried again. */
const retryAfter = 10;
const maxAddresses = 1000;
const maxKeys = 100;

interface Fetched {
  keys: Promise<JWTVerifyGetKey>;
  at: Date;
  freshUntil: Date;
}

export class ClientKeys {
  /** By address, the oldest first. */
  private readonly fetched = new Map<string, Fetched>();

  constructor(private readonly deps: { outbound: OutboundRequests; clock: Clock }) {}

  /**
   * Verifies the signature, the type and `nbf`; the other claims are the caller's to judge.
   * @throws RefusedJwtError
   */
  async verify(jwt: string, holder: KeyHolder, expected: ExpectedJwt): Promise<JWTPayload> {
    const options: JWTVerifyOptions = {
      algorithms: expected.algorithms.flatMap(namesOf),
      currentDate: this.deps.clock.now(),
      clockTolerance,
    };
    try {
      return await this.verifyWithKeysOf(jwt, holder, expected, options);
    } catch (error) {
      throw toRefusal(error);
    }
  }

  private async verifyWithKeysOf(
    jwt: string,
    { jwks, jwksUri }: KeyHolder,
    expected: ExpectedJwt,
    options: JWTVerifyOptions,
  ): Promise<JWTPayload> {
    if (jwks != null) return verifyWith(jwt, createLocalJWKSet(jwks), expected, options);
    if (jwksUri == null) throw new RefusedJwtError('The client has registered no keys.');
    try {
      return await verifyWith(jwt, await this.keysAt(jwksUri), expected, options);
    } catch (error) {
      const unknownKey =
        error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;
      const newer = unknownKey ? this.newerKeysAt(jwksUri) : null;
      if (newer === null) throw error;
      return verifyWith(jwt, await newer, expected, options);
    }
  }

  private keysAt(uri: string): Promise<JWTVerifyGetKey> {
    const known = this.fetched.get(uri);
    return known !== undefined && known.freshUntil > this.deps.clock.now() ? known.keys : this.fetch(uri);
  }

  /** An app that signs with a new key is believed at its next request, but nobody can have its address asked without end. */
  private newerKeysAt(uri: string): Promise<JWTVerifyGetKey> | null {
    const known = this.fetched.get(uri);
    const settled = known === undefined || secondsAfter(known.at, refetchAfter) <= this.deps.clock.now();
    return settled ? this.fetch(uri) : null;
  }

  /** What was known goes on being used where the address does not answer. */
  private fetch(uri: string): Promise<JWTVerifyGetKey> {
    const at = this.deps.clock.now();
    const before = this.fetched.get(uri)?.keys;
    const entry: Fetched = { keys: this.read(uri), at, freshUntil: secondsAfter(at, freshFor) };
    entry.keys = entry.keys.catch((error: unknown) => {
      entry.freshUntil = secondsAfter(at, retryAfter);
      if (before === undefined) throw error;
      return before;
    });
    this.fetched.delete(uri);
    this.fetched.set(uri, entry);
    for (const oldest of this.fetched.keys()) {
      if (this.fetched.size <= maxAddresses) break;
      this.fetched.delete(oldest);
    }
    return entry.keys;
  }

  private async read(uri: string): Promise<JWTVerifyGetKey> {
    const answer = await this.deps.outbound.get(uri, { accept: 'application/jwk-set+json, application/json' });
    if (answer.status !== 200) throw new RefusedJwtError(`The jwks_uri answered with status ${answer.status}.`);
    let keys: JSONWebKeySet;
    try {
      keys = JSON.parse(answer.body) as JSONWebKeySet;
      if (keys.keys.length > maxKeys) throw new RefusedJwtError(`The jwks_uri holds more than ${maxKeys} keys.`);
      return createLocalJWKSet(keys);
    } catch (cause) {
      if (cause instanceof RefusedJwtError) throw cause;
      throw new RefusedJwtError('The jwks_uri holds no key set.', { cause });
    }
  }
}

/** @param registered the one that the app chose; null: it left that open */
export const acceptedAlgorithms = (
  profile: App['profile'],
  registered: App['tokenEndpointAuthSigningAlg'],
): ClientSigningAlgorithm[] =>
  clientSigningAlgorithms.filter(
    // FAPI 2.0 Security Profile §5.4.1: PS256, ES256 or EdDSA.
    (algorithm) => (registered ?? algorithm) === algorithm && !(profile === 'fapi2' && algorithm === 'RS256'),
  );

/** RFC 9864 names the one curve of EdDSA that is used: both names are understood. */
const namesOf = (algorithm: ClientSigningAlgorithm): string[] =>
  algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm];

/** Every name of an algorithm that discovery announces for what apps sign. */
export const clientAlgorithms: readonly string[] = clientSigningAlgorithms.flatMap(namesOf);

const verifyWith = async (
  jwt: string,
  keys: JWTVerifyGetKey,
  expected: ExpectedJwt,
  options: JWTVerifyOptions,
): Promise<JWTPayload> => {
  const verified = await jwtVerify(jwt, keys, options).catch((error: unknown) => {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithAny(jwt, error, options);
    throw error;
  });
  // RFC 8725 §3.11: what was signed for one purpose does not serve another.
  const type = verified.protectedHeader.typ?.toLowerCase().replace(/^application\//, '');
  if (type !== undefined && !expected.types.includes(type)) throw new RefusedJwtError('The JWT has another typ.');
  return verified.payload;
};

/** A JWT that does not say which of several keys signed it is tried with each. */
const verifyWithAny = async (jwt: string, candidates: AsyncIterable<CryptoKey>, options: JWTVerifyOptions) => {
  for await (const key of candidates) {
    try {
      return await jwtVerify(jwt, key, options);
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
};

const toRefusal = (cause: unknown): RefusedJwtError => {
  if (cause instanceof RefusedJwtError) return cause;
  const refuse = (message: string): RefusedJwtError => new RefusedJwtError(message, { cause });
  if (cause instanceof OutboundError) return refuse('The jwks_uri of the client could not be read.');
  if (cause instanceof errors.JWTExpired) return refuse('The JWT has expired.');
  if (cause instanceof errors.JWTClaimValidationFailed)
    return refuse(`The claim ${cause.claim} of the JWT is refused.`);
  if (cause instanceof errors.JOSEAlgNotAllowed)
    return refuse('The JWT is signed with an algorithm that is not accepted.');
  if (cause instanceof errors.JWKSNoMatchingKey) return refuse('The client has registered no key that fits the JWT.');
  if (cause instanceof errors.JWSSignatureVerificationFailed) return refuse('The signature of the JWT is wrong.');
  return refuse('The JWT is malformed.');
};
