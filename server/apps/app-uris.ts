/** The addresses of an app beside those that people return to: its pages, its keys, where it hears of sign-outs. */
import type { UserError } from '../kernel/domain-error.ts';
import type { AppDetails } from './app-draft.ts';
import { isAppPage, maxRedirectUris, redirectUriProblem } from './redirect-uris.ts';

const pages = ['homepageUri', 'logoUri', 'policyUri', 'tosUri'] as const;

/** What the server itself calls, or sends people to on the app's behalf: https, and http on this machine. */
const endpoints = [
  'initiateLoginUri',
  'backchannelLogoutUri',
  'frontchannelLogoutUri',
  'jwksUri',
  'sectorIdentifierUri',
] as const;

/**
 * @param before the app as it is now, where it is changed: pages that it had before http was refused may stay
 * @returns what is wrong with the app's addresses
 */
export const uriProblems = (app: AppDetails, before?: AppDetails): UserError[] => [
  ...redirectUriProblems(app),
  ...pages.flatMap((field) =>
    app[field] === null || app[field] === before?.[field] || isAppPage(app[field])
      ? []
      : [problem('INVALID', 'That is not an address such as https://app.example.org.', field)],
  ),
  ...endpoints.flatMap((field) => {
    const wrong = app[field] === null ? null : redirectUriProblem('web', app[field]);
    return wrong === null ? [] : [problem('INVALID', wrong, field)];
  }),
  ...logoutProblems(app),
  ...sectorProblems(app),
];

const problem = (code: string, message: string, ...path: string[]): UserError => ({ code, message, path });

const redirectUriProblems = (app: AppDetails): UserError[] => {
  const { type, redirectUris, grantTypes } = app;
  if (type === 'service') {
    return redirectUris.length === 0 ? [] : [problem('INVALID', 'A service has no redirect URIs.', 'redirectUris')];
  }
  if (redirectUris.length === 0 && grantTypes.includes('authorization_code')) {
    return [problem('REQUIRED', 'Say where people return to after they signed in.', 'redirectUris')];
  }
  return listProblems(app, 'redirectUris');
};

const listProblems = (app: AppDetails, field: 'redirectUris' | 'postLogoutRedirectUris'): UserError[] => {
  const uris = app[field];
  if (uris.length > maxRedirectUris) {
    return [problem('TOO_MANY', `An app has at most ${maxRedirectUris} of these addresses.`, field)];
  }
  return uris.flatMap((uri, index) => {
    const wrong = redirectUriProblem(app.type, uri);
    if (wrong !== null) return [problem('INVALID', wrong, field, String(index))];
    return uris.indexOf(uri) === index
      ? []
      : [problem('DUPLICATE', 'This address is there already.', field, String(index))];
  });
};

const logoutProblems = (app: AppDetails): UserError[] => {
  const { frontchannelLogoutUri, redirectUris } = app;
  if (app.type === 'service') {
    return (['postLogoutRedirectUris', 'backchannelLogoutUri', 'frontchannelLogoutUri'] as const).flatMap((field) =>
      (app[field]?.length ?? 0) === 0 ? [] : [problem('INVALID', 'Nobody signs out of a service.', field)],
    );
  }
  const found = listProblems(app, 'postLogoutRedirectUris');
  // OpenID Connect Front-Channel Logout §2: the frame is the app's own page.
  const origin = frontchannelLogoutUri === null ? undefined : URL.parse(frontchannelLogoutUri)?.origin;
  if (origin !== undefined && !redirectUris.some((uri) => URL.parse(uri)?.origin === origin)) {
    const message = 'Its scheme, host and port must be those of a redirect URI.';
    found.push(problem('INVALID', message, 'frontchannelLogoutUri'));
  }
  return found;
};

/** OpenID Connect Core §8.1: without a sector identifier, the one host of the redirect URIs is the sector. */
const sectorProblems = ({ subjectType, sectorIdentifierUri, redirectUris }: AppDetails): UserError[] => {
  if (subjectType !== 'pairwise' || sectorIdentifierUri !== null) return [];
  const hosts = new Set(redirectUris.map((uri) => URL.parse(uri)?.hostname ?? ''));
  if (hosts.size === 1 && !hosts.has('')) return [];
  const message = 'Pairwise subjects need redirect URIs on one host, or a sector identifier URI.';
  return [problem('REQUIRED', message, 'sectorIdentifierUri')];
};
