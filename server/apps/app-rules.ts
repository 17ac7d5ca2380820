/** What an app may be like: one set of rules for the API, the command line and the standards' registration. */
import type { UserError } from '../kernel/domain-error.ts';
import { isReadable } from '../kernel/readable.ts';
import { findScope } from '../kernel/scopes.ts';
import { type AppDetails, exchangeGrant } from './app-draft.ts';
import { uriProblems } from './app-uris.ts';
import { protocolProblems } from './protocol-rules.ts';

/** Seconds: the longest that an app may set for itself. */
interface LifetimeBounds {
  readonly accessTokenLifetimeMax: number;
  readonly refreshTokenLifetimeMax: number;
}

/** By whom and how an app is made or changed. */
export interface Judgement {
  /** Whether trust, administrative scopes and token exchange may be given. */
  readonly mayAdminister: boolean;
  readonly bounds: LifetimeBounds;
  /** Registered by the program itself (RFC 7591). */
  readonly dynamic?: boolean;
  /** The app as it is now, where it is changed: what an administrator once gave it may stay. */
  readonly before?: AppDetails | undefined;
}

/** @returns everything that is wrong with the app */
export const appProblems = (app: AppDetails, judgement: Judgement): UserError[] => [
  ...nameProblems(app.name),
  ...textProblems(app),
  ...uriProblems(app, judgement.before),
  ...protocolProblems(app, judgement.dynamic ?? false),
  ...timeProblems(app, judgement.bounds),
  ...scopeProblems(app, judgement),
  ...privilegeProblems(app, judgement),
];

const problem = (code: string, message: string, ...path: string[]): UserError => ({ code, message, path });

const nameProblems = (name: string): UserError[] => {
  if (name === '') return [problem('REQUIRED', 'Give the app a name.', 'name')];
  if ([...name].length > 100) return [problem('TOO_LONG', 'A name has at most 100 characters.', 'name')];
  return isReadable(name) ? [] : [problem('INVALID', 'That name has characters that cannot be used.', 'name')];
};

const maxContacts = 10;
const maxTextLength = 200;

const textProblems = ({ contacts, softwareId, softwareVersion }: AppDetails): UserError[] => {
  if (contacts.length > maxContacts) {
    return [problem('TOO_MANY', `An app has at most ${maxContacts} contacts.`, 'contacts')];
  }
  const texts: [string | null, ...string[]][] = [
    ...contacts.map((contact, index): [string, ...string[]] => [contact || '\0', 'contacts', String(index)]),
    [softwareId, 'softwareId'],
    [softwareVersion, 'softwareVersion'],
  ];
  return texts.flatMap(([text, ...path]) =>
    text === null || (text.length <= maxTextLength && isReadable(text))
      ? []
      : [problem('INVALID', `That is no readable text of at most ${maxTextLength} characters.`, ...path)],
  );
};

const timeProblems = (app: AppDetails, bounds: LifetimeBounds): UserError[] => {
  const { accessTokenLifetimeMax: short, refreshTokenLifetimeMax: long } = bounds;
  const ranges = {
    defaultMaxAge: [0, 31_536_000],
    accessTokenLifetime: [30, short],
    idTokenLifetime: [30, short],
    refreshTokenLifetime: [60, long],
    refreshFamilyLifetime: [60, long],
  } as const;
  return (Object.keys(ranges) as (keyof typeof ranges)[]).flatMap((field) => {
    const [least, most] = ranges[field];
    const seconds = app[field];
    return seconds === null || (Number.isInteger(seconds) && seconds >= least && seconds <= most)
      ? []
      : [problem('INVALID', `It can be from ${least} to ${most} seconds.`, field)];
  });
};

const scopeProblems = ({ type, scopes }: AppDetails, { mayAdminister, before }: Judgement): UserError[] =>
  scopes.flatMap((name, index) => {
    const path = ['scopes', String(index)];
    const scope = findScope(name);
    if (scope === undefined) return [problem('UNKNOWN', `There is no scope “${printable(name)}”.`, ...path)];
    if (scope.kind === 'administrative' && !mayAdminister && !before?.scopes.includes(name)) {
      return [problem('FORBIDDEN', `Only an administrator can let an app ask for ${name}.`, ...path)];
    }
    if (type === 'service' && !scope.forApps) {
      return [problem('INVALID', `The scope ${name} is about a person; a service has none.`, ...path)];
    }
    return [];
  });

export const printable = (text: string): string => text.slice(0, 60).replace(/[^\x20-\x7e]/g, '?');

/**
 * By these, and by more scopes, an app that was given much could take more than an administrator meant: by going elsewhere, by
 * proving less, by keeping tokens longer. Its own keys and secrets stay its owner's to change.
 */
const guardedFields = [
  'redirectUris',
  'authMethod',
  'grantTypes',
  'requirePkce',
  'requirePushedAuthorizationRequests',
  'requireSignedRequestObject',
  'dpopBoundAccessTokens',
  'profile',
  'subjectType',
  'sectorIdentifierUri',
  'accessTokenLifetime',
  'refreshTokenLifetime',
  'refreshFamilyLifetime',
] as const;

const privilegeProblems = (app: AppDetails, { mayAdminister, before }: Judgement): UserError[] => {
  if (mayAdminister) return [];
  const found: UserError[] = [];
  if (app.trusted && !before?.trusted) {
    found.push(problem('FORBIDDEN', 'Only an administrator can mark an app as trusted.', 'trusted'));
  }
  if (app.grantTypes.includes(exchangeGrant) && !before?.grantTypes.includes(exchangeGrant)) {
    found.push(problem('FORBIDDEN', 'Only an administrator can let an app exchange tokens.', 'grantTypes'));
  }
  if (before === undefined || !isPrivileged(app)) return found;
  const added = app.scopes.filter((scope) => !before.scopes.includes(scope) && !isAdministrative(scope));
  const changed = guardedFields.filter((field) => JSON.stringify(app[field]) !== JSON.stringify(before[field]));
  const message = 'Of an app that was given more than others, only an administrator can change this.';
  return [
    ...found,
    ...changed.map((field) => problem('FORBIDDEN', message, field)),
    ...added.map((scope) => problem('FORBIDDEN', message, 'scopes', String(app.scopes.indexOf(scope)))),
  ];
};

/** Whether it holds what only an administrator can give. */
export const isPrivileged = ({ trusted, scopes, grantTypes }: AppDetails): boolean =>
  trusted || grantTypes.includes(exchangeGrant) || scopes.some(isAdministrative);

const isAdministrative = (scope: string): boolean => findScope(scope)?.kind === 'administrative';

/** @returns what is wrong with an id that an operator chose (RFC 6749 §A.1: printable ASCII) */
export const clientIdProblems = (clientId: string): UserError[] =>
  /^[\x21-\x7e]{1,200}$/.test(clientId)
    ? []
    : [problem('INVALID', 'A client id has 1 to 200 printable ASCII characters, without blanks.', 'clientId')];
