/** Apollo Server with what this product adds: limits before anything else, scopes before anything runs, errors that say little. */
import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import type { GraphQLContext } from './context.ts';
import { formatError, formatErrorQuietly, isForeseen } from './error-mapping.ts';
import { type OperationLimitSettings, OperationLimits } from './operation-limits.ts';
import { guardScopes } from './scope-guard.ts';

export interface GraphQLSettings extends OperationLimitSettings {
  /** Whether the schema may be read, and its names offered in messages. */
  readonly introspection: boolean;
}

/** The body of a request as JSON gave it: its members may be anything. */
export type RequestBody = Readonly<Record<string, unknown>>;

// What was negotiated and checked before Apollo is not told to it again.
const noHeaders = new HeaderMap();
/** More do not help anybody to mend a document. */
const maximumValidationErrors = 10;

export class GraphQLServer {
  private constructor(
    private readonly apollo: ApolloServer<GraphQLContext>,
    private readonly limits: OperationLimits,
  ) {}

  static async start(options: {
    schema: GraphQLSchema;
    settings: GraphQLSettings;
    log: Logger;
  }): Promise<GraphQLServer> {
    const { schema, settings, log } = options;
    const limits = new OperationLimits(schema, settings);
    const apollo = new ApolloServer<GraphQLContext>({
      schema,
      introspection: settings.introspection,
      includeStacktraceInErrorResponses: false,
      // A bearer token travels in a header that no foreign page can set without being asked first.
      csrfPrevention: false,
      allowBatchedHttpRequests: false,
      persistedQueries: false,
      stopOnTerminationSignals: false,
      nodeEnv: 'production',
      logger: log,
      parseOptions: { maxTokens: settings.graphqlTokens },
      validationOptions: { maxErrors: maximumValidationErrors },
      stringifyResult: JSON.stringify,
      formatError: settings.introspection ? formatError : formatErrorQuietly,
      plugins: [
        guard(limits),
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
      ],
    });
    await apollo.start();
    return new GraphQLServer(apollo, limits);
  }

  /** @throws GraphQLError where the operation exceeds a limit */
  async execute(body: RequestBody, context: GraphQLContext): Promise<HTTPGraphQLResponse> {
    const { query, operationName, variables } = body;
    if (typeof query === 'string') {
      this.limits.check(
        query,
        typeof operationName === 'string' ? operationName : null,
        typeof variables === 'object' && variables !== null ? (variables as RequestBody) : {},
      );
    }
    return this.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers: noHeaders, search: '', body },
      context: async () => context,
    });
  }

  stop(): Promise<void> {
    return this.apollo.stop();
  }
}

/** Checks scopes once the operation is known to be valid; names and notes what nobody foresaw. */
const guard = (limits: OperationLimits): ApolloServerPlugin<GraphQLContext> => {
  const listener = {
    async didResolveOperation({ source, request, operation, schema, contextValue }: Resolved): Promise<void> {
      const shape = limits.find(source, request.operationName ?? null);
      if (operation === undefined || shape === undefined)
        throw badRequest('The request must name one of its operations.');
      if (!schema.getRootType(operation.operation)) throw badRequest(`There is no ${operation.operation} here.`);
      guardScopes(shape, contextValue.principal);
    },
    async didEncounterErrors({ errors, contextValue }: Failed): Promise<void> {
      for (const error of errors) {
        if (isForeseen(error)) continue;
        contextValue.noteFailure(unwrapResolverError(error));
        error.extensions.requestId = contextValue.requestId;
      }
    },
  };
  return { requestDidStart: async () => listener };
};

const badRequest = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: ApolloServerErrorCode.BAD_REQUEST, http: { status: 400 } } });

interface Resolved {
  readonly source: string;
  readonly request: { readonly operationName?: string };
  readonly operation?: OperationDefinitionNode;
  readonly schema: GraphQLSchema;
  readonly contextValue: GraphQLContext;
}

interface Failed {
  readonly errors: readonly GraphQLError[];
  readonly contextValue: GraphQLContext;
}
