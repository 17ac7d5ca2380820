/** The ID token: who signed in, when and how (OpenID Connect Core §2). */
import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SigningAlgorithm } from '../../apps/app.entity.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { singleFactor } from '../protocol/acr.ts';
import type { Claims } from './claims.ts';
import type { Signer, SigningKeys } from './signing-keys.ts';

export interface IdTokenContents {
  issuer: string;
  /** How this app knows the person. */
  subject: string;
  clientId: string;
  /** How this app knows the browser session. */
  sessionId: string;
  authTime: Date;
  amr: readonly string[];
  nonce: string | null;
  /** What the app asked to find here about the person. */
  claims: Claims;
  /** The access token that goes with it. */
  accessToken: string;
  now: Date;
  /** Seconds. */
  lifetime: number;
}

/** The hash that each algorithm uses itself; Ed25519's is SHA-512 (RFC 8032 §5.1). */
const hashes: Record<SigningAlgorithm, string> = { ES256: 'sha256', RS256: 'sha256', EdDSA: 'sha512' };

/** §3.1.3.6: the left half of the access token's hash. */
const atHash = (accessToken: string, algorithm: SigningAlgorithm): string => {
  const digest = createHash(hashes[algorithm]).update(accessToken, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
};

export const signIdToken = (contents: IdTokenContents, signer: Signer): Promise<string> => {
  const issuedAt = epochSeconds(contents.now);
  return new SignJWT({
    ...contents.claims,
    auth_time: epochSeconds(contents.authTime),
    acr: singleFactor,
    amr: [...contents.amr],
    sid: contents.sessionId,
    at_hash: atHash(contents.accessToken, signer.algorithm),
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

/** Of whom and of what an ID token speaks, in the names that its app knows. */
export interface IdTokenSubject {
  clientId: string;
  subject: string;
  sessionId: string;
}

/**
 * Reads an ID token that comes back as a hint. It may have expired, and its key may have been retired: it only says who is meant.
 *
 * @returns null for what is no ID token of ours
 */
export const readIdToken = async (
  idToken: string,
  { keys, issuer }: { keys: SigningKeys; issuer: string },
): Promise<IdTokenSubject | null> => {
  const { iss, aud, sub, sid, exp } = (await keys.verify(idToken, 'JWT')) ?? {};
  // UserInfo that was signed says nearly the same, but has no end.
  if (iss !== issuer || exp === undefined) return null;
  if (typeof aud !== 'string' || typeof sub !== 'string' || typeof sid !== 'string') return null;
  return { clientId: aud, subject: sub, sessionId: sid };
};
