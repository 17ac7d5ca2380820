/** Registered apps in the API: one's own, and all of them for administrators. */
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Account } from '../accounts/account.entity.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { asKnownTo } from '../accounts/known-person.ts';
import { UserSummary } from '../accounts/user-types.graphql.ts';
import { type Connection, pageRequest, toConnection } from '../graphql/connections.ts';
import { type GraphQLContext, type Principal, personOf } from '../graphql/context.ts';
import type { NodeSource } from '../graphql/node.ts';
import { RequestLoader } from '../graphql/request-loader.ts';
import { withUserErrors } from '../graphql/user-errors.ts';
import type { AppApiAccess } from './api-access.ts';
import type { App } from './app.entity.ts';
import { type AppRegistration, isOwner, type Registrant } from './app-registration.ts';
import type { AppSecret } from './app-secret.entity.ts';
import { type AppSettingsInput, readsApps, saidOf } from './app-settings.graphql.ts';
import {
  AppApiNode,
  AppConnection,
  AppNode,
  AppSecretNode,
  AppsArgs,
  changesApps,
  DeleteAppInput,
  DeleteAppPayload,
  RegisterAppInput,
  RegisterAppPayload,
  RotateAppSecretInput,
  RotateAppSecretPayload,
  UpdateAppInput,
  UpdateAppPayload,
} from './app-types.graphql.ts';
import type { Apps } from './apps.ts';

@Resolver(() => AppNode)
export class AppResolver {
  private readonly ownerOf: RequestLoader<Account>;
  private readonly secretsOf: RequestLoader<readonly AppSecret[]>;
  private readonly apisOf: RequestLoader<readonly AppApiAccess[]>;

  constructor(private readonly deps: { apps: Apps; accounts: Accounts; registration: AppRegistration }) {
    this.ownerOf = new RequestLoader((ids) => deps.accounts.findMany(ids));
    this.secretsOf = new RequestLoader((ids) => deps.apps.liveSecrets(ids));
    this.apisOf = new RequestLoader((ids) => deps.apps.apiAccess(ids));
  }

  get nodes(): readonly NodeSource[] {
    return [
      { type: 'App', find: (id, context) => this.findVisible(id, context) },
      { type: 'AppSecret', find: (id, context) => this.findSecret(id, context) },
    ];
  }

  @readsApps
  @Query(() => AppNode, { nullable: true, description: 'One app: an own one; any one for administrators.' })
  app(@Arg('id', () => ID) id: string, @Ctx() context: GraphQLContext): Promise<App | null> {
    return this.findVisible(id, context);
  }

  @readsApps
  @Query(() => AppConnection, {
    description: 'The own apps; all of them with `admin:apps:read`, unless `owned`. The latest first.',
  })
  async apps(@Args(() => AppsArgs) args: AppsArgs, @Ctx() context: GraphQLContext): Promise<Connection<App>> {
    const request = pageRequest('apps', args);
    const all = context.principal.scopes.has('admin:apps:read') && !args.owned;
    const filter = {
      ...(all ? {} : { ownerId: personOf(context).id }),
      ...(args.search ? { search: args.search } : {}),
    };
    return toConnection('apps', await this.deps.apps.list(filter, request), request);
  }

  @readsApps
  @FieldResolver(() => UserSummary, {
    nullable: true,
    description: 'Who registered it; null for apps of the operator.',
  })
  async owner(@Root() app: App, @Ctx() context: GraphQLContext): Promise<Account | null> {
    const owner = app.owner ? await this.ownerOf.load(context, app.owner.id) : null;
    return owner && asKnownTo(context.principal, owner);
  }

  @readsApps
  @FieldResolver(() => [AppSecretNode], { description: 'Those that work now, the latest first.' })
  async secrets(@Root() app: App, @Ctx() context: GraphQLContext): Promise<readonly AppSecret[]> {
    return (await this.secretsOf.load(context, app.id)) ?? [];
  }

  @readsApps
  @FieldResolver(() => [AppApiNode], { description: 'What it may ask for at the institution’s own APIs.' })
  async apis(@Root() app: App, @Ctx() context: GraphQLContext): Promise<readonly AppApiAccess[]> {
    return (await this.apisOf.load(context, app.id)) ?? [];
  }

  @changesApps
  @Mutation(() => RegisterAppPayload)
  registerApp(
    @Arg('input', () => RegisterAppInput) input: RegisterAppInput & AppSettingsInput,
    @Ctx() context: GraphQLContext,
  ) {
    const { name, type, apis, ...settings } = input;
    const draft = { ...saidOf(settings), name, type, apis: apis ?? undefined };
    return withUserErrors(async () =>
      this.showTo(context, await this.deps.registration.register(draft, registrant(context))),
    );
  }

  @changesApps
  @Mutation(() => UpdateAppPayload)
  updateApp(
    @Arg('input', () => UpdateAppInput) { id, name, apis, ...settings }: UpdateAppInput & AppSettingsInput,
    @Ctx() context: GraphQLContext,
  ) {
    const changes = { ...saidOf(settings), name: name ?? undefined, apis: apis ?? undefined };
    return withUserErrors(async () =>
      this.showTo(context, { app: await this.deps.registration.update(id, changes, registrant(context)) }),
    );
  }

  @changesApps
  @Mutation(() => RotateAppSecretPayload)
  rotateAppSecret(
    @Arg('input', () => RotateAppSecretInput) { id, keepOldFor }: RotateAppSecretInput,
    @Ctx() context: GraphQLContext,
  ) {
    return withUserErrors(async () =>
      this.showTo(context, await this.deps.registration.rotateSecret(id, keepOldFor ?? 0, registrant(context))),
    );
  }

  @changesApps
  @Mutation(() => DeleteAppPayload, { description: 'Ends whatever people allowed the app, and its tokens, at once.' })
  deleteApp(@Arg('input', () => DeleteAppInput) { id }: DeleteAppInput, @Ctx() context: GraphQLContext) {
    return withUserErrors(async () => {
      await this.deps.registration.delete(id, registrant(context));
      return { deletedAppId: id };
    });
  }

  private async findVisible(id: string, { principal }: GraphQLContext): Promise<App | null> {
    const app = await this.deps.apps.find(id);
    return app !== null && maySee(principal, app) ? app : null;
  }

  private async findSecret(id: string, { principal }: GraphQLContext): Promise<AppSecret | null> {
    const secret = await this.deps.apps.findLiveSecret(id);
    return secret !== null && maySee(principal, secret.app.getEntity()) ? secret : null;
  }

  /** Who may change an app may not for that reason read all of it. */
  private showTo<T extends { app: App }>(
    { principal }: GraphQLContext,
    result: T,
  ): Omit<T, 'app'> & { app: App | null } {
    return { ...result, app: maySee(principal, result.app) ? result.app : null };
  }
}

const maySee = (principal: Principal, app: App): boolean =>
  principal.scopes.has('admin:apps:read') || isOwner(app, principal.account?.id ?? null);

/** @throws DomainError FORBIDDEN where an app without a person registers for itself */
const registrant = (context: GraphQLContext): Registrant => {
  const mayAdminister = context.principal.scopes.has('admin:apps:write');
  return { accountId: mayAdminister ? (context.principal.account?.id ?? null) : personOf(context).id, mayAdminister };
};
