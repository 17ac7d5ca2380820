/** The shapes of people in the API, and what is told of them on the way in. */
import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf, PageArgs } from '../graphql/connections.ts';
import type { PrincipalAccount } from '../graphql/context.ts';
import { Node } from '../graphql/node.ts';
import { InheritAccess, RequireScopes } from '../graphql/require-scopes.ts';
import { UserError } from '../graphql/user-errors.ts';
import type { Account, PostalAddress as PostalAddressData, Role } from './account.entity.ts';
import { PostalAddress } from './profile-types.graphql.ts';

const RoleEnum = { ADMINISTRATOR: 'administrator' } as const satisfies Record<string, Role>;
registerEnumType(RoleEnum, { name: 'Role' });

/** What the type `User` is made of: an account, or what the bearer check read of one. */
export type Person = Account | PrincipalAccount;

// Every way to another person's `User` needs `admin:users:read`, so the other scopes below never reach further than oneself.
const readsIdentifier = RequireScopes({
  openid: 'identifier',
  profile: 'identifier',
  email: 'identifier',
  read: 'identifier',
  'admin:users:read': 'accounts',
});
const readsUsername = RequireScopes({ profile: 'username', read: 'username', 'admin:users:read': 'accounts' });
export const readsName = RequireScopes({ profile: 'name', read: 'name', 'admin:users:read': 'accounts' });
export const readsEmail = RequireScopes({ email: 'email', read: 'email', 'admin:users:read': 'accounts' });
const readsLocale = RequireScopes({ profile: 'locale', 'admin:users:read': 'accounts' });
const readsPages = RequireScopes({ profile: 'pages', 'admin:users:read': 'accounts' });
const readsPersonal = RequireScopes({ profile: 'personal', 'admin:users:read': 'accounts' });
export const readsPhone = RequireScopes({ phone: 'phone', 'admin:users:read': 'accounts' });
const readsAddress = RequireScopes({ address: 'address', 'admin:users:read': 'accounts' });
export const readsAccounts = RequireScopes({ 'admin:users:read': 'accounts' });
export const changesProfile = RequireScopes({ 'profile:write': 'profile' });
export const changesAccounts = RequireScopes({ 'admin:users:write': 'accounts' });

@ObjectType({ implements: Node, simpleResolvers: true, description: 'A person with an account here.' })
export class User {
  @readsIdentifier
  @Field(() => ID, { description: 'Of oneself: the `sub` by which the app knows one.' })
  id!: string;

  @readsUsername
  @Field(() => String)
  username!: string;

  @readsEmail
  @Field(() => String, { nullable: true })
  email!: string | null;

  @readsName
  @Field(() => String, { nullable: true })
  givenName!: string | null;

  @readsName
  @Field(() => String, { nullable: true })
  middleName!: string | null;

  @readsName
  @Field(() => String, { nullable: true })
  familyName!: string | null;

  @readsName
  @Field(() => String, { nullable: true })
  nickname!: string | null;

  @readsName
  @Field(() => String, { nullable: true })
  displayName!: string | null;

  @readsPages
  @Field(() => String, { nullable: true, description: 'A page about the person elsewhere: the claim `profile`.' })
  profileUrl!: string | null;

  @readsPages
  @Field(() => String, { nullable: true, description: 'The claim `picture`.' })
  pictureUrl!: string | null;

  @readsPages
  @Field(() => String, { nullable: true, description: 'The person’s own page or blog.' })
  website!: string | null;

  @readsPersonal
  @Field(() => String, { nullable: true, description: 'In the person’s own words.' })
  gender!: string | null;

  @readsPersonal
  @Field(() => String, { nullable: true, description: '`YYYY-MM-DD`, `0000-MM-DD` without the year, or `YYYY` alone.' })
  birthdate!: string | null;

  @readsPhone
  @Field(() => String, { nullable: true, description: 'As E.164 has it, e.g. `+33123456789`.' })
  phoneNumber!: string | null;

  @readsAddress
  @Field(() => PostalAddress, { nullable: true })
  address!: PostalAddressData | null;

  @readsLocale
  @Field(() => String, { nullable: true, description: 'A language tag (BCP 47), e.g. `fr-CA`.' })
  locale!: string | null;

  @readsLocale
  @Field(() => String, { nullable: true, description: 'A time zone of the IANA data base, e.g. `Europe/Paris`.' })
  zoneinfo!: string | null;

  @RequireScopes({ profile: 'membership', 'admin:users:read': 'accounts' })
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @RequireScopes({ profile: 'roles', 'admin:users:read': 'accounts' })
  @Field(() => [RoleEnum])
  roles!: Role[];

  @readsAccounts
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Since when this person can do nothing here.' })
  lockedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'The part of a person that others may see.' })
export class UserSummary {
  @RequireScopes({
    openid: 'identifier',
    profile: 'identifier',
    email: 'identifier',
    read: 'identifier',
    'admin:users:read': 'accounts',
    'admin:apps:read': 'apps',
  })
  @Field(() => ID)
  id!: string;

  @RequireScopes({ profile: 'username', read: 'username', 'admin:users:read': 'accounts', 'admin:apps:read': 'apps' })
  @Field(() => String)
  username!: string;

  @RequireScopes({ profile: 'name', read: 'name', 'admin:users:read': 'accounts', 'admin:apps:read': 'apps' })
  @Field(() => String)
  name!: string;
}

export const UserConnection = connectionOf('User', () => User);

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'A part of the username, the e-mail address or the name.' })
  search?: string | null;
}

@InputType()
export class SendEmailConfirmationInput {
  @Field(() => String, { nullable: true })
  clientMutationId?: string | null;
}

@InputType()
export class CreateUserInput {
  @Field(() => String)
  username!: string;

  @Field(() => String)
  email!: string;

  @Field(() => String, { nullable: true })
  givenName?: string | null;

  @Field(() => String, { nullable: true })
  familyName?: string | null;

  @Field(() => String, { nullable: true, description: 'Left out, nobody can sign in to the account yet.' })
  password?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  emailVerified?: boolean | null;

  @Field(() => [RoleEnum], { nullable: true, defaultValue: [] })
  roles?: Role[] | null;
}

@InputType()
export class SetUserRolesInput {
  @Field(() => ID)
  id!: string;

  @Field(() => [RoleEnum])
  roles!: Role[];
}

@InputType()
export class LockUserInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class UnlockUserInput {
  @Field(() => ID)
  id!: string;
}

const ownPayload = (name: string) => {
  @InheritAccess()
  @ObjectType(name, { simpleResolvers: true })
  class Payload {
    @Field(() => User, { nullable: true })
    user!: Person | null;

    @Field(() => [UserError])
    userErrors!: UserError[];
  }
  return Payload;
};

const accountPayload = (name: string) => {
  @InheritAccess()
  @ObjectType(name, { simpleResolvers: true })
  class Payload {
    // Who may change others may not for that reason read them.
    @readsAccounts
    @Field(() => User, { nullable: true })
    user!: Person | null;

    @Field(() => [UserError])
    userErrors!: UserError[];
  }
  return Payload;
};

export const UpdateProfilePayload = ownPayload('UpdateProfilePayload');
export const SendEmailConfirmationPayload = ownPayload('SendEmailConfirmationPayload');
export const CreateUserPayload = accountPayload('CreateUserPayload');
export const SetUserRolesPayload = accountPayload('SetUserRolesPayload');
export const LockUserPayload = accountPayload('LockUserPayload');
export const UnlockUserPayload = accountPayload('UnlockUserPayload');
