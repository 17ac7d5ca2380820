/** Global object identification (Relay): any one thing by its id, where the token may read it. */
import { type GraphQLResolveInfo, isObjectType } from 'graphql';
import { Arg, Ctx, Field, ID, Info, InterfaceType, Query, Resolver } from 'type-graphql';
import { isId } from '../kernel/secrets.ts';
import type { GraphQLContext } from './context.ts';
import { accessOf, missingScopes, RequireToken } from './require-scopes.ts';

/** How the things of one GraphQL type are found. */
export interface NodeSource {
  readonly type: string;
  /** @returns null for what is missing or not this caller's to see */
  find(id: string, context: GraphQLContext): Promise<object | null>;
}

const typeOf = new WeakMap<object, string>();

@InterfaceType({ description: 'What has an id.', resolveType: (value: object) => typeOf.get(value) })
export abstract class Node {
  /** No scope here: `Query.node` answers only what the token may know the id of. */
  @RequireToken()
  @Field(() => ID)
  id!: string;
}

@Resolver()
export class NodeResolver {
  constructor(private readonly sources: readonly NodeSource[]) {}

  @RequireToken()
  @Query(() => Node, { nullable: true, description: 'Whatever has this id, where the token may read it.' })
  async node(
    @Arg('id', () => ID) id: string,
    @Ctx() context: GraphQLContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object | null> {
    // An app may know the person by something that is no id of ours.
    if (!isId(id) && id !== context.principal.subject) return null;
    for (const source of this.sources) {
      if (!mayKnow(source.type, context, info)) continue;
      const found = await source.find(id, context);
      if (found !== null) {
        typeOf.set(found, source.type);
        return found;
      }
    }
    return null;
  }
}

/** The interface's `id` asks for no scope, so the type's own declaration is asked here. */
const mayKnow = (typeName: string, { principal }: GraphQLContext, { schema }: GraphQLResolveInfo): boolean => {
  const type = schema.getType(typeName);
  const id = isObjectType(type) ? type.getFields().id : undefined;
  const access = id === undefined ? null : accessOf(id);
  return access !== null && missingScopes(access, principal.scopes).length === 0;
};
