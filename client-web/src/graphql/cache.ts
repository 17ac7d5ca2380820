/** How answers of the API are kept: one record for each thing, so that a change is seen wherever the thing is shown. */
import { type Cache, cacheExchange, type UpdateResolver } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

/** Parts of something else, without an identity of their own. */
const embedded = () => null;

/** Takes one thing out of every list of that name, at once and without asking the server for the list again. */
const removeFromLists = (cache: Cache, owner: string, list: string, typename: string, id: string): void => {
  const removed = cache.keyOfEntity({ __typename: typename, id });
  for (const { fieldName, fieldKey } of cache.inspectFields(owner)) {
    if (fieldName !== list) continue;
    const connection = cache.resolve(owner, fieldKey);
    if (typeof connection !== 'string') continue;
    const nodes = cache.resolve(connection, 'nodes');
    if (Array.isArray(nodes)) {
      cache.link(
        connection,
        'nodes',
        nodes.filter((node): node is string => typeof node === 'string' && node !== removed),
      );
    }
  }
};

const meKey = (cache: Cache): string | null => {
  const me = cache.resolve('Query', 'me');
  return typeof me === 'string' ? me : null;
};

/** `payload.field` holds the id of what is gone; null where the server refused. */
const removal =
  (field: string, list: string, typename: string, ownerOf: (cache: Cache) => string | null): UpdateResolver =>
  (result, _args, cache, info) => {
    const payload = result[info.fieldName];
    const id: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, field) : null;
    const owner = ownerOf(cache);
    if (typeof id === 'string' && owner !== null) removeFromLists(cache, owner, list, typename, id);
  };

/** Whatever was asked of it: its first page, and those of a search. */
const listAgain =
  (list: string): UpdateResolver =>
  (_result, _args, cache) => {
    for (const { fieldName, arguments: asked } of cache.inspectFields('Query')) {
      if (fieldName === list) cache.invalidate('Query', list, asked);
    }
  };

const idOfInput = (args: Record<string, unknown>): unknown =>
  typeof args.input === 'object' && args.input !== null ? Reflect.get(args.input, 'id') : null;

export const graphCache = () =>
  cacheExchange({
    keys: {
      PageInfo: embedded,
      PostalAddress: embedded,
      AppApi: embedded,
      ApiScope: embedded,
      UserConnection: embedded,
      ApiConnection: embedded,
      RegistrationTokenConnection: embedded,
      AppConnection: embedded,
      ConnectedAppConnection: embedded,
      SessionConnection: embedded,
      ScopeDescription: embedded,
      UserError: embedded,
      UpdateProfilePayload: embedded,
      SendEmailConfirmationPayload: embedded,
      RegisterAppPayload: embedded,
      UpdateAppPayload: embedded,
      RotateAppSecretPayload: embedded,
      DeleteAppPayload: embedded,
      RevokeConnectedAppPayload: embedded,
      EndSessionPayload: embedded,
      RegisterApiPayload: embedded,
      UpdateApiPayload: embedded,
      DeleteApiPayload: embedded,
      CreateRegistrationTokenPayload: embedded,
      RevokeRegistrationTokenPayload: embedded,
      CreateUserPayload: embedded,
      SetUserRolesPayload: embedded,
      LockUserPayload: embedded,
      UnlockUserPayload: embedded,
    },
    resolvers: {
      Query: {
        apps: relayPagination(),
        users: relayPagination(),
        apis: relayPagination(),
        registrationTokens: relayPagination(),
      },
      User: { connectedApps: relayPagination(), sessions: relayPagination() },
    },
    updates: {
      Mutation: {
        revokeConnectedApp: removal('revokedConnectedAppId', 'connectedApps', 'ConnectedApp', meKey),
        endSession: removal('endedSessionId', 'sessions', 'Session', meKey),
        deleteApp: removal('deletedAppId', 'apps', 'App', () => 'Query'),
        deleteApi: removal('deletedApiId', 'apis', 'Api', () => 'Query'),
        revokeRegistrationToken: removal(
          'revokedRegistrationTokenId',
          'registrationTokens',
          'RegistrationToken',
          () => 'Query',
        ),
        registerApp: listAgain('apps'),
        registerApi: listAgain('apis'),
        createRegistrationToken: listAgain('registrationTokens'),
        createUser: listAgain('users'),
      },
    },
    // Both take a permission away, so showing it early promises nothing that could be misused.
    optimistic: {
      revokeConnectedApp: (args) => ({
        __typename: 'RevokeConnectedAppPayload',
        revokedConnectedAppId: idOfInput(args),
        userErrors: [],
      }),
      endSession: (args) => ({ __typename: 'EndSessionPayload', endedSessionId: idOfInput(args), userErrors: [] }),
    },
  });
