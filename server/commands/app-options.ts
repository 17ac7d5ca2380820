/** What the command line can say of an app: each option by the part of the app that it sets. */
import { type Command, InvalidArgumentError } from 'commander';
import { grantTypes } from '../apps/app.entity.ts';
import type { AppSetting } from '../apps/app-draft.ts';

export interface AppOption {
  readonly part: Exclude<AppSetting, 'type'> | 'apis';
  /** The long name, without its dashes. */
  readonly name: string;
  /** What follows the name; a switch (`--x`, `--no-x`) has nothing after it. */
  readonly value: '<text>' | '<uri>' | '<algorithm>' | '<seconds>' | '<file>' | null;
  /** It can be given several times. */
  readonly repeated?: true;
  readonly about: string;
}

const option = (part: AppOption['part'], name: string, value: AppOption['value'], about: string): AppOption => ({
  part,
  name,
  value,
  about,
});

const list = (part: AppOption['part'], name: string, value: AppOption['value'], about: string): AppOption => ({
  ...option(part, name, value, `${about}; repeat it for more`),
  repeated: true,
});

const toggle = (part: AppOption['part'], name: string, about: string): AppOption => option(part, name, null, about);

/** Long names of grants (`urn:…:device_code`) are told by their last part, written as the short names are. */
export const shortGrant = (type: string): string => type.slice(type.lastIndexOf(':') + 1).replaceAll('-', '_');

const shortGrants = grantTypes.map(shortGrant);

/** An empty value takes away what can be taken away. */
export const appOptions: readonly AppOption[] = [
  option('name', 'name', '<text>', 'what people know it as'),
  list('redirectUris', 'redirect-uri', '<uri>', 'where people return to after they signed in, exactly'),
  list('postLogoutRedirectUris', 'post-logout-redirect-uri', '<uri>', 'the same after they signed out'),
  option('authMethod', 'auth-method', '<text>', 'client_secret_basic, client_secret_post, private_key_jwt or none'),
  list('grantTypes', 'grant', '<text>', shortGrants.join(', ')),
  option('scopes', 'scope', '<text>', 'what it may ask for, separated by blanks'),
  list('apis', 'api', '<text>', 'the identifier of a registered API and the scopes there, separated by blanks'),
  toggle('trusted', 'trusted', 'people are not asked whether they allow it'),
  toggle('requirePkce', 'pkce', 'require PKCE: the default'),
  toggle('requirePushedAuthorizationRequests', 'require-par', 'require pushed authorization requests'),
  toggle('requireSignedRequestObject', 'require-signed-requests', 'require signed requests'),
  toggle('dpopBoundAccessTokens', 'dpop', 'require tokens that are bound to a key of the app'),
  option('profile', 'profile', '<text>', 'fapi2: all that the FAPI 2.0 Security Profile demands'),
  option('jwks', 'jwks', '<file>', 'its public keys, a JSON Web Key Set'),
  option('jwksUri', 'jwks-uri', '<uri>', 'where its public keys are'),
  option('tokenEndpointAuthSigningAlg', 'auth-signing-alg', '<algorithm>', 'the only one of its assertions'),
  option('requestObjectSigningAlg', 'request-signing-alg', '<algorithm>', 'the only one of its signed requests'),
  option('idTokenSignedResponseAlg', 'id-token-alg', '<algorithm>', 'ES256, RS256 or EdDSA'),
  option('userinfoSignedResponseAlg', 'userinfo-alg', '<algorithm>', 'sign UserInfo; else it is plain JSON'),
  option('subjectType', 'subject-type', '<text>', 'public or pairwise'),
  option('sectorIdentifierUri', 'sector-identifier-uri', '<uri>', 'a JSON array of redirect URIs'),
  option('defaultMaxAge', 'default-max-age', '<seconds>', 'after which people must sign in again'),
  option('accessTokenLifetime', 'access-token-lifetime', '<seconds>', 'else the operator’s'),
  option('idTokenLifetime', 'id-token-lifetime', '<seconds>', 'else the operator’s'),
  option('refreshTokenLifetime', 'refresh-token-lifetime', '<seconds>', 'while it is not used; else the operator’s'),
  option('refreshFamilyLifetime', 'refresh-family-lifetime', '<seconds>', 'however much it is used'),
  option('backchannelLogoutUri', 'backchannel-logout-uri', '<uri>', 'where it is told of sign-outs'),
  toggle('backchannelLogoutSessionRequired', 'backchannel-logout-session', 'tell it which session ended'),
  option('frontchannelLogoutUri', 'frontchannel-logout-uri', '<uri>', 'its page that is loaded at a sign-out'),
  toggle('frontchannelLogoutSessionRequired', 'frontchannel-logout-session', 'tell that page which session ended'),
  option('homepageUri', 'homepage', '<uri>', 'its own page'),
  option('logoUri', 'logo', '<uri>', 'its picture'),
  option('policyUri', 'policy', '<uri>', 'how it treats what it learns of people'),
  option('tosUri', 'terms', '<uri>', 'its terms of service'),
  list('contacts', 'contact', '<text>', 'how those who look after it are reached'),
  option('softwareId', 'software-id', '<text>', 'the program, the same for each copy of it'),
  option('softwareVersion', 'software-version', '<text>', 'its version'),
  option('initiateLoginUri', 'initiate-login-uri', '<uri>', 'where a sign-in that begins elsewhere is begun'),
];

/** What Commander calls the value of an option. */
export const attributeOf = ({ name }: AppOption): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const repeated = (value: string, before: readonly string[] = []): string[] => [...before, value];

const seconds = (value: string): number | null => {
  if (value === '') return null;
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number of seconds.');
  return Number(value);
};

const grant = (value: string, before: readonly string[] = []): string[] => {
  const known = grantTypes.find((type) => type === value || shortGrant(type) === value);
  if (known === undefined && value !== '') throw new InvalidArgumentError(`Use one of ${shortGrants.join(', ')}.`);
  return [...before, known ?? value];
};

/** Adds everything that can be said of an app. */
export const withAppOptions = (command: Command): Command => {
  for (const { part, name, value, about, repeated: often } of appOptions) {
    if (value === null) command.option(`--${name}`, about).option(`--no-${name}`, 'the opposite');
    else if (part === 'grantTypes') command.option(`--${name} ${value}`, about, grant);
    else if (often) command.option(`--${name} ${value}`, about, repeated);
    else if (value === '<seconds>') command.option(`--${name} ${value}`, about, seconds);
    else command.option(`--${name} ${value}`, about);
  }
  return command.option(
    '--metadata <file>',
    'all of it from a JSON file, in the names of RFC 7591; options override it',
  );
};
