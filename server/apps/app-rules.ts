/** What an app may be like: one set of rules for the API, the command line and the standards' registration. */
import type { UserError } from '../kernel/domain-error.ts';
import { defaultAppScopes, findScope } from '../kernel/scopes.ts';
import { type AppType, type AuthMethod, authMethods, type GrantType, grantTypes } from './app.entity.ts';
import { isHomepage, maxRedirectUris, redirectUriProblem } from './redirect-uris.ts';

/** What a person or a program says of an app. What is left out is preset by the type. */
export interface AppDraft {
  readonly name: string;
  readonly type: AppType;
  readonly redirectUris?: readonly string[] | undefined;
  readonly homepageUri?: string | null | undefined;
  readonly authMethod?: AuthMethod | undefined;
  readonly grantTypes?: readonly GrantType[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly requirePkce?: boolean | undefined;
  readonly trusted?: boolean | undefined;
}

/** An app that keeps all rules. */
export interface AppDetails {
  readonly name: string;
  readonly type: AppType;
  readonly redirectUris: string[];
  readonly homepageUri: string | null;
  readonly authMethod: AuthMethod;
  readonly grantTypes: GrantType[];
  readonly scopes: string[];
  readonly requirePkce: boolean;
  readonly trusted: boolean;
}

interface TypeRules {
  readonly preset: { readonly authMethod: AuthMethod; readonly grantTypes: readonly GrantType[] };
  readonly authMethods: readonly AuthMethod[];
  readonly grantTypes: readonly GrantType[];
}

const rules: Readonly<Record<AppType, TypeRules>> = {
  web: {
    preset: { authMethod: 'client_secret_basic', grantTypes: ['authorization_code', 'refresh_token'] },
    authMethods,
    grantTypes,
  },
  // Whatever runs on a person's device cannot keep a secret (RFC 8252 §8.5, OAuth 2.1 §2.1).
  spa: {
    preset: { authMethod: 'none', grantTypes: ['authorization_code', 'refresh_token'] },
    authMethods: ['none'],
    grantTypes: ['authorization_code', 'refresh_token'],
  },
  native: {
    preset: { authMethod: 'none', grantTypes: ['authorization_code', 'refresh_token'] },
    authMethods: ['none'],
    grantTypes: ['authorization_code', 'refresh_token'],
  },
  service: {
    preset: { authMethod: 'client_secret_basic', grantTypes: ['client_credentials'] },
    authMethods: ['client_secret_basic', 'client_secret_post'],
    grantTypes: ['client_credentials'],
  },
};

const typeNames: Readonly<Record<AppType, string>> = {
  web: 'web application',
  spa: 'single-page application',
  native: 'native application',
  service: 'service',
};

/** Fills in what the type presets. */
export const completeDraft = (draft: AppDraft): AppDetails => {
  const { preset } = rules[draft.type];
  const authMethod = draft.authMethod ?? preset.authMethod;
  const open =
    draft.type === 'service' ? defaultAppScopes.filter((name) => findScope(name)?.forApps) : defaultAppScopes;
  return {
    name: draft.name.trim(),
    type: draft.type,
    redirectUris: [...(draft.redirectUris ?? [])],
    homepageUri: draft.homepageUri?.trim() || null,
    authMethod,
    grantTypes: [...new Set(draft.grantTypes ?? preset.grantTypes)],
    scopes: [...new Set(draft.scopes ?? open)],
    requirePkce: draft.requirePkce ?? draft.type !== 'service',
    trusted: draft.trusted ?? false,
  };
};

/**
 * @param mayAdminister whether trust and administrative scopes may be given
 * @param before the app as it is now, where it is changed: what an administrator once gave it may stay
 * @returns everything that is wrong with the app
 */
export const appProblems = (app: AppDetails, mayAdminister: boolean, before?: Guarded): UserError[] => [
  ...nameProblems(app.name),
  ...redirectUriProblems(app),
  ...(app.homepageUri === null || isHomepage(app.homepageUri)
    ? []
    : [problem('INVALID', 'That is not an address such as https://app.example.org.', 'homepageUri')]),
  ...protocolProblems(app),
  ...scopeProblems(app, mayAdminister, before),
  ...(app.trusted && !mayAdminister && !before?.trusted
    ? [problem('FORBIDDEN', 'Only an administrator can mark an app as trusted.', 'trusted')]
    : []),
  ...(mayAdminister || before === undefined ? [] : guardedProblems(app, before)),
];

type Guarded = Pick<AppDetails, 'trusted' | 'scopes' | (typeof guardedFields)[number]>;

/** By these, an app could take more than an administrator meant to give it. */
const guardedFields = ['redirectUris', 'authMethod', 'grantTypes', 'requirePkce'] as const;

const guardedProblems = (app: AppDetails, before: Guarded): UserError[] => {
  if (!app.trusted && !app.scopes.some(isAdministrative)) return [];
  return guardedFields
    .filter((field) => JSON.stringify(app[field]) !== JSON.stringify(before[field]))
    .map((field) =>
      problem('FORBIDDEN', 'Of an app that is trusted or administers, only an administrator can change this.', field),
    );
};

const isAdministrative = (scope: string): boolean => findScope(scope)?.kind === 'administrative';

/** @returns what is wrong with an id that an operator chose (RFC 6749 §A.1: printable ASCII) */
export const clientIdProblems = (clientId: string): UserError[] =>
  /^[\x21-\x7e]{1,200}$/.test(clientId)
    ? []
    : [problem('INVALID', 'A client id has 1 to 200 printable ASCII characters, without blanks.', 'clientId')];

/** @returns what is wrong with a secret that an operator chose */
export const clientSecretProblems = (secret: string, confidential: boolean): UserError[] => {
  if (!confidential) return [problem('INVALID', 'An app without authentication has no secret.', 'clientSecret')];
  if (/^[\x20-\x7e]{8,200}$/.test(secret)) return [];
  return [problem('INVALID', 'A client secret has 8 to 200 printable ASCII characters.', 'clientSecret')];
};

const problem = (code: string, message: string, ...path: string[]): UserError => ({ code, message, path });

const nameProblems = (name: string): UserError[] => {
  if (name === '') return [problem('REQUIRED', 'Give the app a name.', 'name')];
  if ([...name].length > 100) return [problem('TOO_LONG', 'A name has at most 100 characters.', 'name')];
  // Control characters, and those that turn or hide the text around them: people decide by this name.
  if (!name.isWellFormed() || /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/u.test(name)) {
    return [problem('INVALID', 'That name has characters that cannot be used.', 'name')];
  }
  return [];
};

const redirectUriProblems = ({ type, redirectUris, grantTypes: grants }: AppDetails): UserError[] => {
  if (type === 'service') {
    return redirectUris.length === 0 ? [] : [problem('INVALID', 'A service has no redirect URIs.', 'redirectUris')];
  }
  if (redirectUris.length === 0 && grants.includes('authorization_code')) {
    return [problem('REQUIRED', 'Say where people return to after they signed in.', 'redirectUris')];
  }
  if (redirectUris.length > maxRedirectUris) {
    return [problem('TOO_MANY', `An app has at most ${maxRedirectUris} redirect URIs.`, 'redirectUris')];
  }
  return redirectUris.flatMap((uri, index) => {
    const wrong = redirectUriProblem(type, uri);
    if (wrong !== null) return [problem('INVALID', wrong, 'redirectUris', String(index))];
    return redirectUris.indexOf(uri) === index
      ? []
      : [problem('DUPLICATE', 'This address is there already.', 'redirectUris', String(index))];
  });
};

const protocolProblems = (app: AppDetails): UserError[] => {
  const { type, authMethod, grantTypes: grants, requirePkce } = app;
  const found: UserError[] = [];
  if (!rules[type].authMethods.includes(authMethod)) {
    found.push(problem('INVALID', `A ${typeNames[type]} cannot use the method ${authMethod}.`, 'authMethod'));
  }
  for (const [index, grant] of grants.entries()) {
    if (rules[type].grantTypes.includes(grant)) continue;
    found.push(problem('INVALID', `A ${typeNames[type]} cannot use the grant ${grant}.`, 'grantTypes', String(index)));
  }
  if (grants.length === 0) found.push(problem('REQUIRED', 'An app needs at least one grant.', 'grantTypes'));
  if (grants.includes('refresh_token') && !grants.includes('authorization_code')) {
    found.push(problem('INVALID', 'The grant refresh_token comes with authorization_code only.', 'grantTypes'));
  }
  // RFC 6749 §4.4: only confidential clients.
  if (grants.includes('client_credentials') && authMethod === 'none' && type === 'web') {
    found.push(problem('INVALID', 'An app without a secret cannot use the grant client_credentials.', 'grantTypes'));
  }
  // RFC 9700 §2.1.1
  if (authMethod === 'none' && !requirePkce) {
    found.push(problem('INVALID', 'An app without a secret must use PKCE.', 'requirePkce'));
  }
  return found;
};

const scopeProblems = ({ type, scopes }: AppDetails, mayAdminister: boolean, before?: Guarded): UserError[] =>
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

const printable = (text: string): string => text.slice(0, 60).replace(/[^\x20-\x7e]/g, '?');
