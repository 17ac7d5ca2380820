/** Every setting of an app, told once: from this list come the fields of `App` and of both inputs. */
import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, Int, registerEnumType } from 'type-graphql';
import { SigningAlgorithmEnum } from '../apis/api-types.graphql.ts';
import { RequireScopes } from '../graphql/require-scopes.ts';
import type {
  AppOrigin,
  AppProfile,
  AppType,
  AuthMethod,
  ClientSigningAlgorithm,
  GrantType,
  SubjectType,
} from './app.entity.ts';
import { type AppDetails, type AppSetting, isNullable } from './app-draft.ts';

export const AppTypeEnum = { WEB: 'web', SPA: 'spa', NATIVE: 'native', SERVICE: 'service' } as const satisfies Record<
  string,
  AppType
>;
registerEnumType(AppTypeEnum, {
  name: 'AppType',
  valuesConfig: {
    WEB: { description: 'Runs on a server of its own, which can keep a secret.' },
    SPA: { description: 'Runs in the browser alone.' },
    NATIVE: { description: 'Runs on a person’s device: a desktop, mobile or command-line program.' },
    SERVICE: { description: 'Acts for itself, without a person.' },
  },
});

const AuthMethodEnum = {
  CLIENT_SECRET_BASIC: 'client_secret_basic',
  CLIENT_SECRET_POST: 'client_secret_post',
  PRIVATE_KEY_JWT: 'private_key_jwt',
  NONE: 'none',
} as const satisfies Record<string, AuthMethod>;
registerEnumType(AuthMethodEnum, {
  name: 'AuthMethod',
  description: 'How an app proves itself at the token endpoint.',
});

const GrantTypeEnum = {
  AUTHORIZATION_CODE: 'authorization_code',
  REFRESH_TOKEN: 'refresh_token',
  CLIENT_CREDENTIALS: 'client_credentials',
  DEVICE_CODE: 'urn:ietf:params:oauth:grant-type:device_code',
  TOKEN_EXCHANGE: 'urn:ietf:params:oauth:grant-type:token-exchange',
} as const satisfies Record<string, GrantType>;
registerEnumType(GrantTypeEnum, { name: 'GrantType', description: 'How an app comes to tokens.' });

const ClientSigningAlgorithmEnum = {
  ES256: 'ES256',
  PS256: 'PS256',
  EDDSA: 'EdDSA',
  RS256: 'RS256',
} as const satisfies Record<string, ClientSigningAlgorithm>;
registerEnumType(ClientSigningAlgorithmEnum, { name: 'ClientSigningAlgorithm', description: 'By what an app signs.' });

const SubjectTypeEnum = { PUBLIC: 'public', PAIRWISE: 'pairwise' } as const satisfies Record<string, SubjectType>;
registerEnumType(SubjectTypeEnum, {
  name: 'SubjectType',
  valuesConfig: {
    PUBLIC: { description: 'Every app is told the same id of a person.' },
    PAIRWISE: { description: 'Each party is told an id of its own, so that two cannot compare their users.' },
  },
});

const AppProfileEnum = { FAPI2: 'fapi2' } as const satisfies Record<string, AppProfile>;
registerEnumType(AppProfileEnum, {
  name: 'AppProfile',
  valuesConfig: {
    FAPI2: {
      description:
        'FAPI 2.0 Security Profile: `private_key_jwt`, tokens bound by DPoP, pushed requests and PKCE, all required.',
    },
  },
});

export const AppOriginEnum = {
  REGISTERED: 'registered',
  DYNAMIC: 'dynamic',
  DOCUMENT: 'document',
} as const satisfies Record<string, AppOrigin>;
registerEnumType(AppOriginEnum, {
  name: 'AppOrigin',
  valuesConfig: {
    REGISTERED: { description: 'A person or the operator registered it.' },
    DYNAMIC: { description: 'It registered itself (RFC 7591).' },
    DOCUMENT: { description: 'Its client id is the address of a document that describes it.' },
  },
});

export const readsApps = RequireScopes({ 'apps:read': 'ownApps', 'admin:apps:read': 'apps' });

type FieldDecorator = (target: object, name: string) => void;

interface SettingField {
  readonly type: NonNullable<Parameters<typeof Field>[0]>;
  readonly description?: string;
}

type SettingFields = { readonly [K in Exclude<AppSetting, 'name' | 'type'>]: SettingField };

const seconds = (what: string): SettingField => ({
  type: () => Int,
  description: `Seconds ${what}; null: the operator’s.`,
});

const settingFields: SettingFields = {
  authMethod: {
    type: () => AuthMethodEnum,
    description: 'Changed to a method without a secret, it takes the secrets away.',
  },
  redirectUris: { type: () => [String], description: 'Where people return to after they signed in, exactly.' },
  grantTypes: { type: () => [GrantTypeEnum] },
  scopes: { type: () => [String], description: 'The scopes that it may ask for.' },
  requirePkce: { type: () => Boolean },
  trusted: {
    type: () => Boolean,
    description: 'Exempt from consent, because an administrator says so. Administrators only.',
  },
  homepageUri: { type: () => String, description: 'Its own page.' },
  logoUri: { type: () => String, description: 'Kept, never fetched nor shown to people.' },
  policyUri: { type: () => String, description: 'How it treats what it learns of people.' },
  tosUri: { type: () => String, description: 'Its terms of service.' },
  contacts: { type: () => [String], description: 'How those who look after it are reached; for administrators.' },
  softwareId: { type: () => String },
  softwareVersion: { type: () => String },
  initiateLoginUri: {
    type: () => String,
    description: 'Where a sign-in that begins elsewhere is begun (OpenID Connect Core §4).',
  },
  postLogoutRedirectUris: {
    type: () => [String],
    description: 'Where people return to after they signed out, exactly.',
  },
  backchannelLogoutUri: { type: () => String, description: 'Where the server tells it of sign-outs.' },
  backchannelLogoutSessionRequired: {
    type: () => Boolean,
    description: 'It must be told which session ended (`sid`).',
  },
  frontchannelLogoutUri: {
    type: () => String,
    description: 'The page of its own that people’s browsers load at a sign-out; on the origin of a redirect URI.',
  },
  frontchannelLogoutSessionRequired: {
    type: () => Boolean,
    description: 'That page must be told which session ended (`sid`).',
  },
  jwks: {
    type: () => GraphQLJSONObject,
    description: 'Its public keys, as a JSON Web Key Set (RFC 7517): `{"keys": [...]}`.',
  },
  jwksUri: { type: () => String, description: 'Where its public keys are; instead of `jwks`.' },
  tokenEndpointAuthSigningAlg: {
    type: () => ClientSigningAlgorithmEnum,
    description: 'The only algorithm of its assertions (`PRIVATE_KEY_JWT`); null: any.',
  },
  requestObjectSigningAlg: {
    type: () => ClientSigningAlgorithmEnum,
    description: 'The only algorithm of its signed requests (RFC 9101); null: any.',
  },
  requireSignedRequestObject: { type: () => Boolean, description: 'Requests that are not signed are refused.' },
  requirePushedAuthorizationRequests: { type: () => Boolean, description: 'Only pushed requests (RFC 9126).' },
  dpopBoundAccessTokens: { type: () => Boolean, description: 'Its tokens are bound to a key of its own (RFC 9449).' },
  profile: {
    type: () => AppProfileEnum,
    description: 'Stricter rules altogether; presets what it demands.',
  },
  idTokenSignedResponseAlg: { type: () => SigningAlgorithmEnum },
  userinfoSignedResponseAlg: {
    type: () => SigningAlgorithmEnum,
    description: 'Null: UserInfo is plain JSON.',
  },
  subjectType: { type: () => SubjectTypeEnum },
  sectorIdentifierUri: {
    type: () => String,
    description: 'A JSON array of redirect URIs: apps with the same one are told the same pairwise subjects.',
  },
  defaultMaxAge: {
    type: () => Int,
    description: 'Seconds after which people must sign in again; null: no limit.',
  },
  accessTokenLifetime: seconds('that an access token works'),
  idTokenLifetime: seconds('that an ID token holds'),
  refreshTokenLifetime: seconds('that a refresh token works while it is not used'),
  refreshFamilyLifetime: seconds('that refresh tokens work in all, however much they are used'),
};

const eachSetting = Object.entries(settingFields) as [keyof SettingFields, SettingField][];

/** What is said of an app on the way in; of what can never be null, null says as much as nothing. */
export type AppSettingsInput = { [K in keyof SettingFields]?: AppDetails[K] | null | undefined };

/** Adds every setting to `App`. */
export const ShowsAppSettings: ClassDecorator = ({ prototype }) => {
  for (const [name, { type, description = '' }] of eachSetting) {
    readsApps(prototype as object, name);
    (Field(type, { nullable: isNullable(name), description }) as FieldDecorator)(prototype as object, name);
  }
};

/** Adds every setting to an input, where none of them must be said. */
export const TakesAppSettings: ClassDecorator = ({ prototype }) => {
  for (const [name, { type, description = '' }] of eachSetting) {
    (Field(type, { nullable: true, description }) as FieldDecorator)(prototype as object, name);
  }
};

/** What an input says: null only where it takes something away. */
export const saidOf = (input: AppSettingsInput): { readonly [K in keyof SettingFields]?: AppDetails[K] } =>
  Object.fromEntries(
    eachSetting.flatMap(([name]) =>
      input[name] === undefined || (input[name] === null && !isNullable(name)) ? [] : [[name, input[name]]],
    ),
  );
