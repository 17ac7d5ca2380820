/** How errors look to callers of GraphQL: a stable code and a plain sentence; of the unforeseen only the request's id. */
import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError, type DomainErrorCode } from '../kernel/domain-error.ts';

const codeOf: Readonly<Record<DomainErrorCode, string>> = {
  INVALID_INPUT: 'BAD_USER_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  RATE_LIMITED: 'RATE_LIMITED',
  CONFLICT: 'CONFLICT',
  STEP_UP_REQUIRED: 'STEP_UP_REQUIRED',
};

/** An argument that no form made: a program's mistake. */
export const badUserInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT } });

/** The body that goes with a 401. */
export const unauthenticated = (message: string): object => ({
  errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }],
});

/** All that callers are told of an error that nobody foresaw. */
export const internalError = (requestId: unknown): GraphQLFormattedError => ({
  message: 'Something went wrong here. Try again.',
  extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, requestId },
});

/** Whether somebody wrote this error for callers: a domain, GraphQL itself, or whoever gave it a code. */
export const isForeseen = (error: GraphQLError): boolean => {
  if (unwrapResolverError(error) instanceof DomainError) return true;
  const { code } = error.extensions;
  return code !== undefined && code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR;
};

/** Apollo's `formatError`. */
export const formatError = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
  const { locations, path } = formatted;
  const place = { ...(locations === undefined ? {} : { locations }), ...(path === undefined ? {} : { path }) };
  const cause = unwrapResolverError(error);
  if (cause instanceof DomainError) return { message: cause.message, ...place, extensions: describe(cause) };
  if (formatted.extensions?.code === ApolloServerErrorCode.INTERNAL_SERVER_ERROR) {
    return { ...internalError(formatted.extensions.requestId), ...place };
  }
  return { ...formatted, message: withoutValues(formatted.message) };
};

/** Why a variable was refused, where that names nothing but the schema. */
const schemaReason =
  /(?:Field "[\w.]+" (?:of required type "[\w![\]]+" was not provided|is not defined by type "\w+")|Expected (?:non-nullable )?type "[\w![\]]+" [a-z ]+)\.(?: Did you mean [^?]*\?)?$/;

/**
 * graphql-js repeats what it refuses, whole inputs with the passwords in them. Whoever asked may well log or show an answer, so it
 * tells what is wrong and where, and not what was sent.
 */
const withoutValues = (message: string): string => {
  const variable = /^(Variable "\$\w+") got invalid value /.exec(message)?.[1];
  if (variable !== undefined) {
    const place = /.* at "([\w.[\]]+)"; /s.exec(message)?.[1];
    const reason = schemaReason.exec(message)?.[0];
    return `${variable} got an invalid value${place ? ` at "${place}"` : ''}${reason ? `; ${reason}` : '.'}`;
  }
  return message
    .replace(/(cannot represent [\w -]+): .*$/s, '$1.')
    .replace(/^(Expected value of type "[^"]+"), found .*$/s, '$1.')
    .replace(/^Value ".*" does not exist/s, 'The value does not exist')
    .replace(/(, found (?:String|BlockString)) .*$/s, '$1.');
};

/** The same, for where the names of the schema are nobody's business. */
export const formatErrorQuietly = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
  const told = formatError(formatted, error);
  return { ...told, message: told.message.replace(/ Did you mean [\s\S]*$/, '') };
};

const describe = (error: DomainError): Record<string, unknown> => ({
  code: codeOf[error.code],
  ...(error.userErrors.length === 0 ? {} : { userErrors: error.userErrors }),
  ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
});
