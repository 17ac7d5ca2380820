/** Administrators act as other people, in the API: see `tokens/impersonation.ts`. */
import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { changesAccounts } from '../../accounts/user-types.graphql.ts';
import { type GraphQLContext, personOf } from '../../graphql/context.ts';
import { InheritAccess } from '../../graphql/require-scopes.ts';
import { UserError, withUserErrors } from '../../graphql/user-errors.ts';
import { impersonationTokenType } from '../protocol/token-exchange.ts';
import type { Impersonations } from '../tokens/impersonation.ts';

@InputType()
class ImpersonateInput {
  @Field(() => ID, { description: 'Whom to act as: anybody but an administrator.' })
  userId!: string;

  @Field(() => String, { description: 'The app that will exchange the token, and act.' })
  clientId!: string;

  @Field(() => String, { description: 'What it is for; it stands in the audit log.' })
  reason!: string;
}

@InheritAccess()
@ObjectType({ simpleResolvers: true })
class ImpersonatePayload {
  @Field(() => String, { nullable: true, description: 'Works once: the app’s `subject_token` of a token exchange.' })
  token!: string | null;

  @Field(() => String, { nullable: true, description: 'Its `subject_token_type`.' })
  tokenType!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  expiresAt!: Date | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Resolver()
export class ImpersonationResolver {
  constructor(private readonly deps: { impersonations: Impersonations }) {}

  @changesAccounts
  @Mutation(() => ImpersonatePayload, {
    description: 'Lets an app act as this person for some minutes. Needs a sign-in of the last five minutes.',
  })
  impersonate(@Arg('input', () => ImpersonateInput) input: ImpersonateInput, @Ctx() context: GraphQLContext) {
    const { id: accountId } = personOf(context);
    const { authTime } = context.principal;
    return withUserErrors(async () => {
      const begun = await this.deps.impersonations.begin({ accountId, authTime }, input);
      return { ...begun, tokenType: impersonationTokenType };
    });
  }
}
