/** The kinds of apps: how each is shown, and what suits it. */
import { AppWindow, Cog, type LucideIcon, Monitor, Server } from 'lucide-react';
import type { AppType, AuthMethod, GrantType } from '../../graphql/generated/graphql.ts';

export const appTypes: readonly AppType[] = ['WEB', 'SPA', 'NATIVE', 'SERVICE'];

export const appTypeIcons: Readonly<Record<AppType, LucideIcon>> = {
  WEB: Server,
  SPA: AppWindow,
  NATIVE: Monitor,
  SERVICE: Cog,
};

export const signsPeopleIn = (type: AppType): boolean => type !== 'SERVICE';

/** What an app of this kind can prove itself by: whatever runs on a person's device keeps no secret. */
export const authMethodsOf: Readonly<Record<AppType, readonly AuthMethod[]>> = {
  WEB: ['CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST', 'PRIVATE_KEY_JWT'],
  SPA: ['NONE'],
  NATIVE: ['NONE'],
  SERVICE: ['CLIENT_SECRET_BASIC', 'CLIENT_SECRET_POST', 'PRIVATE_KEY_JWT'],
};

export const grantTypesOf: Readonly<Record<AppType, readonly GrantType[]>> = {
  WEB: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN', 'DEVICE_CODE', 'CLIENT_CREDENTIALS', 'TOKEN_EXCHANGE'],
  SPA: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
  NATIVE: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN', 'DEVICE_CODE'],
  SERVICE: ['CLIENT_CREDENTIALS', 'TOKEN_EXCHANGE'],
};

/** As the standards write it. */
export const standardNames: Readonly<Record<AuthMethod | GrantType, string>> = {
  CLIENT_SECRET_BASIC: 'client_secret_basic',
  CLIENT_SECRET_POST: 'client_secret_post',
  PRIVATE_KEY_JWT: 'private_key_jwt',
  NONE: 'none',
  AUTHORIZATION_CODE: 'authorization_code',
  REFRESH_TOKEN: 'refresh_token',
  CLIENT_CREDENTIALS: 'client_credentials',
  DEVICE_CODE: 'device_code',
  TOKEN_EXCHANGE: 'token-exchange',
};
