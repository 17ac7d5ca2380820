/** The public keys that an app registers by value (RFC 7517, RFC 7591 §2 `jwks`). */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { JSONWebKeySet, JWK } from 'jose';

const maxKeys = 20;
/** Characters of one key: an RSA key of 8192 bits has some 1400. */
const maxKeyLength = 4000;
/** RFC 7518 §6: what only the holder of the secret part may know, and keys that are secret altogether. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns the sentences about what is wrong, with the index of the key where it is one key; empty where nothing is */
export const keySetProblems = (jwks: unknown): { index: number | null; message: string }[] => {
  const keys = isObject(jwks) ? jwks.keys : undefined;
  if (!Array.isArray(keys) || keys.length === 0) {
    return [{ index: null, message: 'A key set is {"keys": […]} with at least one key.' }];
  }
  if (keys.length > maxKeys) return [{ index: null, message: `An app has at most ${maxKeys} keys.` }];
  const found = keys.flatMap((key: unknown, index) => {
    const message = keyProblem(key);
    return message === null ? [] : [{ index, message }];
  });
  if (found.length > 0) return found;
  const names = (keys as JWK[]).flatMap(({ kid }) => kid ?? []);
  if (new Set(names).size < names.length) return [{ index: null, message: 'Two keys have the same kid.' }];
  if ((keys as JWK[]).every(({ use }) => use === 'enc')) {
    return [{ index: null, message: 'At least one key must be for signatures.' }];
  }
  return [];
};

const keyProblem = (key: unknown): string | null => {
  if (!isObject(key)) return 'A key is a JSON object (RFC 7517).';
  if (secretMembers.some((member) => member in key) || key.kty === 'oct') {
    return 'That is a secret key: register the public one only, and make a new pair.';
  }
  if (JSON.stringify(key).length > maxKeyLength) return `A key has at most ${maxKeyLength} characters.`;
  for (const member of ['kid', 'alg', 'use'] as const) {
    const value = key[member];
    if (value !== undefined && (typeof value !== 'string' || !/^[\x20-\x7e]{1,200}$/.test(value))) {
      return `${member} is a short text.`;
    }
  }
  const parsed = publicKeyOf(key);
  if (parsed === null) return 'That is no valid public key.';
  const { namedCurve, modulusLength = 0, publicExponent = 0n } = parsed.asymmetricKeyDetails ?? {};
  switch (parsed.asymmetricKeyType) {
    case 'ec':
      return namedCurve === 'prime256v1' ? null : 'Of elliptic curves, P-256 and Ed25519 can be used.';
    case 'ed25519':
      return null;
    case 'rsa':
      // RFC 7518 §3.3; an exponent such as 1 signs nothing.
      if (modulusLength < 2048 || modulusLength > 8192) return 'An RSA key has 2048 to 8192 bits.';
      return publicExponent >= 65_537n ? null : 'The exponent of an RSA key is at least 65537.';
    default:
      return 'A key is EC with P-256, OKP with Ed25519, or RSA.';
  }
};

/** Null where it is none: also a point that is not on its curve. */
const publicKeyOf = (key: JsonWebKey): KeyObject | null => {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return null;
  }
};

/** What is kept of a key set without problems; what else its keys carry (certificates) decides nothing here. */
export const keptKeySet = (jwks: JSONWebKeySet): JSONWebKeySet => ({
  keys: jwks.keys.map((key) => {
    const { kid, alg, use } = key;
    const told = Object.entries({ kid, alg, use }).filter(([, value]) => value !== undefined);
    return { ...publicKeyOf(key)?.export({ format: 'jwk' }), ...Object.fromEntries(told) };
  }),
});
