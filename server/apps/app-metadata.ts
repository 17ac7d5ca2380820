/** Apps in the names of the standards (RFC 7591 §2 and what extends it), with what an operator says beside it. */
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { parseScope } from '../kernel/scopes.ts';
import type { ApiAccessDraft } from './api-access.ts';
import {
  type App,
  type AppType,
  authMethods,
  clientSigningAlgorithms,
  grantTypes,
  signingAlgorithms,
} from './app.entity.ts';
import { type AppDetails, type AppSetting, deviceGrant, isNullable } from './app-draft.ts';

/** The settings that have a member of their own; `type` follows from several. */
type MemberSetting = Exclude<AppSetting, 'type'>;

interface Member<T> {
  readonly member: string;
  readonly value: z.ZodType<T>;
}

const text = z.string();
const texts = z.array(z.string());
const flag = z.boolean();
const seconds = z.int();
const member = <T>(name: string, value: z.ZodType<T>): Member<T> => ({ member: name, value });

/** RFC 6749 §3.3 */
const scope = text.transform((value, context) => {
  const names = parseScope(value);
  if (names === null) context.addIssue({ code: 'custom', message: 'It holds characters that no scope has.' });
  return names ?? [];
});

/** Every setting but the type, by its name in the standards; where they know none, by ours. */
const members: { readonly [K in MemberSetting]: Member<NonNullable<AppDetails[K]>> } = {
  name: member('client_name', text),
  redirectUris: member('redirect_uris', texts),
  authMethod: member('token_endpoint_auth_method', z.enum(authMethods)),
  grantTypes: member('grant_types', z.array(z.enum(grantTypes))),
  scopes: member('scope', scope),
  requirePkce: member('require_pkce', flag),
  trusted: member('trusted', flag),
  homepageUri: member('client_uri', text),
  logoUri: member('logo_uri', text),
  policyUri: member('policy_uri', text),
  tosUri: member('tos_uri', text),
  contacts: member('contacts', texts),
  softwareId: member('software_id', text),
  softwareVersion: member('software_version', text),
  initiateLoginUri: member('initiate_login_uri', text),
  postLogoutRedirectUris: member('post_logout_redirect_uris', texts),
  backchannelLogoutUri: member('backchannel_logout_uri', text),
  backchannelLogoutSessionRequired: member('backchannel_logout_session_required', flag),
  frontchannelLogoutUri: member('frontchannel_logout_uri', text),
  frontchannelLogoutSessionRequired: member('frontchannel_logout_session_required', flag),
  jwks: member(
    'jwks',
    z.custom<JSONWebKeySet>((value) => typeof value === 'object', 'It must be a JSON Web Key Set.'),
  ),
  jwksUri: member('jwks_uri', text),
  tokenEndpointAuthSigningAlg: member('token_endpoint_auth_signing_alg', z.enum(clientSigningAlgorithms)),
  requestObjectSigningAlg: member('request_object_signing_alg', z.enum(clientSigningAlgorithms)),
  requireSignedRequestObject: member('require_signed_request_object', flag),
  requirePushedAuthorizationRequests: member('require_pushed_authorization_requests', flag),
  dpopBoundAccessTokens: member('dpop_bound_access_tokens', flag),
  profile: member('profile', z.enum(['fapi2'])),
  idTokenSignedResponseAlg: member('id_token_signed_response_alg', z.enum(signingAlgorithms)),
  userinfoSignedResponseAlg: member('userinfo_signed_response_alg', z.enum(signingAlgorithms)),
  subjectType: member('subject_type', z.enum(['public', 'pairwise'])),
  sectorIdentifierUri: member('sector_identifier_uri', text),
  defaultMaxAge: member('default_max_age', seconds),
  accessTokenLifetime: member('access_token_lifetime', seconds),
  idTokenLifetime: member('id_token_lifetime', seconds),
  refreshTokenLifetime: member('refresh_token_lifetime', seconds),
  refreshFamilyLifetime: member('refresh_family_lifetime', seconds),
};

const eachMember = Object.entries(members) as [MemberSetting, Member<unknown>][];
/** What is said beside the settings. */
const beside = {
  clientId: member('client_id', text),
  clientSecret: member('client_secret', text),
  responseTypes: member('response_types', z.array(z.enum(['code']))),
  /** OpenID Connect Registration §2 */
  applicationType: member('application_type', z.enum(['web', 'native'])),
  /** A username or an e-mail address; an empty text: nobody. */
  owner: member('owner', text),
  apis: member('apis', z.array(z.strictObject({ identifier: text, scopes: texts }))),
} satisfies Record<string, Member<unknown>>;

const eachBeside = Object.entries(beside) as [keyof typeof beside, Member<unknown>][];

const memberNames: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...eachMember, ...eachBeside].map(([part, { member: name }]) => [part, name])),
  type: beside.applicationType.member,
};

/** The name in the standards of an app's part, as the rules call it. */
export const memberOf = (part: string): string => memberNames[part] ?? part;

/** Known to the standards and not offered: why, and whether an app that asks for it would be served worse than it believes. */
const notOffered: Readonly<Record<string, { why: string; matters: boolean }>> = Object.fromEntries([
  ...['id_token', 'userinfo']
    .flatMap((what) => [`${what}_encrypted_response_alg`, `${what}_encrypted_response_enc`])
    .concat('request_object_encryption_alg', 'request_object_encryption_enc')
    .map((name) => [name, { why: 'Nothing is encrypted beyond TLS here.', matters: true }]),
  ...[
    'authorization_signed_response_alg',
    'authorization_encrypted_response_alg',
    'introspection_signed_response_alg',
  ].map((name) => [name, { why: 'These responses are not signed here.', matters: true }]),
  [
    'tls_client_certificate_bound_access_tokens',
    { why: 'Tokens are bound by DPoP (dpop_bound_access_tokens), not by certificates.', matters: true },
  ],
  ['software_statement', { why: 'No third party’s statements are trusted here.', matters: false }],
  ['request_uris', { why: 'Requests by reference come from the pushed request endpoint alone.', matters: false }],
  ['default_acr_values', { why: 'An app says acr_values with each request.', matters: false }],
]);

/** Always so: every ID token says when the person signed in (OpenID Connect Registration §2). */
const alwaysSo = 'require_auth_time';

/** What somebody says of an app; what they leave out is not there. Null takes away what can be taken away. */
export interface AppMetadata {
  readonly settings: { readonly [K in MemberSetting]?: AppDetails[K] };
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly responseTypes?: readonly 'code'[];
  readonly applicationType?: 'web' | 'native';
  readonly owner?: string;
  readonly apis?: readonly ApiAccessDraft[];
}

const problem = (path: readonly PropertyKey[], message: string): UserError => ({
  code: 'INVALID',
  message,
  path: path.map(String),
});

/**
 * @param options.ignoreUnknown as RFC 7591 §2 asks of a server to which programs speak; else an unknown member is a problem too
 * @throws DomainError INVALID_INPUT with everything that is unknown, not offered or of the wrong kind, by the names of the rules
 */
export const readAppMetadata = (metadata: unknown, options: { ignoreUnknown: boolean }): AppMetadata => {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw DomainError.invalidInput([problem([], 'The metadata must be a JSON object.')]);
  }
  // RFC 7591 §2.2: `client_name#fr` is the name in another language; people are shown one.
  const said = new Map(Object.entries(metadata).filter(([name]) => !name.includes('#')));
  const problems: UserError[] = [];
  const read = (part: string, { member: name, value }: Member<unknown>): [string, unknown][] => {
    const given: unknown = said.get(name);
    said.delete(name);
    // RFC 7592 §2.2: null is as good as nothing.
    if (given === undefined) return [];
    if (given === null) return isNullable(part) ? [[part, null]] : [];
    const result = value.safeParse(given);
    if (result.success) return [[part, result.data]];
    problems.push(...result.error.issues.map((issue) => problem([part, ...issue.path], complaint(issue, given))));
    return [];
  };
  const settings = Object.fromEntries(eachMember.flatMap(([setting, each]) => read(setting, each)));
  const rest = Object.fromEntries(eachBeside.flatMap(([part, each]) => read(part, each)));
  said.delete(alwaysSo);
  for (const name of said.keys()) {
    const known = notOffered[name];
    if (options.ignoreUnknown && !known?.matters) continue;
    problems.push(problem([], known ? `${name}: ${known.why}` : `There is no member ${JSON.stringify(name)}.`));
  }
  if (problems.length > 0) throw DomainError.invalidInput(problems);
  return { ...rest, settings };
};

/** What the validator expects, for people. */
const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
};

const complaint = (issue: z.core.$ZodIssue, given: unknown): string => {
  if (issue.code === 'invalid_type') return `It must be ${kinds[issue.expected] ?? 'something else'}.`;
  if (issue.code === 'unrecognized_keys')
    return `There is no member ${JSON.stringify(issue.keys[0]).slice(0, 100)} in it.`;
  if (issue.code === 'too_big' || issue.code === 'too_small') return 'It is out of every range.';
  if (issue.code !== 'invalid_value') return issue.message;
  const value = issue.path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown>)[key], given);
  const shown = typeof value === 'string' ? JSON.stringify(value).slice(0, 100) : 'That';
  return `${shown} is not supported; use one of ${issue.values.map(String).join(', ')}.`;
};

/** The standards know no types; they follow from what they do know. */
export const typeOf = ({ settings, applicationType }: AppMetadata): AppType => {
  const { grantTypes: grants = [], redirectUris = [], authMethod } = settings;
  const forPeople = grants.filter((grant) => grant !== 'client_credentials' && !grant.endsWith(':token-exchange'));
  if (grants.length > 0 && forPeople.length === 0) return 'service';
  const hasOwnScheme = redirectUris.some((uri) => !/^https?:/i.test(uri));
  if (applicationType === 'native' || (applicationType === undefined && hasOwnScheme)) return 'native';
  if (authMethod !== 'none') return 'web';
  return grants.includes(deviceGrant) ? 'native' : 'spa';
};

/**
 * An app as the standards tell of it (RFC 7591 §3.2.1): what is not said of it is left out.
 *
 * @param clientSecret where it was made just now
 */
export const toAppMetadata = (app: App, clientSecret: string | null): Record<string, unknown> => ({
  client_id: app.clientId,
  ...(clientSecret === null ? {} : { client_secret: clientSecret, client_secret_expires_at: 0 }),
  ...Object.fromEntries(
    eachMember.flatMap(([setting, { member: name }]) => (app[setting] == null ? [] : [[name, app[setting]]])),
  ),
  scope: app.scopes.join(' '),
  response_types: app.grantTypes.includes('authorization_code') ? ['code'] : [],
  application_type: app.type === 'native' ? 'native' : 'web',
  require_auth_time: true,
});
