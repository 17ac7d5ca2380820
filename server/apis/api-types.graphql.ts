/** The shapes of registered APIs in the API, and what is told of them on the way in. */
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../graphql/connections.ts';
import { Node } from '../graphql/node.ts';
import { InheritAccess, RequireScopes } from '../graphql/require-scopes.ts';
import { UserError } from '../graphql/user-errors.ts';
import type { AccessTokenAlgorithm } from './api.entity.ts';

/** Whoever looks after an app must see what it can ask for. */
export const readsApis = RequireScopes({ 'admin:apis:read': 'apis', 'apps:read': 'ownApps' });
export const changesApis = RequireScopes({ 'admin:apis:write': 'apis' });

/** What the server signs with. */
export const SigningAlgorithmEnum = {
  ES256: 'ES256',
  RS256: 'RS256',
  EDDSA: 'EdDSA',
} as const satisfies Record<string, AccessTokenAlgorithm>;
registerEnumType(SigningAlgorithmEnum, { name: 'SigningAlgorithm', description: 'By what the server signs.' });

@InheritAccess()
@ObjectType({ simpleResolvers: true, description: 'What an app can be allowed at an API.' })
class ApiScope {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'What people read when they are asked to allow it.' })
  description!: string;
}

@ObjectType('Api', {
  implements: Node,
  simpleResolvers: true,
  description: 'An API of the institution’s own: apps get signed access tokens for it (RFC 9068).',
})
export class ApiNode {
  @readsApis
  @Field(() => ID)
  id!: string;

  @readsApis
  @Field(() => String, { description: 'What apps name as `resource` and its tokens as `aud`.' })
  identifier!: string;

  @readsApis
  @Field(() => String)
  name!: string;

  @readsApis
  @Field(() => [ApiScope])
  scopes!: ApiScope[];

  @readsApis
  @Field(() => SigningAlgorithmEnum)
  accessTokenSigningAlg!: AccessTokenAlgorithm;

  @readsApis
  @Field(() => Int, { nullable: true, description: 'Seconds; null: the app’s or the operator’s.' })
  accessTokenLifetime!: number | null;

  @readsApis
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @readsApis
  @Field(() => GraphQLDateTime)
  updatedAt!: Date;
}

export const ApiConnection = connectionOf('Api', () => ApiNode);

@InputType()
class ApiScopeInput {
  @Field(() => String, { description: 'RFC 6749 §3.3; none of this server’s own.' })
  name!: string;

  @Field(() => String, { description: 'What people read when they are asked to allow it.' })
  description!: string;
}

@InputType()
export class RegisterApiInput {
  @Field(() => String, { description: 'An absolute URI without a fragment (RFC 8707 §2). It cannot be changed later.' })
  identifier!: string;

  @Field(() => String, { description: 'What people know it as.' })
  name!: string;

  @Field(() => [ApiScopeInput], { nullable: true })
  scopes?: ApiScopeInput[] | null;

  @Field(() => SigningAlgorithmEnum, { nullable: true, description: 'ES256 unless given.' })
  accessTokenSigningAlg?: AccessTokenAlgorithm | null;

  @Field(() => Int, { nullable: true, description: 'Seconds; null: the app’s or the operator’s.' })
  accessTokenLifetime?: number | null;
}

@InputType({ description: 'What is left out stays.' })
export class UpdateApiInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [ApiScopeInput], { nullable: true, description: 'All of them.' })
  scopes?: ApiScopeInput[] | null;

  @Field(() => SigningAlgorithmEnum, { nullable: true })
  accessTokenSigningAlg?: AccessTokenAlgorithm | null;

  @Field(() => Int, { nullable: true, description: 'Seconds; null: the app’s or the operator’s.' })
  accessTokenLifetime?: number | null;
}

@InputType()
export class DeleteApiInput {
  @Field(() => ID)
  id!: string;
}

const apiPayload = (name: string) => {
  @InheritAccess()
  @ObjectType(name, { simpleResolvers: true })
  class Payload {
    // Who may change it may not for that reason read it.
    @readsApis
    @Field(() => ApiNode, { nullable: true })
    api!: ApiNode | null;

    @Field(() => [UserError])
    userErrors!: UserError[];
  }
  return Payload;
};

export const RegisterApiPayload = apiPayload('RegisterApiPayload');
export const UpdateApiPayload = apiPayload('UpdateApiPayload');

@InheritAccess()
@ObjectType({ simpleResolvers: true })
export class DeleteApiPayload {
  @Field(() => ID, { nullable: true })
  deletedApiId!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
