/** Apps in the names of the standard (RFC 7591 §2), with what an operator says beside it: for files now, for registration later. */
import { z } from 'zod';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { parseScope } from '../kernel/scopes.ts';
import { type App, type AppType, authMethods, grantTypes } from './app.entity.ts';
import type { NewApp } from './app-registration.ts';

const schema = z.strictObject({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_name: z.string().optional(),
  client_uri: z.string().optional(),
  redirect_uris: z.array(z.string()).optional(),
  token_endpoint_auth_method: z.enum(authMethods).optional(),
  grant_types: z.array(z.enum(grantTypes)).optional(),
  response_types: z.array(z.enum(['code'])).optional(),
  scope: z.string().optional(),
  /** OpenID Connect Registration §2. */
  application_type: z.enum(['web', 'native']).optional(),
  require_pkce: z.boolean().optional(),
  trusted: z.boolean().optional(),
  /** A username or an e-mail address; null: nobody. */
  owner: z.string().nullable().optional(),
});

type Metadata = z.output<typeof schema>;

/** Known to the standards, but not to this server yet. */
const later = new Set(
  (
    'logo_uri contacts tos_uri policy_uri jwks_uri jwks software_id software_version software_statement ' +
    'post_logout_redirect_uris backchannel_logout_uri backchannel_logout_session_required frontchannel_logout_uri ' +
    'frontchannel_logout_session_required subject_type sector_identifier_uri id_token_signed_response_alg ' +
    'userinfo_signed_response_alg request_object_signing_alg token_endpoint_auth_signing_alg default_max_age ' +
    'require_auth_time default_acr_values initiate_login_uri request_uris dpop_bound_access_tokens ' +
    'require_pushed_authorization_requests require_signed_request_object'
  ).split(' '),
);

/**
 * @param metadata the members of RFC 7591 §2, and `require_pkce`, `trusted`, `owner`, `client_id`, `client_secret`
 * @returns the app, and the owner as the metadata names them
 * @throws DomainError INVALID_INPUT that names every member that is unknown, unsupported or of the wrong kind
 */
export const readAppMetadata = (metadata: unknown): { app: NewApp; owner: string | null | undefined } => {
  const result = schema.safeParse(metadata);
  if (!result.success)
    throw DomainError.invalidInput(result.error.issues.flatMap((issue) => problems(issue, metadata)));
  const read = result.data;
  const scopes = read.scope === undefined ? undefined : parseScope(read.scope);
  if (scopes === null)
    throw DomainError.invalidInput([problem(['scope'], 'scope holds characters that no scope has.')]);
  const app: NewApp = {
    name: read.client_name ?? read.client_id ?? '',
    type: typeOf(read),
    redirectUris: read.redirect_uris,
    homepageUri: read.client_uri,
    authMethod: read.token_endpoint_auth_method,
    grantTypes: read.grant_types,
    scopes,
    requirePkce: read.require_pkce,
    trusted: read.trusted,
    clientId: read.client_id,
    clientSecret: read.client_secret,
  };
  return { app, owner: read.owner };
};

/** The standard knows no types; they follow from what it does know. */
const typeOf = (read: Metadata): AppType => {
  if (read.grant_types?.length && read.grant_types.every((grant) => grant === 'client_credentials')) return 'service';
  const hasOwnScheme = read.redirect_uris?.some((uri) => !/^https?:/i.test(uri)) ?? false;
  if (read.application_type === 'native' || (read.application_type === undefined && hasOwnScheme)) return 'native';
  return read.token_endpoint_auth_method === 'none' ? 'spa' : 'web';
};

const problem = (path: readonly PropertyKey[], message: string): UserError => ({
  code: 'INVALID',
  message,
  path: path.map(String),
});

const problems = (issue: z.core.$ZodIssue, metadata: unknown): UserError[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      problem([key], later.has(key) ? `${key} is not supported yet.` : `There is no member ${JSON.stringify(key)}.`),
    );
  }
  const name = issue.path.map(String).join('.');
  if (name === '') return [problem([], 'The metadata must be a JSON object.')];
  if (issue.code === 'invalid_value') {
    const value = issue.path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown>)[key], metadata);
    const known = issue.values.map(String).join(', ');
    return [problem(issue.path, `${name}: ${JSON.stringify(value)} is not supported; use one of ${known}.`)];
  }
  return [problem(issue.path, `${name}: ${issue.message}.`)];
};

/**
 * An app as the standard tells of it (RFC 7591 §3.2.1).
 *
 * @param clientSecret where it was made just now
 */
export const toAppMetadata = (app: App, clientSecret: string | null): Record<string, unknown> => ({
  client_id: app.clientId,
  ...(clientSecret === null ? {} : { client_secret: clientSecret, client_secret_expires_at: 0 }),
  client_name: app.name,
  ...(app.homepageUri ? { client_uri: app.homepageUri } : {}),
  redirect_uris: app.redirectUris,
  token_endpoint_auth_method: app.authMethod,
  grant_types: app.grantTypes,
  response_types: app.grantTypes.includes('authorization_code') ? ['code'] : [],
  scope: app.scopes.join(' '),
  application_type: app.type === 'native' ? 'native' : 'web',
  require_pkce: app.requirePkce,
  trusted: app.trusted,
});
