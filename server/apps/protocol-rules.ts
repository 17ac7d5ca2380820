/** Which methods, grants, keys and algorithms suit an app: what its type can keep secret decides, and its profile. */
import type { UserError } from '../kernel/domain-error.ts';
import {
  type AppType,
  type AuthMethod,
  authMethods,
  type GrantType,
  grantTypes,
  isSecretMethod,
} from './app.entity.ts';
import { type AppDetails, deviceGrant, exchangeGrant, profileDemands } from './app-draft.ts';
import { keySetProblems } from './app-keys.ts';

interface TypeRules {
  readonly title: string;
  readonly authMethods: readonly AuthMethod[];
  readonly grantTypes: readonly GrantType[];
}

const rules: Readonly<Record<AppType, TypeRules>> = {
  web: { title: 'web application', authMethods, grantTypes },
  // Whatever runs on a person's device cannot keep a secret (RFC 8252 §8.5, OAuth 2.1 §2.1).
  spa: {
    title: 'single-page application',
    authMethods: ['none'],
    grantTypes: ['authorization_code', 'refresh_token'],
  },
  native: {
    title: 'native application',
    authMethods: ['none'],
    grantTypes: ['authorization_code', 'refresh_token', deviceGrant],
  },
  service: {
    title: 'service',
    authMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    grantTypes: ['client_credentials', exchangeGrant],
  },
};

const problem = (code: string, message: string, ...path: string[]): UserError => ({ code, message, path });

/** @param dynamic registered by itself: then each copy of a native app may have a secret of its own (RFC 8252 §8.5) */
export const protocolProblems = (app: AppDetails, dynamic: boolean): UserError[] => [
  ...methodProblems(app, dynamic),
  ...grantProblems(app),
  ...keyProblems(app),
  ...profileProblems(app),
];

const methodProblems = ({ type, authMethod, requirePkce }: AppDetails, dynamic: boolean): UserError[] => {
  const found: UserError[] = [];
  const { title, authMethods: allowed } = rules[type];
  if (!allowed.includes(authMethod) && !(dynamic && type === 'native')) {
    found.push(problem('INVALID', `A ${title} cannot use the method ${authMethod}.`, 'authMethod'));
  }
  // RFC 9700 §2.1.1
  if (authMethod === 'none' && !requirePkce) {
    found.push(problem('INVALID', 'An app without a secret must use PKCE.', 'requirePkce'));
  }
  return found;
};

const grantProblems = ({ type, authMethod, grantTypes: grants }: AppDetails): UserError[] => {
  const { title, grantTypes: allowed } = rules[type];
  const found = grants.flatMap((grant, index) =>
    allowed.includes(grant)
      ? []
      : [problem('INVALID', `A ${title} cannot use the grant ${grant}.`, 'grantTypes', String(index))],
  );
  if (grants.length === 0) found.push(problem('REQUIRED', 'An app needs at least one grant.', 'grantTypes'));
  if (grants.includes('refresh_token') && !grants.includes('authorization_code') && !grants.includes(deviceGrant)) {
    const message = 'The grant refresh_token comes with authorization_code or the device grant only.';
    found.push(problem('INVALID', message, 'grantTypes'));
  }
  // RFC 6749 §4.4, RFC 8693 §2.1: only who proves who they are.
  for (const grant of ['client_credentials', exchangeGrant] as const) {
    if (!grants.includes(grant) || authMethod !== 'none' || !allowed.includes(grant)) continue;
    found.push(problem('INVALID', `An app without authentication cannot use the grant ${grant}.`, 'grantTypes'));
  }
  return found;
};

const keyProblems = ({ authMethod, jwks, jwksUri, requireSignedRequestObject }: AppDetails): UserError[] => {
  const found =
    jwks === null
      ? []
      : keySetProblems(jwks).map(({ index, message }) =>
          problem('INVALID', message, 'jwks', ...(index === null ? [] : ['keys', String(index)])),
        );
  // RFC 7591 §2
  if (jwks !== null && jwksUri !== null) {
    found.push(problem('INVALID', 'Give the keys or their address, not both.', 'jwksUri'));
  }
  if (jwks === null && jwksUri === null && (authMethod === 'private_key_jwt' || requireSignedRequestObject)) {
    const what = authMethod === 'private_key_jwt' ? 'The method private_key_jwt needs' : 'Signed requests need';
    found.push(problem('REQUIRED', `${what} the app’s public keys or their address.`, 'jwks'));
  }
  return found;
};

const profileProblems = (app: AppDetails): UserError[] => {
  if (app.profile === null) return [];
  if (app.type !== 'web' && app.type !== 'service') {
    return [problem('INVALID', `A ${rules[app.type].title} cannot follow the profile ${app.profile}.`, 'profile')];
  }
  const demands = Object.entries(profileDemands(app)) as [keyof AppDetails, unknown][];
  const found = demands
    .filter(([field, demanded]) => app[field] !== demanded)
    .map(([field, demanded]) => problem('INVALID', `The profile ${app.profile} asks that this be ${demanded}.`, field));
  // FAPI 2.0 Security Profile §5.3.2.2: no http: but for native apps, which cannot follow the profile.
  for (const [index, uri] of app.redirectUris.entries()) {
    if (!/^http:/i.test(uri)) continue;
    const message = `The profile ${app.profile} asks for addresses that begin with https://.`;
    found.push(problem('INVALID', message, 'redirectUris', String(index)));
  }
  // FAPI 2.0 Security Profile §5.4.1: PS256, ES256 or EdDSA.
  const algorithms = [
    'tokenEndpointAuthSigningAlg',
    'requestObjectSigningAlg',
    'idTokenSignedResponseAlg',
    'userinfoSignedResponseAlg',
  ] as const;
  for (const field of algorithms) {
    if (app[field] === 'RS256') {
      found.push(problem('INVALID', `The profile ${app.profile} does without RS256.`, field));
    }
  }
  return found;
};

/** Nobody keeps secrets of an app that proves itself otherwise. */
export const clientSecretProblems = (secret: string, method: AuthMethod): UserError[] => {
  if (!isSecretMethod(method))
    return [problem('INVALID', `With the method ${method} there is no secret.`, 'clientSecret')];
  if (/^[\x20-\x7e]{8,200}$/.test(secret)) return [];
  return [problem('INVALID', 'A client secret has 8 to 200 printable ASCII characters.', 'clientSecret')];
};
