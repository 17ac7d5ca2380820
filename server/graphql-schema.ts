/** The API's schema: every resolver in one list. */
import 'reflect-metadata';
import { type GraphQLSchema, specifiedDirectives } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { UserResolver } from './accounts/accounts.graphql.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { EmailVerification } from './accounts/email-verification.ts';
import type { Profiles } from './accounts/profile.ts';
import type { Registration } from './accounts/registration.ts';
import { ApiResolver } from './apis/apis.graphql.ts';
import type { Apis } from './apis/apis.ts';
import type { AppRegistration } from './apps/app-registration.ts';
import { AppResolver } from './apps/apps.graphql.ts';
import type { Apps } from './apps/apps.ts';
import { ConnectedAppResolver, UserConnectedAppsResolver } from './apps/connected-apps.graphql.ts';
import type { ConnectedApps } from './apps/connected-apps.ts';
import { RegistrationTokenResolver } from './apps/registration-tokens.graphql.ts';
import type { RegistrationTokens } from './apps/registration-tokens.ts';
import { NodeResolver } from './graphql/node.ts';
import { accessDirectives, assertAccessDeclared } from './graphql/require-scopes.ts';
import { ImpersonationResolver } from './oauth/endpoints/impersonation.graphql.ts';
import type { Impersonations } from './oauth/tokens/impersonation.ts';
import type { BrowserSessions } from './sessions/browser-sessions.ts';
import { SessionResolver, UserSessionsResolver } from './sessions/sessions.graphql.ts';

/** What the resolvers translate for. */
export interface GraphQLServices {
  readonly accounts: Accounts;
  readonly profiles: Profiles;
  readonly registration: Registration;
  readonly emailVerification: EmailVerification;
  readonly sessions: BrowserSessions;
  readonly apis: Apis;
  readonly apps: Apps;
  readonly appRegistration: AppRegistration;
  readonly registrationTokens: RegistrationTokens;
  readonly connectedApps: ConnectedApps;
  readonly impersonations: Impersonations;
}

/**
 * @param services null where the schema is only looked at, not run
 * @throws Error where a field does not say which scopes it needs
 */
export const createGraphQLSchema = (services: GraphQLServices | null): GraphQLSchema => {
  const instances =
    services === null ? new Map() : new Map(resolvers(services).map((each) => [each.constructor, each]));
  const schema = buildSchemaSync({
    resolvers: [
      UserResolver,
      UserSessionsResolver,
      UserConnectedAppsResolver,
      SessionResolver,
      ApiResolver,
      AppResolver,
      RegistrationTokenResolver,
      ConnectedAppResolver,
      ImpersonationResolver,
      NodeResolver,
    ],
    container: { get: (Class) => instances.get(Class) },
    directives: [...specifiedDirectives, ...accessDirectives],
    // The domains know their rules themselves.
    validate: false,
  });
  assertAccessDeclared(schema);
  return schema;
};

const resolvers = (services: GraphQLServices): object[] => {
  const { accounts, apis, apps, appRegistration, connectedApps, emailVerification, profiles, registration, sessions } =
    services;
  const initialTokens = new RegistrationTokenResolver(services);
  const users = new UserResolver({ accounts, profiles, registration, emailVerification });
  const browsers = new SessionResolver({ sessions });
  const resources = new ApiResolver({ apis });
  const registered = new AppResolver({ apps, accounts, registration: appRegistration });
  const connected = new ConnectedAppResolver({ connectedApps, apps, apis });
  return [
    users,
    browsers,
    resources,
    registered,
    initialTokens,
    connected,
    new ImpersonationResolver({ impersonations: services.impersonations }),
    new UserSessionsResolver({ sessions }),
    new UserConnectedAppsResolver({ connectedApps }),
    new NodeResolver([
      ...users.nodes,
      ...resources.nodes,
      ...registered.nodes,
      ...initialTokens.nodes,
      ...initialTokens.nodes,
      ...connected.nodes,
      ...browsers.nodes,
    ]),
  ];
};
