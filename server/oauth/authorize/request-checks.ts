/** Every check of an authorization request, in order. Nothing redirects before the first two have proven where to. */
import type { App } from '../../apps/app.entity.ts';
import { acrValues } from '../protocol/acr.ts';
import type { AuthorizationParameters, Prompt } from '../protocol/authorization-parameters.ts';
import { readClaimsRequest, wantedValues } from '../protocol/claims-request.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { Parameters } from '../protocol/parameters.ts';
import { isCodeChallenge } from '../protocol/pkce.ts';
import { isRegisteredRedirectUri } from '../protocol/redirect-uri.ts';
import { isThumbprint } from '../protocol/thumbprint.ts';
import type { Audience } from '../tokens/audiences.ts';
import { mayAskFor, scopesOfClaims } from '../tokens/claims.ts';
import { permissionsFor, requestedScopes } from './permissions.ts';

/** Why a request ends on a page of ours instead of going back to the app. */
export type UnsafeReason =
  | 'client_missing'
  | 'client_unknown'
  | 'redirect_uri_missing'
  | 'redirect_uri_unregistered'
  | 'request_object_invalid'
  | 'pushed_request_gone'
  | 'request_gone';

export class UnsafeRequestError extends Error {
  override readonly name = 'UnsafeRequestError';
  /** @param mismatch the redirect URI that was named, and the app that did not register it */
  constructor(
    readonly reason: UnsafeReason,
    readonly mismatch: { readonly app: App; readonly presented: string } | null = null,
  ) {
    super(reason);
  }
}

/** The app and where its answer goes: both proven. */
export interface ProvenClient {
  app: App;
  redirectUri: string;
  redirectUriGiven: boolean;
}

/** @throws UnsafeRequestError */
export const proveClient = (parameters: Parameters, app: App): ProvenClient => {
  const presented = parameters.get('redirect_uri');
  if (presented === undefined) {
    const [only, another] = app.redirectUris;
    // RFC 6749 §3.1.2.3 lets a single registered one be implied; OpenID Connect Core §3.1.2.1 does not.
    if (only === undefined || another !== undefined || isOpenIdRequest(parameters))
      throw new UnsafeRequestError('redirect_uri_missing');
    return { app, redirectUri: only, redirectUriGiven: false };
  }
  if (!isRegisteredRedirectUri(presented, app.redirectUris, app.type === 'native')) {
    throw new UnsafeRequestError('redirect_uri_unregistered', { app, presented });
  }
  return { app, redirectUri: presented, redirectUriGiven: true };
};

const isOpenIdRequest = (parameters: Parameters): boolean =>
  parameters.get('scope')?.split(' ').includes('openid') ?? false;

/** Judges one thing and says what it found; whatever it throws goes back to the app. */
type Check = (
  parameters: Parameters,
  app: App,
  apis: readonly Audience[],
) => Partial<AuthorizationParameters> | undefined;

export const responseModes = ['query', 'form_post'] as const satisfies AuthorizationParameters['responseMode'][];

export const isResponseMode = (value: string | undefined): value is AuthorizationParameters['responseMode'] =>
  responseModes.some((mode) => mode === value);

export const prompts: readonly string[] = ['none', 'login', 'consent', 'select_account', 'create'] satisfies Prompt[];

const checks: readonly Check[] = [
  function registration(parameters) {
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
    const mode = parameters.get('response_mode') ?? 'query';
    if (!isResponseMode(mode)) throw OAuthError.invalidRequest('The response_mode must be query or form_post.');
    return { responseMode: mode };
  },
  /** FAPI 2.0 Security Profile §5.3.2.2; that the request was pushed is judged before. */
  function profile(parameters, app) {
    if (app.profile !== 'fapi2') return undefined;
    if (!parameters.has('redirect_uri')) throw OAuthError.invalidRequest('The parameter redirect_uri is missing.');
    if (parameters.has('response_mode') && parameters.get('response_mode') !== 'query') {
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
  function scope(parameters, app, apis) {
    const scopes = requestedScopes(parameters.get('scope'), app.scopes, apis);
    const resources = apis.map(({ identifier }) => identifier);
    return { scopes, resources, permissions: permissionsFor(scopes, app.scopes, apis) };
  },
  function pkce(parameters, app) {
    const challenge = parameters.get('code_challenge');
    const method = parameters.get('code_challenge_method');
    if (challenge === undefined) {
      if (method !== undefined) throw OAuthError.invalidRequest('The code_challenge is missing.');
      if (app.requirePkce || !app.isConfidential || app.profile === 'fapi2')
        throw OAuthError.invalidRequest('PKCE is required: code_challenge is missing.');
      return undefined;
    }
    if (method !== 'S256') throw OAuthError.invalidRequest('The code_challenge_method must be S256.');
    if (!isCodeChallenge(challenge))
      throw OAuthError.invalidRequest('The code_challenge is not base64url of a SHA-256.');
    return { codeChallenge: challenge };
  },
  /** RFC 9449 §10 */
  function dpopKey(parameters) {
    const dpopJkt = parameters.get('dpop_jkt');
    if (dpopJkt === undefined) return undefined;
    if (!isThumbprint(dpopJkt)) throw OAuthError.invalidRequest('The dpop_jkt is not the thumbprint of a key.');
    return { dpopJkt };
  },
  function prompt(parameters) {
    const values = parameters.get('prompt')?.split(' ').filter(Boolean) ?? [];
    if (!values.every((value) => prompts.includes(value))) throw OAuthError.invalidRequest('The prompt is unknown.');
    if (values.includes('none') && values.length > 1) {
      throw OAuthError.invalidRequest('The prompt none stands alone.');
    }
    return { prompt: values as Prompt[] };
  },
  function maxAge(parameters, app) {
    const seconds = parameters.get('max_age');
    if (seconds === undefined) return app.defaultMaxAge == null ? undefined : { maxAge: app.defaultMaxAge };
    if (!/^\d{1,10}$/.test(seconds)) throw OAuthError.invalidRequest('The max_age must be a number of seconds.');
    return { maxAge: Number(seconds) };
  },
  function claims(parameters, app) {
    const given = parameters.get('claims');
    if (given === undefined || !isOpenIdRequest(parameters)) return undefined;
    const wishes = readClaimsRequest(given, (name) => mayAskFor(name, app.scopes));
    if (wishes === null) throw OAuthError.invalidRequest('The claims are not a claims request in JSON.');
    // OpenID Connect Core §5.5.1.1: one who cannot be asked for this much is not asked at all.
    const classes = wishes.id_token?.acr?.essential ? wantedValues(wishes.id_token.acr) : null;
    if (classes !== null && !classes.some((value) => acrValues.includes(String(value)))) {
      throw OAuthError.unmetAuthenticationRequirements();
    }
    const subjects = [wishes.id_token?.sub, wishes.userinfo?.sub].flatMap((wish) => [wantedValues(wish) ?? []].flat());
    return { claims: wishes, ...(subjects.length === 0 ? {} : { onlySubjects: subjects.map(String) }) };
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

/**
 * @param apis that the request names (RFC 8707 §2), each with what the app may ask for there
 * @throws OAuthError which may be sent to the proven redirect URI
 */
export const checkRequest = (
  parameters: Parameters,
  client: ProvenClient,
  apis: readonly Audience[],
): AuthorizationParameters => {
  const state = parameters.get('state');
  const found: Partial<AuthorizationParameters> = {
    clientId: client.app.clientId,
    redirectUri: client.redirectUri,
    redirectUriGiven: client.redirectUriGiven,
    ...(state === undefined ? {} : { state }),
  };
  for (const check of checks) Object.assign(found, check(parameters, client.app, apis));
  // A single claim that was asked for is asked of the person as its scope would be.
  found.permissions = [...new Set([...(found.permissions ?? []), ...scopesOfClaims(found.claims)])];
  return found as AuthorizationParameters;
};
