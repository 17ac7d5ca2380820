/** The app's public keys as they are pasted (RFC 7517), judged before the server judges them. */

export type PublicKeysProblem = 'not-json' | 'no-keys' | 'secret';

/** RFC 7518 §6: what only the holder of the secret part may know. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns the key set, also where a single key was pasted; else what is wrong */
export const readPublicKeys = (text: string): { keys: Record<string, unknown>[] } | PublicKeysProblem => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not-json';
  }
  if (!isObject(value)) return 'no-keys';
  const keys: unknown = 'kty' in value ? [value] : value.keys;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isObject)) return 'no-keys';
  return keys.some((key) => secretMembers.some((member) => member in key)) ? 'secret' : { keys };
};
