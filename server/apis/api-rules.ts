/** What a registered API may be like: one set of rules for GraphQL and the command line. */
import type { UserError } from '../kernel/domain-error.ts';
import { isProtected } from '../kernel/loopback.ts';
import { isReadable } from '../kernel/readable.ts';
import { findScope } from '../kernel/scopes.ts';
import { type AccessTokenAlgorithm, type ApiScope, accessTokenAlgorithms } from './api.entity.ts';

export interface ApiDraft {
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly accessTokenSigningAlg: AccessTokenAlgorithm;
  /** Seconds; null: the app's or the operator's. */
  readonly accessTokenLifetime: number | null;
}

export interface ApiBounds {
  /** This server's own: no API of anybody else's has an identifier under it. */
  readonly issuer: string;
  /** Seconds. */
  readonly accessTokenLifetimeMax: number;
}

/** @returns everything that is wrong with it */
export const apiProblems = (api: ApiDraft, bounds: ApiBounds): UserError[] => [
  ...identifierProblems(api.identifier, bounds.issuer),
  ...nameProblems(api.name),
  ...scopeProblems(api.scopes),
  ...tokenProblems(api, bounds),
];

const problem = (code: string, message: string, ...path: string[]): UserError => ({ code, message, path });

const longestIdentifier = 200;
const longestName = 100;
const longestDescription = 200;
const mostScopes = 100;
/** Seconds. */
const shortestLifetime = 30;

/** RFC 8707 §2: an absolute URI without a fragment; without quotes and backslashes (RFC 3986 §2), it can stand in a scope too. */
const identifierProblems = (identifier: string, issuer: string): UserError[] => {
  if (identifier === '') return [problem('REQUIRED', 'Give the API an identifier.', 'identifier')];
  if (identifier.length > longestIdentifier) {
    return [problem('TOO_LONG', `An identifier has at most ${longestIdentifier} characters.`, 'identifier')];
  }
  if (!/^[a-z][a-z\d+.-]*:[\w.~:/?[\]@!$&'()*+,;=%-]+$/i.test(identifier) || URL.parse(identifier) === null) {
    return [problem('INVALID', 'An identifier is an absolute URI without a fragment.', 'identifier')];
  }
  if (!isOwnName(identifier)) {
    const message = 'An identifier begins with https:// or urn:; http:// is for localhost only.';
    return [problem('INVALID', message, 'identifier')];
  }
  return identifier === issuer || identifier.startsWith(`${issuer}/`)
    ? [problem('RESERVED', 'That address is this server’s own.', 'identifier')]
    : [];
};

/** Something that can belong to an API: an address that TLS protects, or a name. */
const isOwnName = (identifier: string): boolean =>
  /^urn:[a-z\d][a-z\d-]{0,30}[a-z\d]:./i.test(identifier) ||
  (/^https?:\/\/[^/]/i.test(identifier) && isProtected(new URL(identifier)));

const nameProblems = (name: string): UserError[] => {
  if (name === '') return [problem('REQUIRED', 'Give the API a name.', 'name')];
  if ([...name].length > longestName) {
    return [problem('TOO_LONG', `A name has at most ${longestName} characters.`, 'name')];
  }
  return isReadable(name) ? [] : [problem('INVALID', 'That name has characters that cannot be used.', 'name')];
};

const scopeProblems = (scopes: readonly ApiScope[]): UserError[] => {
  if (scopes.length > mostScopes) return [problem('TOO_MANY', `An API has at most ${mostScopes} scopes.`, 'scopes')];
  const seen = new Set<string>();
  return scopes.flatMap(({ name, description }, index) => {
    const path = ['scopes', String(index)];
    const found: UserError[] = [];
    // RFC 6749 §3.3: scope-token.
    if (!/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(name)) {
      const message = 'A scope has 1 to 100 printable ASCII characters without blanks, quotes and backslashes.';
      found.push(problem('INVALID', message, ...path, 'name'));
    } else if (findScope(name) !== undefined) {
      found.push(problem('RESERVED', `This server has a scope ${name} itself.`, ...path, 'name'));
    } else if (seen.has(name)) {
      found.push(problem('TAKEN', `There are two scopes ${name}.`, ...path, 'name'));
    }
    seen.add(name);
    if (description === '' || description.length > longestDescription || !isReadable(description)) {
      const message = `Say in 1 to ${longestDescription} readable characters what the scope lets an app do.`;
      found.push(problem('INVALID', message, ...path, 'description'));
    }
    return found;
  });
};

const tokenProblems = (api: ApiDraft, { accessTokenLifetimeMax }: ApiBounds): UserError[] => {
  const found: UserError[] = [];
  if (!accessTokenAlgorithms.includes(api.accessTokenSigningAlg)) {
    const message = `The algorithm is one of ${accessTokenAlgorithms.join(', ')}.`;
    found.push(problem('INVALID', message, 'accessTokenSigningAlg'));
  }
  const seconds = api.accessTokenLifetime;
  if (
    seconds !== null &&
    !(Number.isInteger(seconds) && seconds >= shortestLifetime && seconds <= accessTokenLifetimeMax)
  ) {
    const message = `It can be from ${shortestLifetime} to ${accessTokenLifetimeMax} seconds.`;
    found.push(problem('INVALID', message, 'accessTokenLifetime'));
  }
  return found;
};
