/** What people have allowed apps, in the API. */
import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { accountIdOf } from '../accounts/known-person.ts';
import { type Person, User } from '../accounts/user-types.graphql.ts';
import type { Api } from '../apis/api.entity.ts';
import { readApiPermission } from '../apis/api-permission.ts';
import type { Apis } from '../apis/apis.ts';
import { type Connection, connectionOf, PageArgs, pageRequest, toConnection } from '../graphql/connections.ts';
import { consentLanguage, consentTexts, type Language } from '../graphql/consent-texts.ts';
import { type GraphQLContext, personOf } from '../graphql/context.ts';
import { describeScopes, type ScopeReach } from '../graphql/describe-scopes.ts';
import { Node, type NodeSource } from '../graphql/node.ts';
import { RequestLoader } from '../graphql/request-loader.ts';
import { InheritAccess, RequireScopes } from '../graphql/require-scopes.ts';
import { UserError, withUserErrors } from '../graphql/user-errors.ts';
import type { App } from './app.entity.ts';
import { AppSummary } from './app-types.graphql.ts';
import type { Apps } from './apps.ts';
import type { ConnectedApp } from './connected-app.entity.ts';
import type { ConnectedApps } from './connected-apps.ts';

const readsConnectedApps = RequireScopes({ 'connected-apps:read': 'connectedApps', 'admin:users:read': 'accounts' });

@InheritAccess()
@ObjectType({
  simpleResolvers: true,
  description: 'A scope and what it lets an app do, in the words of the consent page (`Accept-Language`: en or fr).',
})
class ScopeDescription {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'The registered API that it is about; null: this server’s own.' })
  api!: string | null;

  @Field(() => [String])
  reads!: string[];

  @Field(() => [String])
  changes!: string[];
}

@ObjectType('ConnectedApp', {
  implements: Node,
  simpleResolvers: true,
  description: 'One person’s permission to one app. Its tokens live only as long.',
})
class ConnectedAppNode {
  @readsConnectedApps
  @Field(() => ID)
  id!: string;

  @readsConnectedApps
  @Field(() => GraphQLDateTime)
  createdAt!: Date;

  @readsConnectedApps
  @Field(() => GraphQLDateTime, { description: 'When the person last signed in to it.' })
  lastUsedAt!: Date;
}

const ConnectedAppConnection = connectionOf('ConnectedApp', () => ConnectedAppNode);

@InputType()
class RevokeConnectedAppInput {
  @Field(() => ID)
  id!: string;
}

@InheritAccess()
@ObjectType({ simpleResolvers: true })
class RevokeConnectedAppPayload {
  @Field(() => ID, { nullable: true })
  revokedConnectedAppId!: string | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@Resolver(() => ConnectedAppNode)
export class ConnectedAppResolver {
  private readonly appOf: RequestLoader<App>;
  private readonly apiOf: RequestLoader<Api>;

  constructor(private readonly deps: { connectedApps: ConnectedApps; apps: Apps; apis: Apis }) {
    this.appOf = new RequestLoader((ids) => deps.apps.findMany(ids));
    this.apiOf = new RequestLoader(async (identifiers) => {
      const apis = await deps.apis.findByIdentifiers(identifiers);
      return new Map(apis.map((api) => [api.identifier, api]));
    });
  }

  get nodes(): readonly NodeSource[] {
    return [{ type: 'ConnectedApp', find: (id, context) => this.findOwn(id, context) }];
  }

  @readsConnectedApps
  @FieldResolver(() => AppSummary)
  app(@Root() connectedApp: ConnectedApp, @Ctx() context: GraphQLContext): Promise<App | null> {
    return this.appOf.load(context, connectedApp.app.id);
  }

  @readsConnectedApps
  @FieldResolver(() => [ScopeDescription], { description: 'Everything that this person has allowed so far.' })
  scopes(
    @Root() connectedApp: ConnectedApp,
    @Ctx() context: GraphQLContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<ScopeDescription[]> {
    const language = consentLanguage(context.acceptLanguage);
    const described = describeScopes(schema);
    return Promise.all(
      connectedApp.scopes.map(async (permission) => {
        const ofApi = readApiPermission(permission);
        if (ofApi === null) return describeOwn(permission, described.get(permission), language);
        const api = await this.apiOf.load(context, ofApi.identifier);
        const reads = api?.describe(ofApi.scope);
        return {
          name: ofApi.scope,
          api: api?.name ?? ofApi.identifier,
          reads: reads === undefined ? [] : [reads],
          changes: [],
        };
      }),
    );
  }

  @RequireScopes({ 'connected-apps:write': 'connectedApps' })
  @Mutation(() => RevokeConnectedAppPayload, { description: 'Ends the permission, and every token of it at once.' })
  revokeConnectedApp(
    @Arg('input', () => RevokeConnectedAppInput) { id }: RevokeConnectedAppInput,
    @Ctx() context: GraphQLContext,
  ) {
    const { id: accountId } = personOf(context);
    return withUserErrors(async () => {
      await this.deps.connectedApps.revoke(accountId, id);
      return { revokedConnectedAppId: id };
    });
  }

  private async findOwn(id: string, { principal }: GraphQLContext): Promise<ConnectedApp | null> {
    return principal.account === null ? null : this.deps.connectedApps.findOwn(principal.account.id, id);
  }
}

const describeOwn = (name: string, reach: ScopeReach | undefined, language: Language): ScopeDescription => ({
  name,
  api: null,
  reads: (reach?.reads ?? []).map((key) => consentTexts[key][language]),
  changes: (reach?.changes ?? []).map((key) => consentTexts[key][language]),
});

@Resolver(() => User)
export class UserConnectedAppsResolver {
  constructor(private readonly deps: { connectedApps: ConnectedApps }) {}

  @readsConnectedApps
  @FieldResolver(() => ConnectedAppConnection, {
    description: 'The apps that this person has connected, the latest first.',
  })
  async connectedApps(@Root() person: Person, @Args(() => PageArgs) args: PageArgs): Promise<Connection<ConnectedApp>> {
    const request = pageRequest('connected-apps', args);
    return toConnection('connected-apps', await this.deps.connectedApps.list(accountIdOf(person), request), request);
  }
}
