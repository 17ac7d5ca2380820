/** The code that a person copies from a device: eight letters that cannot be taken for others and spell nothing (RFC 8628 §6.1). */
import { randomLetters } from '../../kernel/secrets.ts';

const alphabet = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 8;

/** As it is compared: 20⁸ of them. */
export const newUserCode = (): string => randomLetters(alphabet, length);

/** As it is shown: `WDJB-MJHT`. */
export const showUserCode = (code: string): string => `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;

/** @returns the code as it is compared, however it was typed; null where it can be none */
export const readUserCode = (typed: string): string | null => {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : null;
};
