/** `/graphql`: POST with a JSON body and a bearer token, from any origin, as GraphQL over HTTP has it. */
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import cors from 'cors';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { readJson } from '../http/json-body.ts';
import { noteFailure } from '../http/logging.ts';
import { RequestError } from '../http/request-error.ts';
import { requestId } from '../http/request-id.ts';
import { methodNotAllowed } from '../http/route-ends.ts';
import type { Principal } from './context.ts';
import { internalError } from './error-mapping.ts';
import type { GraphQLServer, RequestBody } from './server.ts';

export interface GraphQLRoutesOptions {
  readonly server: GraphQLServer;
  /** Lets requests with a live token through, and answers all others. */
  readonly authenticate: RequestHandler;
  /** Whom the token of an authenticated request speaks for. */
  readonly principalOf: (req: Request) => Principal;
  readonly settings: {
    /** Bytes. */
    readonly graphqlBodySize: number;
    /** Seconds. */
    readonly graphqlTimeout: number;
  };
}

/** To be mounted at `paths.graphql`. */
export const graphqlRoutes = (options: GraphQLRoutesOptions): Router => {
  const router = express.Router();
  router
    .route('/')
    .all(anyOrigin)
    .post(options.authenticate, (req, res) => answer(req, res, options))
    .all(methodNotAllowed('POST'));
  return router;
};

/** Tokens only, never cookies: so every origin may ask. */
const anyOrigin = cors({
  origin: '*',
  methods: ['POST'],
  allowedHeaders: ['Authorization', 'DPoP', 'Content-Type', 'Accept', 'Accept-Language'],
  exposedHeaders: ['WWW-Authenticate', 'DPoP-Nonce', 'X-Request-Id'],
  maxAge: 7200,
});

const answer = async (req: Request, res: Response, options: GraphQLRoutesOptions): Promise<void> => {
  let response: HTTPGraphQLResponse;
  try {
    const body = await readJson(req, options.settings.graphqlBodySize);
    if (!isObject(body)) throw RequestError.malformed('The body of the request must be a JSON object.');
    response = await withinTime(options.settings.graphqlTimeout, () =>
      options.server.execute(body, {
        principal: options.principalOf(req),
        requestId: requestId(req),
        acceptLanguage: req.headers['accept-language'],
        noteFailure: (error) => noteFailure(res, error),
      }),
    );
  } catch (error) {
    response = refusal(req, res, error);
  }
  send(req, res, response);
};

const isObject = (body: unknown): body is RequestBody => typeof body === 'object' && body !== null;

const withinTime = <T>(seconds: number, work: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new OperationTimeout(seconds)), seconds * 1000);
    work()
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });

class OperationTimeout extends GraphQLError {
  constructor(seconds: number) {
    super(`This operation took longer than ${seconds} seconds. What it changes may have been changed.`, {
      extensions: { code: 'TIMEOUT' },
    });
  }
}

/** What was refused before GraphQL saw it. */
const refusal = (req: Request, res: Response, error: unknown): HTTPGraphQLResponse => {
  if (error instanceof RequestError) {
    // The rest of a body that is not read would be taken for the next request.
    const headers = new HeaderMap([...Object.entries(error.headers), ['connection', 'close']]);
    return failed(error.status, { message: error.message, extensions: { code: codeOf(error) } }, headers);
  }
  if (error instanceof GraphQLError) return failed(error instanceof OperationTimeout ? 503 : 400, error.toJSON());
  noteFailure(res, error);
  return failed(500, internalError(requestId(req)));
};

const codeOf = ({ code }: RequestError): string => (code === 'malformed_request' ? 'BAD_REQUEST' : code.toUpperCase());

const failed = (status: number, error: GraphQLFormattedError, headers = new HeaderMap()): HTTPGraphQLResponse => ({
  status,
  headers,
  body: { kind: 'complete', string: JSON.stringify({ errors: [error] }) },
});

const responseType = 'application/graphql-response+json';

const send = (req: Request, res: Response, { status, headers, body }: HTTPGraphQLResponse): void => {
  if (body.kind !== 'complete') throw new Error('No operation here is answered in parts.');
  const wanted = req.headers.accept?.includes(responseType) ? responseType : 'application/json';
  for (const [name, value] of headers) res.setHeader(name, value);
  res.setHeader('Content-Type', `${wanted}; charset=utf-8`);
  res.setHeader('Content-Length', Buffer.byteLength(body.string));
  res.setHeader('Cache-Control', 'no-store');
  res.statusCode = status ?? 200;
  res.end(body.string);
};
