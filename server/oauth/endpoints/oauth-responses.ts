/** How the JSON endpoints of the authorization server answer, and how they refuse: the one mapper of errors to OAuth JSON. */
import cors from 'cors';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { isClientError } from '../../http/error-handler.ts';
import { noteFailure } from '../../http/logging.ts';
import { RequestError } from '../../http/request-error.ts';
import { requestId } from '../../http/request-id.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { dpopAlgorithms } from '../tokens/dpop.ts';

/** RFC 6749 §5.1: what holds tokens is stored by nobody. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/** Every origin may call, none with cookies: these endpoints take tokens and client authentication, never a session. */
export const anyOrigin = (...methods: string[]): RequestHandler =>
  cors({
    origin: '*',
    methods,
    allowedHeaders: ['Authorization', 'Content-Type', 'DPoP'],
    maxAge: 7200,
    exposedHeaders: ['WWW-Authenticate', 'DPoP-Nonce'],
  });

/** RFC 6749 §5.2 asks for a challenge of the scheme that the client used; Basic is the only one that it can use here. */
const sendClientError = (res: Response, error: OAuthError): void => {
  if (error.retryAfter !== undefined) res.set('Retry-After', String(error.retryAfter));
  if (error.code === 'invalid_client') res.set('WWW-Authenticate', 'Basic realm="latchkey", charset="UTF-8"');
  res.status(error.status).json({ error: error.code, error_description: error.message });
};

/** How a resource refuses a request for its token. */
export interface BearerRefusal {
  /** The URL that RFC 9728 §5.1 adds to the challenge. */
  readonly resourceMetadata?: string;
  /** The body, where the resource has its own way of telling errors. */
  readonly body?: (message: string) => object;
}

/** RFC 9449 §7.1 */
const schemes = {
  bearer: 'Bearer realm="latchkey"',
  dpop: `DPoP realm="latchkey", algs="${dpopAlgorithms.join(' ')}"`,
};

/**
 * A challenge for each scheme (RFC 6750 §3, RFC 9449 §7.1). The one that was used comes first and repeats the error, unless no token
 * was sent at all.
 */
export const sendBearerError = (res: Response, error: OAuthError | null, refusal: BearerRefusal = {}): void => {
  const { resourceMetadata, body } = refusal;
  const usedDpop = /^DPoP /i.test(res.req.headers.authorization ?? '');
  const [used, other] = usedDpop ? [schemes.dpop, schemes.bearer] : [schemes.bearer, schemes.dpop];
  const details = [
    ...(error === null ? [] : [`error="${error.code}"`, `error_description="${error.message}"`]),
    ...(resourceMetadata === undefined ? [] : [`resource_metadata="${resourceMetadata}"`]),
  ];
  res.set('WWW-Authenticate', [[used, ...details].join(', '), other]);
  const message = error?.message ?? 'An access token is needed.';
  res
    .status(error?.status ?? 401)
    .json(body?.(message) ?? { error: error?.code ?? 'invalid_token', error_description: message });
};

/** What is no error of the standards is told as `server_error`, and its cause goes into the request's log line. */
export const toOAuthError = (error: unknown, req: Request, res: Response): OAuthError => {
  if (error instanceof OAuthError) return error;
  noteFailure(res, error);
  return OAuthError.serverError(error, requestId(req));
};

/** Last on every router of JSON endpoints. */
export const oauthErrors: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) return next(error);
  if (error instanceof RequestError) {
    res.set(error.headers).status(error.status);
    res.json({ error: 'invalid_request', error_description: error.message });
    return;
  }
  if (!(error instanceof OAuthError) && isClientError(error)) return next(error);
  const oauthError = toOAuthError(error, req, res);
  if (oauthError.code === 'invalid_token' || oauthError.code === 'insufficient_scope') sendBearerError(res, oauthError);
  else sendClientError(res, oauthError);
};
