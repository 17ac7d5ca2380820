/** People in the API: oneself, and all others for administrators. */
import { GraphQLDateTime } from 'graphql-scalars';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import { type Connection, connectionOf, PageArgs, pageRequest, toConnection } from '../graphql/connections.ts';
import { type GraphQLContext, type PrincipalAccount, personOf } from '../graphql/context.ts';
import { Node, type NodeSource } from '../graphql/node.ts';
import { InheritAccess, RequireScopes, RequireToken } from '../graphql/require-scopes.ts';
import { UserError, withUserErrors } from '../graphql/user-errors.ts';
import { type Account, personName, type Role } from './account.entity.ts';
import type { Accounts } from './accounts.ts';
import type { EmailVerification } from './email-verification.ts';
import type { Profiles } from './profile.ts';
import type { Registration } from './registration.ts';

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
const readsName = RequireScopes({ profile: 'name', read: 'name', 'admin:users:read': 'accounts' });
const readsEmail = RequireScopes({ email: 'email', read: 'email', 'admin:users:read': 'accounts' });
const readsLocale = RequireScopes({ profile: 'locale', 'admin:users:read': 'accounts' });
const readsAccounts = RequireScopes({ 'admin:users:read': 'accounts' });
const changesProfile = RequireScopes({ 'profile:write': 'profile' });
const changesAccounts = RequireScopes({ 'admin:users:write': 'accounts' });

@ObjectType({ implements: Node, simpleResolvers: true, description: 'A person with an account here.' })
export class User {
  @readsIdentifier
  @Field(() => ID, { description: 'Also the `sub` of OpenID Connect.' })
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
  familyName!: string | null;

  @readsName
  @Field(() => String, { nullable: true })
  displayName!: string | null;

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

const UserConnection = connectionOf('User', () => User);

@ArgsType()
class UsersArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'A part of the username, the e-mail address or the name.' })
  search?: string | null;
}

@InputType({ description: 'What is left out stays; null takes it away.' })
class UpdateProfileInput {
  @Field(() => String, { nullable: true })
  givenName?: string | null;

  @Field(() => String, { nullable: true })
  familyName?: string | null;

  @Field(() => String, { nullable: true })
  displayName?: string | null;

  @Field(() => String, { nullable: true })
  locale?: string | null;

  @Field(() => String, { nullable: true })
  zoneinfo?: string | null;
}

@InputType()
class SendEmailConfirmationInput {
  @Field(() => String, { nullable: true })
  clientMutationId?: string | null;
}

@InputType()
class CreateUserInput {
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
class SetUserRolesInput {
  @Field(() => ID)
  id!: string;

  @Field(() => [RoleEnum])
  roles!: Role[];
}

@InputType()
class LockUserInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
class UnlockUserInput {
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

const UpdateProfilePayload = ownPayload('UpdateProfilePayload');
const SendEmailConfirmationPayload = ownPayload('SendEmailConfirmationPayload');
const CreateUserPayload = accountPayload('CreateUserPayload');
const SetUserRolesPayload = accountPayload('SetUserRolesPayload');
const LockUserPayload = accountPayload('LockUserPayload');
const UnlockUserPayload = accountPayload('UnlockUserPayload');

interface UserResult {
  user: Person;
}

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly deps: {
      accounts: Accounts;
      profiles: Profiles;
      registration: Registration;
      emailVerification: EmailVerification;
    },
  ) {}

  /** The types that this resolver finds by id. */
  get nodes(): readonly NodeSource[] {
    return [{ type: 'User', find: (id, context) => this.findVisible(id, context) }];
  }

  @RequireToken()
  @Query(() => User, { description: 'Oneself.' })
  me(@Ctx() context: GraphQLContext): Person {
    return personOf(context);
  }

  @readsAccounts
  @Query(() => User, { nullable: true })
  user(@Arg('id', () => ID) id: string): Promise<Person | null> {
    return this.deps.accounts.find(id);
  }

  @readsAccounts
  @Query(() => UserConnection, { description: 'The latest first.' })
  async users(@Args(() => UsersArgs) args: UsersArgs): Promise<Connection<Person>> {
    const request = pageRequest('users', args);
    const filter = args.search ? { search: args.search } : {};
    return toConnection('users', await this.deps.accounts.list(filter, request), request);
  }

  @readsName
  @FieldResolver(() => String, { description: 'Display name, else given and family name, else username.' })
  name(@Root() person: Person): string {
    return personName(person);
  }

  @readsEmail
  @FieldResolver(() => Boolean, { nullable: true, description: 'Whether the address is known to be the person’s.' })
  emailVerified(@Root() person: Person): boolean {
    return person.emailVerifiedAt != null;
  }

  @changesProfile
  @Mutation(() => UpdateProfilePayload)
  updateProfile(@Arg('input', () => UpdateProfileInput) input: UpdateProfileInput, @Ctx() context: GraphQLContext) {
    const { id } = personOf(context);
    return withUserErrors<UserResult>(async () => ({ user: await this.deps.profiles.update(id, input) }));
  }

  @changesProfile
  @Mutation(() => SendEmailConfirmationPayload, {
    description: 'Sends the confirmation mail for the own address again.',
  })
  sendEmailConfirmation(
    @Arg('input', () => SendEmailConfirmationInput) _input: SendEmailConfirmationInput,
    @Ctx() context: GraphQLContext,
  ) {
    const { id } = personOf(context);
    return withUserErrors<UserResult>(async () => ({ user: await this.deps.emailVerification.sendAgain(id) }));
  }

  @changesAccounts
  @Mutation(() => CreateUserPayload)
  createUser(@Arg('input', () => CreateUserInput) input: CreateUserInput) {
    const { registration, emailVerification } = this.deps;
    const emailVerified = input.emailVerified ?? false;
    return withUserErrors<UserResult>(async () => ({
      user: await registration.register(
        { ...input, password: input.password ?? null, emailVerified, roles: input.roles ?? [] },
        {
          by: 'administrator',
          within: async (em, account) => {
            if (!emailVerified) await emailVerification.begin(em, account);
          },
        },
      ),
    }));
  }

  @changesAccounts
  @Mutation(() => SetUserRolesPayload)
  setUserRoles(@Arg('input', () => SetUserRolesInput) input: SetUserRolesInput) {
    return withUserErrors<UserResult>(async () => ({
      user: await this.deps.accounts.setRoles(input.id, input.roles),
    }));
  }

  @changesAccounts
  @Mutation(() => LockUserPayload, { description: 'Ends every session and token of this person at once.' })
  lockUser(@Arg('input', () => LockUserInput) input: LockUserInput) {
    return withUserErrors<UserResult>(async () => ({ user: await this.deps.accounts.lock(input.id) }));
  }

  @changesAccounts
  @Mutation(() => UnlockUserPayload)
  unlockUser(@Arg('input', () => UnlockUserInput) input: UnlockUserInput) {
    return withUserErrors<UserResult>(async () => ({ user: await this.deps.accounts.unlock(input.id) }));
  }

  private async findVisible(id: string, { principal }: GraphQLContext): Promise<Person | null> {
    if (principal.account?.id === id) return principal.account;
    return principal.scopes.has('admin:users:read') ? this.deps.accounts.find(id) : null;
  }
}
