/** People in the API: oneself, and all others for administrators. */
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, pageRequest, toConnection } from '../graphql/connections.ts';
import { type GraphQLContext, personOf } from '../graphql/context.ts';
import type { NodeSource } from '../graphql/node.ts';
import { RequireToken } from '../graphql/require-scopes.ts';
import { withUserErrors } from '../graphql/user-errors.ts';
import { personName } from './account.entity.ts';
import type { Accounts } from './accounts.ts';
import type { EmailVerification } from './email-verification.ts';
import { asKnownTo } from './known-person.ts';
import type { Profiles } from './profile.ts';
import { UpdateProfileInput } from './profile-types.graphql.ts';
import type { Registration } from './registration.ts';
import {
  CreateUserInput,
  CreateUserPayload,
  changesAccounts,
  changesProfile,
  LockUserInput,
  LockUserPayload,
  type Person,
  readsAccounts,
  readsEmail,
  readsName,
  readsPhone,
  SendEmailConfirmationInput,
  SendEmailConfirmationPayload,
  SetUserRolesInput,
  SetUserRolesPayload,
  UnlockUserInput,
  UnlockUserPayload,
  UpdateProfilePayload,
  User,
  UserConnection,
  UsersArgs,
} from './user-types.graphql.ts';

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
    return asKnownTo(context.principal, personOf(context));
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

  @readsPhone
  @FieldResolver(() => Boolean, { nullable: true, description: 'Whether the number is known to be the person’s.' })
  phoneNumberVerified(@Root() person: Person): boolean | null {
    return person.phoneNumber == null ? null : person.phoneNumberVerifiedAt != null;
  }

  @changesProfile
  @Mutation(() => UpdateProfilePayload)
  updateProfile(@Arg('input', () => UpdateProfileInput) input: UpdateProfileInput, @Ctx() context: GraphQLContext) {
    const { id } = personOf(context);
    return withUserErrors<UserResult>(async () => ({
      user: asKnownTo(context.principal, await this.deps.profiles.update(id, input)),
    }));
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
    return withUserErrors<UserResult>(async () => ({
      user: asKnownTo(context.principal, await this.deps.emailVerification.sendAgain(id)),
    }));
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
  @Mutation(() => LockUserPayload, {
    description: 'Ends every session and token of this person at once, and for good.',
  })
  lockUser(@Arg('input', () => LockUserInput) input: LockUserInput) {
    return withUserErrors<UserResult>(async () => ({ user: await this.deps.accounts.lock(input.id) }));
  }

  @changesAccounts
  @Mutation(() => UnlockUserPayload)
  unlockUser(@Arg('input', () => UnlockUserInput) input: UnlockUserInput) {
    return withUserErrors<UserResult>(async () => ({ user: await this.deps.accounts.unlock(input.id) }));
  }

  private async findVisible(id: string, { principal }: GraphQLContext): Promise<Person | null> {
    if (principal.account !== null && principal.subject === id) return asKnownTo(principal, principal.account);
    return principal.scopes.has('admin:users:read') ? this.deps.accounts.find(id) : null;
  }
}
