/** The last resort: what no route has answered becomes one response that says little and one log line that says all. */
import type { ErrorRequestHandler, Request, Response } from 'express';
import { DomainError, type DomainErrorCode } from '../kernel/domain-error.ts';
import { noteFailure } from './logging.ts';
import { RequestError } from './request-error.ts';
import { requestId } from './request-id.ts';

/** An error as HTTP tells it. */
export interface HttpFailure {
  readonly status: number;
  /** For programs, and for the choice of a page's text. */
  readonly code: string;
  /** One plain sentence that may be shown to anybody. */
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

const statusOf: Readonly<Record<DomainErrorCode, number>> = {
  INVALID_INPUT: 422,
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  CONFLICT: 409,
  STEP_UP_REQUIRED: 403,
};

/** Express's own refusals, e.g. of a path that is not percent-encoded properly. */
export const isClientError = (error: unknown): boolean =>
  error instanceof Error &&
  'status' in error &&
  typeof error.status === 'number' &&
  error.status >= 400 &&
  error.status < 500;

/** What is told of an error; one that nobody foresaw is a plain 500, and its cause goes into the request's log line. */
export const httpFailure = (res: Response, error: unknown): HttpFailure => {
  if (error instanceof RequestError) return error;
  if (error instanceof DomainError) {
    const headers: Record<string, string> =
      error.retryAfter === undefined ? {} : { 'Retry-After': String(error.retryAfter) };
    return { status: statusOf[error.code], code: error.code.toLowerCase(), message: error.message, headers };
  }
  if (isClientError(error)) return RequestError.malformed('The request could not be read.');
  noteFailure(res, error);
  return { status: 500, code: 'server_error', message: 'Something went wrong here. Try again.', headers: {} };
};

/** Answers a program. */
const sendJsonFailure = (req: Request, res: Response, failure: HttpFailure): void => {
  res
    .status(failure.status)
    .set(failure.headers)
    .set('Cache-Control', 'no-store')
    .json({ error: failure.code, error_description: failure.message, request_id: requestId(req) });
};

/**
 * @param sendPage answers a person; used where the request asks for HTML by name, as browsers do
 */
export const errorHandler =
  (sendPage: (req: Request, res: Response, failure: HttpFailure) => void): ErrorRequestHandler =>
  (error: unknown, req, res, _next) => {
    const failure = httpFailure(res, error);
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (req.headers.accept?.includes('text/html')) sendPage(req, res, failure);
    else sendJsonFailure(req, res, failure);
  };
