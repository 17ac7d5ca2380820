/** Where people are signed in, in the API. */
import { GraphQLDateTime } from 'graphql-scalars';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { accountIdOf } from '../accounts/known-person.ts';
import { type Person, User } from '../accounts/user-types.graphql.ts';
import { type Connection, connectionOf, PageArgs, pageRequest, toConnection } from '../graphql/connections.ts';
import { type GraphQLContext, personOf } from '../graphql/context.ts';
import { Node, type NodeSource } from '../graphql/node.ts';
import { InheritAccess, RequireScopes } from '../graphql/require-scopes.ts';
import { UserError, withUserErrors } from '../graphql/user-errors.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { browserName } from './browser-name.ts';
import type { BrowserSession } from './browser-session.entity.ts';
import type { BrowserSessions } from './browser-sessions.ts';

const readsSessions = RequireScopes({ 'sessions:read': 'sessions', 'admin:users:read': 'accounts' });

@ObjectType({ implements: Node, simpleResolvers: true, description: 'A browser in which a person is signed in.' })
class Session {
  @readsSessions
  @Field(() => ID)
  id!: string;

  @readsSessions
  @Field(() => String, { nullable: true, description: 'The network address of the last use.' })
  address!: string | null;

  @readsSessions
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @readsSessions
  @Field(() => GraphQLDateTime, { description: 'When the person last proved who they are.' })
  authenticatedAt!: Date;

  @readsSessions
  @Field(() => GraphQLDateTime)
  lastUsedAt!: Date;

  @readsSessions
  @Field(() => GraphQLDateTime)
  expiresAt!: Date;
}

const SessionConnection = connectionOf('Session', () => Session);

@InputType()
class EndSessionInput {
  @Field(() => ID)
  id!: string;
}

@InheritAccess()
@ObjectType({ simpleResolvers: true })
class EndSessionPayload {
  @Field(() => ID, { nullable: true })
  endedSessionId!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Resolver(() => Session)
export class SessionResolver {
  constructor(private readonly deps: { sessions: BrowserSessions }) {}

  get nodes(): readonly NodeSource[] {
    return [{ type: 'Session', find: (id, context) => this.findOwn(id, context) }];
  }

  @readsSessions
  @FieldResolver(() => String, { nullable: true, description: 'E.g. “Firefox on Linux”.' })
  browser(@Root() session: BrowserSession): string | null {
    return browserName(session.userAgent);
  }

  @readsSessions
  @FieldResolver(() => Boolean, { description: 'The browser session in which this token was given.' })
  current(@Root() session: BrowserSession, @Ctx() { principal }: GraphQLContext): boolean {
    return session.id === principal.sessionId;
  }

  @RequireScopes({ 'sessions:write': 'sessions' })
  @Mutation(() => EndSessionPayload, {
    description: 'Signs the own browser out, and ends the tokens that live only as long as its session.',
  })
  endSession(@Arg('input', () => EndSessionInput) input: EndSessionInput, @Ctx() context: GraphQLContext) {
    const { id: accountId } = personOf(context);
    return withUserErrors<{ endedSessionId: string }>(async () => {
      if (!(await this.deps.sessions.end(accountId, input.id))) throw DomainError.notFound('session');
      return { endedSessionId: input.id };
    });
  }

  private async findOwn(id: string, { principal }: GraphQLContext): Promise<BrowserSession | null> {
    return principal.account === null ? null : this.deps.sessions.findOwn(principal.account.id, id);
  }
}

@Resolver(() => User)
export class UserSessionsResolver {
  constructor(private readonly deps: { sessions: BrowserSessions }) {}

  @readsSessions
  @FieldResolver(() => SessionConnection, { description: 'Where this person is signed in now, the latest first.' })
  async sessions(@Root() person: Person, @Args(() => PageArgs) args: PageArgs): Promise<Connection<BrowserSession>> {
    const request = pageRequest('sessions', args);
    return toConnection('sessions', await this.deps.sessions.list(accountIdOf(person), request), request);
  }
}
