/** What a username, an e-mail address and a name may look like, and when two of them are the same. */
import { domainToASCII } from 'node:url';
import type { UserError } from '../kernel/domain-error.ts';

/** A username or e-mail address as it is compared: neither case nor compatible forms of a letter make a difference. */
const comparable = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC');

export const usernameKey = (username: string): string => comparable(username);

/** The domain is compared in its ASCII form, so that an internationalised one is the same however it is written. */
export const emailKey = (email: string): string => {
  const key = comparable(email);
  const at = key.lastIndexOf('@');
  return `${key.slice(0, at)}@${domainToASCII(key.slice(at + 1)) || key.slice(at + 1)}`;
};

/** Whether a person who names themselves so means an e-mail address: no username has an @ in it. */
export const isEmail = (identifier: string): boolean => identifier.includes('@');

/** Names that a stranger could speak for the service with. An administrator may give them. */
const reserved = new Set(
  'abuse admin administrator anonymous help hostmaster info latchkey moderator no-reply noreply null operator postmaster root security staff support system undefined webmaster'.split(
    ' ',
  ),
);

export const isReservedUsername = (username: string): boolean => reserved.has(usernameKey(username));

const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
/** Letters of these scripts look alike: a name that mixes them is made to be taken for another. */
const mixesLookAlikes = (text: string): boolean => scripts.filter((script) => script.test(text)).length > 1;

const problem = (field: string, code: string, message: string): UserError => ({ code, message, path: [field] });
const length = (text: string): number => [...text].length;

/** @returns what is wrong with a new username, or null */
export const usernameProblem = (username: string): UserError | null => {
  const characters = length(username);
  if (characters === 0) return problem('username', 'REQUIRED', 'Choose a username.');
  if (characters < 2) return problem('username', 'TOO_SHORT', 'A username has at least 2 characters.');
  if (characters > 64 || length(usernameKey(username)) > 64) {
    return problem('username', 'TOO_LONG', 'A username has at most 64 characters.');
  }
  const shape = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}_]$/u;
  if (!username.isWellFormed() || !shape.test(usernameKey(username)) || mixesLookAlikes(username)) {
    return problem(
      'username',
      'INVALID',
      'A username is made of letters, digits, dots, hyphens and underscores; it begins and ends with a letter or digit.',
    );
  }
  return null;
};

// The local part as browsers check it (HTML, "valid e-mail address"): quoted ones are refused, as everywhere.
const localPart = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** @returns what is wrong with an e-mail address, or null */
export const emailProblem = (email: string): UserError | null => {
  if (email === '') return problem('email', 'REQUIRED', 'Enter an e-mail address.');
  // RFC 5321 §4.5.3.1.3, without the angle brackets.
  if (Buffer.byteLength(emailKey(email)) > 254) return problem('email', 'TOO_LONG', 'That address is too long.');
  const at = email.lastIndexOf('@');
  const domain = email.isWellFormed() && at > 0 ? domainToASCII(email.slice(at + 1)) : '';
  const isAddress =
    localPart.test(email.slice(0, Math.max(at, 0))) &&
    // What the URL parser would quietly turn into something else is no domain.
    !/[\s\p{C}%/\\?#:@[\]<>,;"]/u.test(email.slice(at + 1)) &&
    domain.split('.').every((label) => domainLabel.test(label));
  return isAddress ? null : problem('email', 'INVALID', 'That is not an e-mail address.');
};

/** Control, unassigned and private characters, lone surrogates, and those that turn the direction of the text around them. */
export const unusableCharacters = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * @param field the input field's name
 * @param name of a person: any letters of any script
 * @returns what is wrong with it, or null
 */
export const personNameProblem = (field: string, name: string): UserError | null => {
  if (length(name) > 150) return problem(field, 'TOO_LONG', 'A name has at most 150 characters.');
  if (unusableCharacters.test(name)) {
    return problem(field, 'INVALID', 'That name has characters that cannot be used.');
  }
  return null;
};
