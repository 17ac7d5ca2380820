/** The shapes of apps in the API, and what is told of them on the way in. */
import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf, PageArgs } from '../graphql/connections.ts';
import { Node } from '../graphql/node.ts';
import { InheritAccess, RequireScopes } from '../graphql/require-scopes.ts';
import { UserError } from '../graphql/user-errors.ts';
import type { App, AppOrigin, AppType } from './app.entity.ts';
import { longestRotation } from './app-registration.ts';
import { AppOriginEnum, AppTypeEnum, readsApps, ShowsAppSettings, TakesAppSettings } from './app-settings.graphql.ts';

export const changesApps = RequireScopes({ 'apps:write': 'ownApps', 'admin:apps:write': 'apps' });
const readsConnectedApps = RequireScopes({ 'connected-apps:read': 'connectedApps', 'admin:users:read': 'accounts' });

@ShowsAppSettings
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
  @Field(() => AppOriginEnum)
  origin!: AppOrigin;

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

@ObjectType('AppApi', {
  simpleResolvers: true,
  description: 'What an app may ask for at one of the institution’s own APIs.',
})
export class AppApiNode {
  @readsApps
  @Field(() => String)
  identifier!: string;

  @readsApps
  @Field(() => String)
  name!: string;

  @readsApps
  @Field(() => [String])
  scopes!: string[];
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

@InputType({ description: 'The scopes that an app may ask for at one of the institution’s own APIs.' })
export class AppApiInput {
  @Field(() => String, { description: 'The API’s: what `resource` names.' })
  identifier!: string;

  @Field(() => [String])
  scopes!: string[];
}

const apisDescription =
  'All that it may ask for at registered APIs. Of an app that acts for itself (`CLIENT_CREDENTIALS`), administrators only.';

@TakesAppSettings
@InputType({ description: 'What is left out is preset by the type and the profile.' })
export class RegisterAppInput {
  @Field(() => String)
  name!: string;

  @Field(() => AppTypeEnum)
  type!: AppType;

  @Field(() => [AppApiInput], { nullable: true, description: apisDescription })
  apis?: AppApiInput[] | null;
}

@TakesAppSettings
@InputType({ description: 'What is left out stays; null takes away what can be null.' })
export class UpdateAppInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [AppApiInput], { nullable: true, description: apisDescription })
  apis?: AppApiInput[] | null;
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
