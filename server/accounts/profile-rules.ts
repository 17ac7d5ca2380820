/** What each field of a profile may look like (OpenID Connect Core §5.1 says how apps will read it). */
import type { UserError } from '../kernel/domain-error.ts';
import { personNameProblem, unusableCharacters } from './identifiers.ts';

const invalid = (path: string[], message: string): UserError => ({ code: 'INVALID', message, path });
const tooLong = (path: string[], characters: number): UserError => ({
  code: 'TOO_LONG',
  message: `That has at most ${characters} characters.`,
  path,
});

/** @returns what is wrong with the text, or null */
type Rule = (field: string, text: string) => UserError | null;

/**
 * Apps show these addresses and follow them: nothing but https, nobody's password in it, and no text that a parser would repair.
 */
const webAddress: Rule = (field, text) => {
  if (text.length > 2000) return tooLong([field], 2000);
  const parsed = /^https:\/\/[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/i.test(text) ? URL.parse(text) : null;
  return parsed === null || parsed.username !== '' || parsed.password !== ''
    ? invalid([field], 'That is not an address such as https://example.org/about-me.')
    : null;
};

const gender: Rule = (field, text) => {
  if ([...text].length > 50) return tooLong([field], 50);
  return unusableCharacters.test(text) ? invalid([field], 'That has characters that cannot be used.') : null;
};

/** `YYYY-MM-DD`, `0000-MM-DD` without the year, or `YYYY` alone. */
const birthdate: Rule = (field, text) => {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})-(\d{2}))?$/.exec(text) ?? [];
  // Without the year, the 29th of February is a birthday too.
  const leapYear = year === '0000' ? '2000' : year;
  const isDate =
    leapYear !== undefined &&
    (month === undefined ? year !== '0000' : isDayOfCalendar(Number(leapYear), Number(month), Number(day)));
  return isDate ? null : invalid([field], 'That is not a date such as 1815-12-10, 0000-12-10 or 1815.');
};

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isDayOfCalendar = (year: number, month: number, day: number): boolean => {
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (daysOfMonth[month - 1] ?? 0);
};

/** A number as people write it, without what only makes it readable. */
export const bareNumber = (text: string): string => text.replaceAll(/[\s().\-/]/g, '');

/** E.164: the country code, and fifteen digits at most. */
const phoneNumber: Rule = (field, text) =>
  /^\+[1-9]\d{6,14}$/.test(text) ? null : invalid([field], 'That is not a number such as +33 1 23 45 67 89.');

const locale: Rule = (field, text) =>
  canonicalLocale(text) === null ? invalid([field], 'That is not a language tag such as en or fr-CA.') : null;

/** @returns the tag as the standards write it, e.g. `fr-CA`; null where it is none */
export const canonicalLocale = (text: string): string | null => {
  try {
    return text.length <= 35 ? (Intl.getCanonicalLocales(text)[0] ?? null) : null;
  } catch {
    return null;
  }
};

const zoneinfo: Rule = (field, text) =>
  isTimeZone(text) ? null : invalid([field], 'That is not a time zone such as Europe/Paris.');

const isTimeZone = (text: string): boolean => {
  // An offset is no name: it forgets summer time.
  if (!/^[A-Za-z]/.test(text) || text.length > 64) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
};

const rules = {
  givenName: personNameProblem,
  middleName: personNameProblem,
  familyName: personNameProblem,
  nickname: personNameProblem,
  displayName: personNameProblem,
  profileUrl: webAddress,
  pictureUrl: webAddress,
  website: webAddress,
  gender,
  birthdate,
  phoneNumber,
  locale,
  zoneinfo,
} satisfies Record<string, Rule>;

/** @returns what is wrong with it, or null */
export const problemOfProfileField = (field: keyof typeof rules, text: string): UserError | null =>
  rules[field](field, text);

/** What may stand on several lines (OpenID Connect Core §5.1.1). */
const severalLines = new Set(['formatted', 'streetAddress']);

/** @returns what is wrong with this part of a postal address, or null */
export const problemOfAddressPart = (part: string, text: string): UserError | null => {
  const path = ['address', part];
  const most = severalLines.has(part) ? 500 : 150;
  if ([...text].length > most) return tooLong(path, most);
  const line = severalLines.has(part) ? text.replaceAll('\n', ' ') : text;
  return unusableCharacters.test(line) ? invalid(path, 'That has characters that cannot be used.') : null;
};
