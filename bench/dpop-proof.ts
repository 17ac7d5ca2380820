/** Proofs of possession (RFC 9449 §4.2) for the load: one key, a new proof for each request. */
import { type KeyObject, randomUUID, sign } from 'node:crypto';
import { hashOf } from '../server/kernel/secrets.ts';

/** An ES256 key; its halves as JWKs are what tokens are bound to. */
export interface ProofKey {
  readonly privateKey: KeyObject;
  readonly publicJwk: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param htu the address, without a query */
export const dpopProof = (key: ProofKey, htm: string, htu: string, accessToken: string): string => {
  const head = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk });
  const iat = Math.floor(Date.now() / 1000);
  const ath = hashOf(accessToken).toString('base64url');
  const text = `${head}.${encode({ jti: randomUUID(), htm, htu, iat, ath })}`;
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
};
