/** Random credentials: how they look, how they are stored (as hashes only), how they are compared. */
import { createHmac, hash, hkdfSync, randomFillSync, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';

/**
 * The prefix tells people and secret scanners what they found:
 * `at` access token, `rt` refresh token, `ac` authorization code, `cs` client secret, `bs` browser session, `br` browser,
 * `pr` pushed authorization request, `it` initial access token and `ra` registration access token of a registering app,
 * `dc` device code, `im` impersonation.
 */
export type CredentialKind = 'at' | 'rt' | 'ac' | 'cs' | 'bs' | 'br' | 'ml' | 'pr' | 'it' | 'ra' | 'dc' | 'im';

const shape = /^lk_([a-z]{2})_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/;

/** Four bytes of CRC-32 in six base64url characters: refuses typing errors and noise before the database is asked. */
const checksum = (text: string): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64url');
};

/** Random bytes are drawn in advance: asking for 32 at a time costs ten times as much. */
const drawn = Buffer.alloc(4096);
let used = drawn.length;

/** 256 random bits, in 43 characters; nothing of them stays here. */
export const randomText = (): string => {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const text = drawn.toString('base64url', used, used + 32);
  drawn.fill(0, used, used + 32);
  used += 32;
  return text;
};

/** Random letters, each as likely as every other: for what people copy by hand. */
export const randomLetters = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** 256 random bits as `lk_<kind>_<43 characters><6 characters of checksum>`. */
export const newCredential = (kind: CredentialKind): string => {
  const text = `lk_${kind}_${randomText()}`;
  return text + checksum(text);
};

/** Whether `value` is a credential of this kind with a right checksum; says nothing about whether it is known. */
export const isCredential = (kind: CredentialKind, value: string): boolean => {
  const match = shape.exec(value);
  return match !== null && match[1] === kind && checksum(value.slice(0, -6)) === match[3];
};

/** SHA-256: enough for 256 random bits, and what the database holds instead of the credential. */
export const hashOf = (value: string): Buffer => hash('sha256', value, 'buffer');

/** Compares two texts in a time that does not depend on where they differ. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(hashOf(a), hashOf(b));

/** Compares two hashes of equal length in constant time; hashes of different length are different. */
export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

/** A key of 32 bytes for one purpose, derived from the operator's secret (RFC 5869). */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `latchkey:${purpose}`, 32));

/** HMAC-SHA-256 in base64url. */
export const mac = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** A new UUIDv7 (RFC 9562 §5.7): keys that sort by time. */
export const newId = (): string => uuidv7();

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `value` can be a key of ours: foreign input is asked this before it reaches a uuid column. */
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);
