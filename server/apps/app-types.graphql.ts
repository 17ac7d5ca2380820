/** The shapes of apps in the API, and what is told of them on the way in. */
import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, PageArgs } from '../graphql/connections.ts';
import { Node } from '../graphql/node.ts';
import { InheritAccess, RequireScopes } from '../graphql/require-scopes.ts';
import { UserError } from '../graphql/user-errors.ts';
import type { App, AppType, AuthMethod, GrantType } from './app.entity.ts';
import { longestRotation } from './app-registration.ts';

const AppTypeEnum = { WEB: 'web', SPA: 'spa', NATIVE: 'native', SERVICE: 'service' } as const satisfies Record<
  string,
  AppType
>;
registerEnumType(AppTypeEnum, { name: 'AppType' });

const AuthMethodEnum = {
  CLIENT_SECRET_BASIC: 'client_secret_basic',
  CLIENT_SECRET_POST: 'client_secret_post',
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
} as const satisfies Record<string, GrantType>;
registerEnumType(GrantTypeEnum, { name: 'GrantType', description: 'How an app comes to tokens.' });

export const readsApps = RequireScopes({ 'apps:read': 'ownApps', 'admin:apps:read': 'apps' });
export const changesApps = RequireScopes({ 'apps:write': 'ownApps', 'admin:apps:write': 'apps' });
const readsConnectedApps = RequireScopes({ 'connected-apps:read': 'connectedApps', 'admin:users:read': 'accounts' });

@ObjectType('App', {
  implements: Node,
  simpleResolvers: true,
  description: 'A program registered here: an OAuth client.',
})
export class AppNode {
  @readsApps
  @Field(() => ID)
  id!: string;

  @readsApps
  @Field(() => String)
  clientId!: string;

  @readsApps
  @Field(() => String)
  name!: string;

  @readsApps
  @Field(() => AppTypeEnum)
  type!: AppType;

  @readsApps
  @Field(() => AuthMethodEnum)
  authMethod!: AuthMethod;

  @readsApps
  @Field(() => [String])
  redirectUris!: string[];

  @readsApps
  @Field(() => [GrantTypeEnum])
  grantTypes!: GrantType[];

  @readsApps
  @Field(() => [String], { description: 'The scopes that it may ask for.' })
  scopes!: string[];

  @readsApps
  @Field(() => Boolean)
  requirePkce!: boolean;

  @readsApps
  @Field(() => Boolean, { description: 'Exempt from consent, because an administrator says so.' })
  trusted!: boolean;

  @readsApps
  @Field(() => String, { nullable: true })
  homepageUri!: string | null;

  @readsApps
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @readsApps
  @Field(() => GraphQLDateTime)
  updatedAt!: Date;
}

@ObjectType('AppSecret', {
  implements: Node,
  simpleResolvers: true,
  description: 'By what a confidential app proves itself; never the secret.',
})
export class AppSecretNode {
  @readsApps
  @Field(() => ID)
  id!: string;

  @readsApps
  @Field(() => String, { description: 'The last four characters; of a short secret, none.' })
  hint!: string;

  @readsApps
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @readsApps
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Set on an old secret while a new one takes over.' })
  expiresAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'The part of an app that everyone who uses it may see.' })
export class AppSummary {
  @readsConnectedApps
  @Field(() => ID)
  id!: string;

  @readsConnectedApps
  @Field(() => String)
  clientId!: string;

  @readsConnectedApps
  @Field(() => String)
  name!: string;

  @readsConnectedApps
  @Field(() => AppTypeEnum)
  type!: AppType;

  @readsConnectedApps
  @Field(() => String, { nullable: true })
  homepageUri!: string | null;
}

export const AppConnection = connectionOf('App', () => AppNode);

@ArgsType()
export class AppsArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Only the own ones, for administrators too.',
  })
  owned?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A part of the name, or the whole client id.' })
  search?: string | null;
}

@InputType({ description: 'What is left out is preset by the type.' })
export class RegisterAppInput {
  @Field(() => String)
  name!: string;

  @Field(() => AppTypeEnum)
  type!: AppType;

  @Field(() => [String], { nullable: true, defaultValue: [] })
  redirectUris?: string[] | null;

  @Field(() => String, { nullable: true })
  homepageUri?: string | null;

  @Field(() => AuthMethodEnum, { nullable: true })
  authMethod?: AuthMethod | null;

  @Field(() => [GrantTypeEnum], { nullable: true })
  grantTypes?: GrantType[] | null;

  @Field(() => [String], { nullable: true })
  scopes?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  requirePkce?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Administrators only.' })
  trusted?: boolean | null;
}

@InputType({ description: 'What is left out stays.' })
export class UpdateAppInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [String], { nullable: true })
  redirectUris?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  homepageUri?: string | null;

  @Field(() => AuthMethodEnum, { nullable: true, description: '`NONE` takes the secrets away.' })
  authMethod?: AuthMethod | null;

  @Field(() => [GrantTypeEnum], { nullable: true })
  grantTypes?: GrantType[] | null;

  @Field(() => [String], { nullable: true })
  scopes?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  requirePkce?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Administrators only.' })
  trusted?: boolean | null;
}

@InputType()
export class RotateAppSecretInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 0,
    description: `Seconds for which the old secret still works, 0 to ${longestRotation}.`,
  })
  keepOldFor?: number | null;
}

@InputType()
export class DeleteAppInput {
  @Field(() => ID)
  id!: string;
}

@InheritAccess()
@ObjectType({ simpleResolvers: true, description: 'The secret is shown this once; null for apps without one.' })
export class RegisterAppPayload {
  @Field(() => AppNode, { nullable: true })
  app!: App | null;

  @Field(() => String, { nullable: true })
  clientSecret!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InheritAccess()
@ObjectType({ simpleResolvers: true })
export class UpdateAppPayload {
  @Field(() => AppNode, { nullable: true })
  app!: App | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InheritAccess()
@ObjectType({ simpleResolvers: true, description: 'The secret is shown this once.' })
export class RotateAppSecretPayload {
  @Field(() => AppNode, { nullable: true })
  app!: App | null;

  @Field(() => String, { nullable: true })
  clientSecret!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InheritAccess()
@ObjectType({ simpleResolvers: true })
export class DeleteAppPayload {
  @Field(() => ID, { nullable: true })
  deletedAppId!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
