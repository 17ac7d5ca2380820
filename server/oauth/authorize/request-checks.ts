/** Every check of an authorization request, in order. Nothing redirects before the first two have proven where to. */
import type { App } from '../../apps/app.entity.ts';
import { findScope, parseScope } from '../../kernel/scopes.ts';
import type { AuthorizationParameters, Prompt } from '../protocol/authorization-parameters.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Parameters } from '../protocol/parameters.ts';
import { isCodeChallenge } from '../protocol/pkce.ts';
import { isRegisteredRedirectUri } from '../protocol/redirect-uri.ts';

/** Why a request ends on a page of ours instead of going back to the app. */
export type UnsafeReason =
  | 'client_missing'
  | 'client_unknown'
  | 'redirect_uri_missing'
  | 'redirect_uri_unregistered'
  | 'request_gone';

export class UnsafeRequestError extends Error {
  override readonly name = 'UnsafeRequestError';
  constructor(readonly reason: UnsafeReason) {
    super(reason);
  }
}

/** The app and where its answer goes: both proven. */
export interface ProvenClient {
  app: App;
  redirectUri: string;
  redirectUriGiven: boolean;
}

/**
 * @param findApp by client id
 * @throws UnsafeRequestError
 */
export const proveClient = async (
  parameters: Parameters,
  findApp: (clientId: string) => Promise<App | null>,
): Promise<ProvenClient> => {
  const clientId = parameters.get('client_id');
  if (clientId === undefined) throw new UnsafeRequestError('client_missing');
  const app = await findApp(clientId);
  if (app === null) throw new UnsafeRequestError('client_unknown');
  const presented = parameters.get('redirect_uri');
  if (presented === undefined) {
    const [only, another] = app.redirectUris;
    // RFC 6749 §3.1.2.3 lets a single registered one be implied; OpenID Connect Core §3.1.2.1 does not.
    const isOpenId = parameters.get('scope')?.split(' ').includes('openid') ?? false;
    if (only === undefined || another !== undefined || isOpenId) throw new UnsafeRequestError('redirect_uri_missing');
    return { app, redirectUri: only, redirectUriGiven: false };
  }
  if (!isRegisteredRedirectUri(presented, app.redirectUris, app.type === 'native')) {
    throw new UnsafeRequestError('redirect_uri_unregistered');
  }
  return { app, redirectUri: presented, redirectUriGiven: true };
};

/** Judges one thing and says what it found; whatever it throws goes back to the app. */
type Check = (parameters: Parameters, app: App) => Partial<AuthorizationParameters> | undefined;

const prompts: readonly string[] = ['none', 'login', 'consent', 'select_account', 'create'] satisfies Prompt[];

const checks: readonly Check[] = [
  function requestObjects(parameters) {
    if (parameters.has('request')) throw OAuthError.requestNotSupported();
    if (parameters.has('request_uri')) throw OAuthError.requestUriNotSupported();
    if (parameters.has('registration')) throw OAuthError.registrationNotSupported();
    return undefined;
  },
  function responseType(parameters) {
    const type = parameters.get('response_type');
    if (type === undefined) throw OAuthError.invalidRequest('The parameter response_type is missing.');
    if (type !== 'code') throw OAuthError.unsupportedResponseType();
    return { responseType: 'code' };
  },
  function responseMode(parameters) {
    if ((parameters.get('response_mode') ?? 'query') !== 'query') {
      throw OAuthError.invalidRequest('The response_mode must be query.');
    }
    return undefined;
  },
  function grant(_parameters, app) {
    if (!app.grantTypes.includes('authorization_code')) {
      throw OAuthError.unauthorizedClient('The client may not use the authorization code grant.');
    }
    return undefined;
  },
  function scope(parameters, app) {
    const requested = parameters.get('scope');
    // Without one, what django-oauth-toolkit calls the default: who the person is.
    const names =
      requested === undefined ? ['read'].filter((name) => app.scopes.includes(name)) : parseScope(requested);
    if (names === null || names.length === 0) throw OAuthError.invalidScope('The scope is missing or malformed.');
    if (!names.every((name) => findScope(name))) throw OAuthError.invalidScope('There is no such scope.');
    if (!names.every((name) => app.scopes.includes(name))) {
      throw OAuthError.invalidScope('The client may not ask for one of these scopes.');
    }
    return { scopes: names };
  },
  function pkce(parameters, app) {
    const challenge = parameters.get('code_challenge');
    const method = parameters.get('code_challenge_method');
    if (challenge === undefined) {
      if (method !== undefined) throw OAuthError.invalidRequest('The code_challenge is missing.');
      if (app.requirePkce || !app.isConfidential)
        throw OAuthError.invalidRequest('PKCE is required: code_challenge is missing.');
      return undefined;
    }
    if (method !== 'S256') throw OAuthError.invalidRequest('The code_challenge_method must be S256.');
    if (!isCodeChallenge(challenge))
      throw OAuthError.invalidRequest('The code_challenge is not base64url of a SHA-256.');
    return { codeChallenge: challenge };
  },
  function prompt(parameters) {
    const values = parameters.get('prompt')?.split(' ').filter(Boolean) ?? [];
    if (!values.every((value) => prompts.includes(value))) throw OAuthError.invalidRequest('The prompt is unknown.');
    if (values.includes('none') && values.length > 1) {
      throw OAuthError.invalidRequest('The prompt none stands alone.');
    }
    return { prompt: values as Prompt[] };
  },
  function maxAge(parameters) {
    const seconds = parameters.get('max_age');
    if (seconds === undefined) return undefined;
    if (!/^\d{1,10}$/.test(seconds)) throw OAuthError.invalidRequest('The max_age must be a number of seconds.');
    return { maxAge: Number(seconds) };
  },
  function carried(parameters) {
    const nonce = parameters.get('nonce');
    const loginHint = parameters.get('login_hint');
    const uiLocales = parameters.get('ui_locales')?.split(' ').filter(Boolean);
    return {
      ...(nonce === undefined ? {} : { nonce }),
      ...(loginHint === undefined ? {} : { loginHint }),
      ...(uiLocales === undefined ? {} : { uiLocales }),
    };
  },
];

/** @throws OAuthError which may be sent to the proven redirect URI */
export const checkRequest = (parameters: Parameters, client: ProvenClient): AuthorizationParameters => {
  const state = parameters.get('state');
  const found: Partial<AuthorizationParameters> = {
    clientId: client.app.clientId,
    redirectUri: client.redirectUri,
    redirectUriGiven: client.redirectUriGiven,
    responseMode: 'query',
    resources: [],
    ...(state === undefined ? {} : { state }),
  };
  for (const check of checks) Object.assign(found, check(parameters, client.app));
  return found as AuthorizationParameters;
};
