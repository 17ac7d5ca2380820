/** What can be said of an app, and what its type presets where nothing is said. */
import { defaultAppScopes, findScope } from '../kernel/scopes.ts';
import type { App, AppType, AuthMethod, GrantType } from './app.entity.ts';

/** Everything about an app but who it is, whose it is and where it came from. */
export type AppSetting = Exclude<
  {
    [K in keyof App]-?: K extends string ? K : never;
  }[keyof App],
  | 'id'
  | 'clientId'
  | 'origin'
  | 'registrationTokenHash'
  | 'documentExpiresAt'
  | 'owner'
  | 'createdAt'
  | 'updatedAt'
  | 'isConfidential'
  | 'hasSecret'
>;

/** Every setting of an app, said or preset. */
export type AppDetails = { -readonly [K in AppSetting]: Exclude<App[K], undefined> };

type NullableSetting = { [K in AppSetting]: null extends AppDetails[K] ? K : never }[AppSetting];

const nullableSettings = {
  homepageUri: true,
  logoUri: true,
  policyUri: true,
  tosUri: true,
  softwareId: true,
  softwareVersion: true,
  initiateLoginUri: true,
  backchannelLogoutUri: true,
  frontchannelLogoutUri: true,
  jwks: true,
  jwksUri: true,
  tokenEndpointAuthSigningAlg: true,
  requestObjectSigningAlg: true,
  profile: true,
  userinfoSignedResponseAlg: true,
  sectorIdentifierUri: true,
  defaultMaxAge: true,
  accessTokenLifetime: true,
  idTokenLifetime: true,
  refreshTokenLifetime: true,
  refreshFamilyLifetime: true,
} satisfies Record<NullableSetting, true>;

/** Whether null takes away what was said; of any other setting, null says as much as nothing. */
export const isNullable = (setting: string): boolean => setting in nullableSettings;

/** What a person or a program says of an app. What is left out is preset by the type and the profile. */
export type AppDraft = Pick<AppDetails, 'name' | 'type'> & {
  readonly [K in AppSetting]?: AppDetails[K] | undefined;
};

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code' satisfies GrantType;
export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange' satisfies GrantType;

const presets: Readonly<Record<AppType, { authMethod: AuthMethod; grantTypes: readonly GrantType[] }>> = {
  web: { authMethod: 'client_secret_basic', grantTypes: ['authorization_code', 'refresh_token'] },
  spa: { authMethod: 'none', grantTypes: ['authorization_code', 'refresh_token'] },
  native: { authMethod: 'none', grantTypes: ['authorization_code', 'refresh_token'] },
  service: { authMethod: 'client_secret_basic', grantTypes: ['client_credentials'] },
};

/** What a profile asks of an app of this type: fills in what is not said, and refuses what contradicts it. */
export const profileDemands = ({ type, profile }: Pick<AppDraft, 'type' | 'profile'>): Partial<AppDetails> => {
  if (profile == null) return {};
  // FAPI 2.0 Security Profile §5.3.2.1; what concerns the authorization endpoint concerns no service.
  const tokens = { authMethod: 'private_key_jwt', dpopBoundAccessTokens: true } as const;
  return type === 'service' ? tokens : { ...tokens, requirePkce: true, requirePushedAuthorizationRequests: true };
};

const orNull = (text: string | null | undefined): string | null => text?.trim() || null;
const distinct = <T>(values: Iterable<T>): T[] => [...new Set(values)];

/** Fills in what the profile demands and the type presets. */
export const completeDraft = (draft: AppDraft): AppDetails => {
  const demands = profileDemands(draft);
  const preset = { ...presets[draft.type], requirePkce: draft.type !== 'service', ...demands };
  const isOpen = (name: string) => draft.type !== 'service' || findScope(name)?.forApps === true;
  return {
    name: draft.name.trim(),
    type: draft.type,
    authMethod: draft.authMethod ?? preset.authMethod,
    redirectUris: [...(draft.redirectUris ?? [])],
    grantTypes: distinct(draft.grantTypes ?? preset.grantTypes),
    scopes: distinct(draft.scopes ?? defaultAppScopes.filter(isOpen)),
    requirePkce: draft.requirePkce ?? preset.requirePkce,
    trusted: draft.trusted ?? false,
    homepageUri: orNull(draft.homepageUri),
    logoUri: orNull(draft.logoUri),
    policyUri: orNull(draft.policyUri),
    tosUri: orNull(draft.tosUri),
    contacts: distinct((draft.contacts ?? []).map((contact) => contact.trim())),
    softwareId: orNull(draft.softwareId),
    softwareVersion: orNull(draft.softwareVersion),
    initiateLoginUri: orNull(draft.initiateLoginUri),
    postLogoutRedirectUris: [...(draft.postLogoutRedirectUris ?? [])],
    backchannelLogoutUri: orNull(draft.backchannelLogoutUri),
    backchannelLogoutSessionRequired: draft.backchannelLogoutSessionRequired ?? false,
    frontchannelLogoutUri: orNull(draft.frontchannelLogoutUri),
    frontchannelLogoutSessionRequired: draft.frontchannelLogoutSessionRequired ?? false,
    jwks: draft.jwks ?? null,
    jwksUri: orNull(draft.jwksUri),
    tokenEndpointAuthSigningAlg: draft.tokenEndpointAuthSigningAlg ?? null,
    requestObjectSigningAlg: draft.requestObjectSigningAlg ?? null,
    requireSignedRequestObject: draft.requireSignedRequestObject ?? false,
    requirePushedAuthorizationRequests:
      draft.requirePushedAuthorizationRequests ?? demands.requirePushedAuthorizationRequests ?? false,
    dpopBoundAccessTokens: draft.dpopBoundAccessTokens ?? demands.dpopBoundAccessTokens ?? false,
    profile: draft.profile ?? null,
    idTokenSignedResponseAlg: draft.idTokenSignedResponseAlg ?? 'ES256',
    userinfoSignedResponseAlg: draft.userinfoSignedResponseAlg ?? null,
    subjectType: draft.subjectType ?? 'public',
    sectorIdentifierUri: orNull(draft.sectorIdentifierUri),
    defaultMaxAge: draft.defaultMaxAge ?? null,
    accessTokenLifetime: draft.accessTokenLifetime ?? null,
    idTokenLifetime: draft.idTokenLifetime ?? null,
    refreshTokenLifetime: draft.refreshTokenLifetime ?? null,
    refreshFamilyLifetime: draft.refreshFamilyLifetime ?? null,
  };
};
