/** The ID token: who signed in, when and how (OpenID Connect Core §2). */
import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import { epochSeconds } from '../../kernel/clock.ts';
import type { Signer } from './signing-keys.ts';

export interface IdTokenContents {
  issuer: string;
  /** The account's id. */
  subject: string;
  clientId: string;
  authTime: Date;
  amr: readonly string[];
  nonce: string | null;
  /** The access token that goes with it. */
  accessToken: string;
  now: Date;
  /** Seconds. */
  lifetime: number;
}

/** §3.1.3.6: the left half of the access token's SHA-256, for the algorithms of 256 bits. */
const atHash = (accessToken: string): string =>
  createHash('sha256').update(accessToken, 'ascii').digest().subarray(0, 16).toString('base64url');

export const signIdToken = (contents: IdTokenContents, signer: Signer): Promise<string> => {
  const issuedAt = epochSeconds(contents.now);
  return new SignJWT({
    auth_time: epochSeconds(contents.authTime),
    amr: [...contents.amr],
    at_hash: atHash(contents.accessToken),
    ...(contents.nonce === null ? {} : { nonce: contents.nonce }),
  })
    .setProtectedHeader({ alg: signer.algorithm, kid: signer.kid, typ: 'JWT' })
    .setIssuer(contents.issuer)
    .setSubject(contents.subject)
    .setAudience(contents.clientId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + contents.lifetime)
    .sign(signer.privateKey);
};
