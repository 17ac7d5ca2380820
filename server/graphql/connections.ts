/** Relay connections over pages of the domain. A cursor names the list and the last item's id, so that it cannot be used elsewhere. */
import { ArgsType, type ClassType, Extensions, Field, Int, ObjectType } from 'type-graphql';
import type { Page, PageRequest } from '../kernel/page.ts';
import { isId } from '../kernel/secrets.ts';
import { badUserInput } from './error-mapping.ts';
import { InheritAccess } from './require-scopes.ts';

const defaultPageSize = 20;
const largestPage = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: defaultPageSize, nullable: true, description: `At most ${largestPage}.` })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'A cursor of the same list.' })
  after?: string | null;
}

@InheritAccess()
@ObjectType({ simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

interface Edge<T> {
  cursor: string;
  node: T;
}

export interface Connection<T> {
  edges: readonly Edge<T>[];
  nodes: readonly T[];
  pageInfo: PageInfo;
}

/**
 * The connection type of a list, e.g. `AppConnection` with its `AppEdge`. Its lists are as long as the page that was asked for, so they
 * cost nothing on top of it (`listSize`, see `graphql/operation-shape.ts`).
 */
export const connectionOf = (name: string, node: () => ClassType<object>) => {
  @InheritAccess()
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class EdgeType {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: object;
  }

  @InheritAccess()
  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class ConnectionType {
    @Extensions({ listSize: 1 })
    @Field(() => [EdgeType])
    edges!: EdgeType[];

    @Extensions({ listSize: 1 })
    @Field(() => [node()])
    nodes!: object[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return ConnectionType;
};

/**
 * @param list the list's name, as in its cursors
 * @throws GraphQLError BAD_USER_INPUT for a size out of range or a cursor that is not one of this list
 */
export const pageRequest = (list: string, args: PageArgs): PageRequest => {
  const first = args.first ?? defaultPageSize;
  if (first < 1 || first > largestPage) throw badUserInput(`\`first\` must be from 1 to ${largestPage}.`);
  return { first, after: args.after == null ? null : readCursor(list, args.after) };
};

export const toConnection = <T extends { readonly id: string }>(
  list: string,
  page: Page<T>,
  request: PageRequest,
): Connection<T> => {
  const edges = page.items.map((node) => ({ cursor: cursorOf(list, node.id), node }));
  return {
    edges,
    nodes: page.items,
    pageInfo: {
      hasNextPage: page.hasMore,
      hasPreviousPage: request.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

const cursorOf = (list: string, id: string): string => Buffer.from(`${list}:${id}`).toString('base64url');

const readCursor = (list: string, cursor: string): string => {
  const [, id] = Buffer.from(cursor, 'base64url').toString('latin1').split(':', 2);
  // Decoding is lenient; only what encodes back to the same text was made here.
  if (!isId(id) || cursorOf(list, id) !== cursor) throw badUserInput('`after` is not a cursor of this list.');
  return id;
};
