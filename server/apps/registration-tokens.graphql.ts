/** Initial access tokens in the API: administrators make them for programs that register apps (RFC 7591). */
import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Args, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { type Connection, connectionOf, PageArgs, pageRequest, toConnection } from '../graphql/connections.ts';
import type { GraphQLContext } from '../graphql/context.ts';
import { Node, type NodeSource } from '../graphql/node.ts';
import { InheritAccess, RequireScopes } from '../graphql/require-scopes.ts';
import { UserError, withUserErrors } from '../graphql/user-errors.ts';
import type { RegistrationToken } from './registration-token.entity.ts';
import { longestLife, mostUses, type RegistrationTokens } from './registration-tokens.ts';

const readsTokens = RequireScopes({ 'admin:apps:read': 'apps' });
const changesTokens = RequireScopes({ 'admin:apps:write': 'apps' });

@ObjectType('RegistrationToken', {
  implements: Node,
  simpleResolvers: true,
  description: 'Lets a program register apps; the token itself is shown once, when it is made.',
})
class RegistrationTokenNode {
  @readsTokens
  @Field(() => ID)
  id!: string;

  @readsTokens
  @Field(() => String)
  name!: string;

  @readsTokens
  @Field(() => Int, { description: 'How many apps may still be registered with it.' })
  usesLeft!: number;

  @readsTokens
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @readsTokens
  @Field(() => GraphQLDateTime)
  expiresAt!: Date;
}

const RegistrationTokenConnection = connectionOf('RegistrationToken', () => RegistrationTokenNode);

@InputType()
class CreateRegistrationTokenInput {
  @Field(() => String, { description: 'What administrators know it by.' })
  name!: string;

  @Field(() => Int, { defaultValue: 1, description: `How many apps may be registered with it, 1 to ${mostUses}.` })
  uses!: number;

  @Field(() => Int, { defaultValue: 86_400, description: `Seconds for which it works, 60 to ${longestLife}.` })
  expiresIn!: number;
}

@InputType()
class RevokeRegistrationTokenInput {
  @Field(() => ID)
  id!: string;
}

@InheritAccess()
@ObjectType({ simpleResolvers: true, description: 'The token is shown this once.' })
class CreateRegistrationTokenPayload {
  @Field(() => RegistrationTokenNode, { nullable: true })
  registrationToken!: RegistrationToken | null;

  @Field(() => String, { nullable: true })
  token!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InheritAccess()
@ObjectType({ simpleResolvers: true })
class RevokeRegistrationTokenPayload {
  @Field(() => ID, { nullable: true })
  revokedRegistrationTokenId!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Resolver(() => RegistrationTokenNode)
export class RegistrationTokenResolver {
  constructor(private readonly deps: { registrationTokens: RegistrationTokens }) {}

  get nodes(): readonly NodeSource[] {
    return [{ type: 'RegistrationToken', find: (id, context) => this.findVisible(id, context) }];
  }

  @readsTokens
  @Query(() => RegistrationTokenConnection, { description: 'Those that still work, the latest first.' })
  async registrationTokens(@Args(() => PageArgs) args: PageArgs): Promise<Connection<RegistrationToken>> {
    const request = pageRequest('registration-tokens', args);
    return toConnection('registration-tokens', await this.deps.registrationTokens.list(request), request);
  }

  @changesTokens
  @Mutation(() => CreateRegistrationTokenPayload)
  createRegistrationToken(
    @Arg('input', () => CreateRegistrationTokenInput) input: CreateRegistrationTokenInput,
    @Ctx() { principal }: GraphQLContext,
  ) {
    return withUserErrors(async () => {
      const made = await this.deps.registrationTokens.create(input, principal.account?.id ?? null);
      // Who may make one may not for that reason read it all.
      return principal.scopes.has('admin:apps:read') ? made : { ...made, registrationToken: null };
    });
  }

  @changesTokens
  @Mutation(() => RevokeRegistrationTokenPayload, { description: 'Apps that were registered with it stay.' })
  revokeRegistrationToken(@Arg('input', () => RevokeRegistrationTokenInput) { id }: RevokeRegistrationTokenInput) {
    return withUserErrors(async () => {
      await this.deps.registrationTokens.revoke(id);
      return { revokedRegistrationTokenId: id };
    });
  }

  private async findVisible(id: string, { principal }: GraphQLContext): Promise<RegistrationToken | null> {
    return principal.scopes.has('admin:apps:read') ? this.deps.registrationTokens.find(id) : null;
  }
}
