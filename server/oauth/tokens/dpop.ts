/** Proof of possession (RFC 9449): a request comes from whoever holds the key that its token is, or will be, bound to. */
import {
  type CryptoKey,
  calculateJwkThumbprint,
  EmbeddedJWK,
  errors,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from 'jose';
import type { Statement, Statements } from '../../database/statements.ts';
import { type Clock, epochSeconds, secondsAfter } from '../../kernel/clock.ts';
import { hashOf } from '../../kernel/secrets.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { clockTolerance } from './client-keys.ts';
import type { DpopNonces } from './dpop-nonces.ts';

/** Asymmetric ones alone (§4.3); RSA as FAPI 2.0 Security Profile §5.4.1 wants it. */
export const dpopAlgorithms: readonly string[] = ['ES256', 'PS256', 'EdDSA', 'Ed25519'];

/** Seconds after its `iat` for which a proof is taken; then it need not be remembered any more. */
const longestLife = 60;
const longestJti = 256;

/** A proof that is right; whether it was used before is decided by whoever keeps it. */
export interface DpopProof {
  /** The thumbprint of its key (RFC 7638), what a token is bound to. */
  readonly jkt: string;
  /** What `used_proof` knows it by. */
  readonly key: Buffer;
  /** The time after which it is refused anyhow. */
  readonly expiresAt: Date;
}

/** The request that a proof came with. */
export interface ProvenRequest {
  readonly method: string;
  /** Of this server, without a query. */
  readonly path: string;
  /** The token that was presented, where a resource is asked for. */
  readonly accessToken?: string;
}

/** `$1` key, `$2` the time after which the proof is refused anyhow */
const useProof: Statement = {
  name: 'use-dpop-proof',
  text: 'insert into used_proof (key, expires_at) values ($1, $2) on conflict do nothing returning true as first',
};

/** A key that proofs brought. */
interface ProofKey {
  readonly publicKey: CryptoKey;
  readonly jkt: string;
}

/** Keys that are remembered: reading one takes longer than to verify with it, and an app proves the same one each time. */
const memory = 1000;

export class DpopProofs {
  /** By what the proof says of it, the longest unused first. */
  private readonly keys = new Map<string, ProofKey>();

  constructor(
    private readonly deps: {
      statements: Statements;
      clock: Clock;
      issuer: string;
      /** Null: proofs need no nonce of this server's. */
      nonces: DpopNonces | null;
    },
  ) {}

  /** The nonce for the client's next proofs; null where none is needed. */
  nonce(): string | null {
    return this.deps.nonces?.current() ?? null;
  }

  /**
   * The checks of §4.3, all but whether the proof was used before.
   * @throws OAuthError `invalid_dpop_proof`, `use_dpop_nonce`
   */
  async verify(proof: string, request: ProvenRequest): Promise<DpopProof> {
    const status = request.accessToken === undefined ? 400 : 401;
    const refuse = (why: string): OAuthError =>
      OAuthError.invalidDpopProof(`The DPoP proof is refused. ${why}`, status);
    const { claims, jkt } = await this.open(proof, refuse);
    const now = epochSeconds(this.deps.clock.now());
    if (claims.htm !== request.method) throw refuse('Its htm is not the method of the request.');
    if (!this.isAddressOf(request.path, claims.htu)) throw refuse('Its htu is not the address of the request.');
    const { iat, jti } = claims;
    if (iat === undefined || iat > now + clockTolerance || iat <= now - longestLife) {
      throw refuse('Its iat is not the present time.');
    }
    if (typeof jti !== 'string' || jti === '' || jti.length > longestJti) {
      throw refuse(`Its jti must be a text of up to ${longestJti} characters.`);
    }
    if (request.accessToken !== undefined && claims.ath !== hashOf(request.accessToken).toString('base64url')) {
      throw refuse('Its ath is not the hash of the access token.');
    }
    const { nonces } = this.deps;
    if (nonces !== null && !nonces.accepts(claims.nonce)) throw OAuthError.dpopNonceNeeded(status);
    return {
      jkt,
      key: hashOf(JSON.stringify([jkt, jti])),
      expiresAt: secondsAfter(this.deps.clock.now(), iat - now + longestLife + 1),
    };
  }

  /**
   * Of any number of uses of a proof, on whatever node, the first counts (§11.1).
   * @throws OAuthError `invalid_dpop_proof`
   */
  async use(proof: DpopProof): Promise<void> {
    const first = await this.deps.statements.row(useProof, [proof.key, proof.expiresAt]);
    if (first === undefined) throw OAuthError.invalidDpopProof('The DPoP proof was used before.');
  }

  private async open(proof: string, refuse: (why: string) => OAuthError): Promise<{ claims: JWTPayload; jkt: string }> {
    try {
      let jkt = '';
      const keyOf = async (header: JWTHeaderParameters): Promise<CryptoKey> => {
        const key = await this.keyIn(header);
        jkt = key.jkt;
        return key.publicKey;
      };
      const { payload } = await jwtVerify(proof, keyOf, {
        typ: 'dpop+jwt',
        algorithms: [...dpopAlgorithms],
        currentDate: this.deps.clock.now(),
        clockTolerance,
      });
      return { claims: payload, jkt };
    } catch (error) {
      if (error instanceof errors.JOSEAlgNotAllowed) throw refuse('Its algorithm is not accepted.');
      if (error instanceof errors.JWSSignatureVerificationFailed) throw refuse('Its signature is wrong.');
      if (error instanceof errors.JWTClaimValidationFailed) throw refuse(`Its ${error.claim} is not right.`);
      throw refuse('It is not a JWT that holds its public key.');
    }
  }

  /** @throws where it is no public key, or one with a secret part */
  private async keyIn(header: JWTHeaderParameters): Promise<ProofKey> {
    const said = `${header.alg} ${JSON.stringify(header.jwk)}`;
    const known = this.keys.get(said);
    const key = known ?? {
      publicKey: await EmbeddedJWK(header),
      jkt: await calculateJwkThumbprint(header.jwk ?? {}),
    };
    this.keys.delete(said);
    this.keys.set(said, key);
    for (const oldest of this.keys.keys()) {
      if (this.keys.size <= memory) break;
      this.keys.delete(oldest);
    }
    return key;
  }

  /** §4.3: after normalisation (RFC 3986 §6.2.2, §6.2.3), without query and fragment; the origin is the configured one. */
  private isAddressOf(path: string, htu: unknown): boolean {
    const claimed = typeof htu === 'string' ? URL.parse(htu) : null;
    const called = URL.parse(path, this.deps.issuer);
    return claimed !== null && claimed.origin === called?.origin && claimed.pathname === called.pathname;
  }
}
