import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import type { JSONWebKeySet } from 'jose';
import { Account } from '../accounts/account.entity.ts';
import { type AccessTokenAlgorithm, accessTokenAlgorithms } from '../apis/api.entity.ts';
import { newId } from '../kernel/secrets.ts';

export type AppType = 'web' | 'spa' | 'native' | 'service';

export const authMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
/** How the app proves itself at the token endpoint (RFC 7591 §2, `token_endpoint_auth_method`). */
export type AuthMethod = (typeof authMethods)[number];

export const isSecretMethod = (method: AuthMethod): boolean =>
  method === 'client_secret_basic' || method === 'client_secret_post';

export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
] as const;
/** RFC 7591 §2, `grant_types`. */
export type GrantType = (typeof grantTypes)[number];

/** What ID tokens, signed UserInfo and logout tokens are signed with: the same as access tokens for APIs. */
export const signingAlgorithms = accessTokenAlgorithms;
export type SigningAlgorithm = AccessTokenAlgorithm;

/** What an app may sign its own JWTs with: client assertions and request objects. */
export const clientSigningAlgorithms = ['ES256', 'PS256', 'EdDSA', 'RS256'] as const;
export type ClientSigningAlgorithm = (typeof clientSigningAlgorithms)[number];

/** OpenID Connect Core §8 */
export type SubjectType = 'public' | 'pairwise';

/** A set of rules stricter than the rest: the FAPI 2.0 Security Profile. */
export type AppProfile = 'fapi2';

/** Where the app came from: a person or operator, RFC 7591, or its own client id metadata document. */
export type AppOrigin = 'registered' | 'dynamic' | 'document';

const AppSchema = defineEntity({
  name: 'App',
  tableName: 'app',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    clientId: p.text().unique(),
    name: p.text(),
    type: p.text().$type<AppType>(),
    authMethod: p.text().$type<AuthMethod>(),
    redirectUris: p.array().columnType('text[]'),
    grantTypes: p.array<GrantType>().columnType('text[]'),
    /** The scopes this app may ask for. */
    scopes: p.array().columnType('text[]'),
    requirePkce: p.boolean().default(true),
    /** Exempt from consent, because an administrator says so. */
    trusted: p.boolean().default(false),
    /** Where the app's own page is: `client_uri`. */
    homepageUri: p.text().nullable(),
    logoUri: p.text().nullable(),
    policyUri: p.text().nullable(),
    tosUri: p.text().nullable(),
    contacts: p.array().columnType('text[]').default([]),
    softwareId: p.text().nullable(),
    softwareVersion: p.text().nullable(),
    /** OpenID Connect Core §4: where a sign-in that begins elsewhere can be begun at the app. */
    initiateLoginUri: p.text().nullable(),

    /** Where people may be sent after a sign-out (OpenID Connect RP-Initiated Logout §3.1). */
    postLogoutRedirectUris: p.array().columnType('text[]').default([]),
    backchannelLogoutUri: p.text().nullable(),
    backchannelLogoutSessionRequired: p.boolean().default(false),
    frontchannelLogoutUri: p.text().nullable(),
    frontchannelLogoutSessionRequired: p.boolean().default(false),

    /** The app's public keys, by value or by address; never both (RFC 7591 §2). */
    jwks: p.json<JSONWebKeySet>().nullable(),
    jwksUri: p.text().nullable(),
    /** What its assertions must be signed with; null: any of `clientSigningAlgorithms`. */
    tokenEndpointAuthSigningAlg: p.text().$type<ClientSigningAlgorithm>().nullable(),
    /** The same for its request objects (RFC 9101 §10.5). */
    requestObjectSigningAlg: p.text().$type<ClientSigningAlgorithm>().nullable(),
    requireSignedRequestObject: p.boolean().default(false),
    requirePushedAuthorizationRequests: p.boolean().default(false),
    /** RFC 9449 §5.2 */
    dpopBoundAccessTokens: p.boolean().default(false),
    profile: p.text().$type<AppProfile>().nullable(),

    idTokenSignedResponseAlg: p.text().$type<SigningAlgorithm>().default('ES256'),
    /** Null: UserInfo is plain JSON. */
    userinfoSignedResponseAlg: p.text().$type<SigningAlgorithm>().nullable(),
    subjectType: p.text().$type<SubjectType>().default('public'),
    sectorIdentifierUri: p.text().nullable(),
    /** Seconds (OpenID Connect Registration §2). */
    defaultMaxAge: p.integer().nullable(),

    /** Seconds; null: the operator's. */
    accessTokenLifetime: p.integer().nullable(),
    /** Seconds; null: the operator's. */
    idTokenLifetime: p.integer().nullable(),
    /** Seconds that a refresh token works while it is not used; null: the operator's. */
    refreshTokenLifetime: p.integer().nullable(),
    /** Seconds that a family of refresh tokens works however much it is used; null: the operator's. */
    refreshFamilyLifetime: p.integer().nullable(),

    origin: p.text().$type<AppOrigin>().default('registered'),
    /** SHA-256 of the registration access token (RFC 7592 §3). */
    registrationTokenHash: p.blob().nullable().hidden(),
    /** Until when its client id metadata document need not be fetched again. */
    documentExpiresAt: p.datetime().nullable(),
    /** Nobody, for apps that the operator registered. */
    owner: () => p.manyToOne(Account).ref().nullable().deleteRule('set null').index(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A program registered here: an OAuth client. */
export class App extends AppSchema.class {
  declare [OptionalProps]?: 'isConfidential' | 'hasSecret';

  /** A confidential client can keep a secret (RFC 6749 §2.1). */
  get isConfidential(): boolean {
    return this.authMethod !== 'none';
  }

  /** Whether it proves itself by a secret that it shares with the server. */
  get hasSecret(): boolean {
    return isSecretMethod(this.authMethod);
  }
}

AppSchema.setClass(App);
