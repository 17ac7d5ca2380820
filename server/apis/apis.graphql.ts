/** The institution's own APIs in the API: administrators look after them. */
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { type Connection, PageArgs, pageRequest, toConnection } from '../graphql/connections.ts';
import type { GraphQLContext } from '../graphql/context.ts';
import type { NodeSource } from '../graphql/node.ts';
import { withUserErrors } from '../graphql/user-errors.ts';
import type { Api } from './api.entity.ts';
import {
  ApiConnection,
  ApiNode,
  changesApis,
  DeleteApiInput,
  DeleteApiPayload,
  RegisterApiInput,
  RegisterApiPayload,
  readsApis,
  UpdateApiInput,
  UpdateApiPayload,
} from './api-types.graphql.ts';
import type { Apis } from './apis.ts';

@Resolver(() => ApiNode)
export class ApiResolver {
  constructor(private readonly deps: { apis: Apis }) {}

  get nodes(): readonly NodeSource[] {
    return [{ type: 'Api', find: (id) => this.deps.apis.find(id) }];
  }

  @readsApis
  @Query(() => ApiNode, { nullable: true })
  api(@Arg('id', () => ID) id: string): Promise<Api | null> {
    return this.deps.apis.find(id);
  }

  @readsApis
  @Query(() => ApiConnection, { description: 'The latest first.' })
  async apis(@Args(() => PageArgs) args: PageArgs): Promise<Connection<Api>> {
    const request = pageRequest('apis', args);
    return toConnection('apis', await this.deps.apis.list(request), request);
  }

  @changesApis
  @Mutation(() => RegisterApiPayload)
  registerApi(@Arg('input', () => RegisterApiInput) input: RegisterApiInput, @Ctx() context: GraphQLContext) {
    return withUserErrors(async () => {
      const { scopes, accessTokenSigningAlg, ...said } = input;
      const api = await this.deps.apis.register({
        ...said,
        scopes: scopes ?? undefined,
        accessTokenSigningAlg: accessTokenSigningAlg ?? undefined,
      });
      return { api: this.showTo(context, api) };
    });
  }

  @changesApis
  @Mutation(() => UpdateApiPayload)
  updateApi(@Arg('input', () => UpdateApiInput) input: UpdateApiInput, @Ctx() context: GraphQLContext) {
    const { id, name, scopes, accessTokenSigningAlg, accessTokenLifetime } = input;
    return withUserErrors(async () => {
      const api = await this.deps.apis.update(id, {
        name: name ?? undefined,
        scopes: scopes ?? undefined,
        accessTokenSigningAlg: accessTokenSigningAlg ?? undefined,
        accessTokenLifetime,
      });
      return { api: this.showTo(context, api) };
    });
  }

  @changesApis
  @Mutation(() => DeleteApiPayload, {
    description: 'No app gets tokens for it any more; those that are out work there until they expire.',
  })
  deleteApi(@Arg('input', () => DeleteApiInput) { id }: DeleteApiInput) {
    return withUserErrors(async () => {
      await this.deps.apis.delete(id);
      return { deletedApiId: id };
    });
  }

  /** Who may change an API may not for that reason read all of it. */
  private showTo({ principal }: GraphQLContext, api: Api): Api | null {
    return principal.scopes.has('admin:apis:read') ? api : null;
  }
}
