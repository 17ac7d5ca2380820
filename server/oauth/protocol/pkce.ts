/** Proof Key for Code Exchange, S256 only (RFC 7636; RFC 9700 §2.1.1 gives up `plain`). */
import { createHash } from 'node:crypto';

/** base64url of a SHA-256: 43 characters (RFC 7636 §4.2). */
export const isCodeChallenge = (value: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(value);

/** RFC 7636 §4.1 */
const isCodeVerifier = (value: string): boolean => /^[A-Za-z0-9._~-]{43,128}$/.test(value);

/**
 * The challenge that a verifier answers (RFC 7636 §4.6).
 *
 * @returns no challenge at all for what is no verifier: an empty text
 */
export const challengeOf = (verifier: string): string =>
  isCodeVerifier(verifier) ? createHash('sha256').update(verifier, 'ascii').digest('base64url') : '';
