/** The log: one JSON line for each request, made of named facts alone, so that nothing secret can be in it. */
import type { Request, RequestHandler, Response } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';
import { paths } from '../urls.ts';
import { requestId } from './request-id.ts';

const credential = /lk_[a-z]{2}_[\w-]{6,}/g;
const otherSecrets = /\$argon2[\w$=,+/-]+|\b(Bearer|Basic|DPoP) [\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

/** Without the credentials that may have slipped into it. */
const scrub = (text: string): string => text.replace(credential, 'lk_…').replace(otherSecrets, '…');

/** What is said of an error: never its other properties, for a driver's hold the values of the statement. */
const describeError = (error: unknown, depth = 0): Record<string, unknown> => {
  if (!(error instanceof Error)) return { type: typeof error };
  const [message = ''] = error.message.split('\n');
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: scrub(message).slice(0, 500),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 20)
      .join('\n'),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
};

/**
 * @param options.level the least important level that is written
 * @param options.destination standard output unless given; readable lines where that is a terminal, else JSON
 */
export const createLog = async (options: { level: string; destination?: DestinationStream }): Promise<Logger> => {
  const settings = { level: options.level, base: null, serializers: { err: (error: unknown) => describeError(error) } };
  if (options.destination) return pino(settings, options.destination);
  if (process.stdout.isTTY) {
    const { default: pretty } = await import('pino-pretty');
    return pino(settings, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss' }));
  }
  const destination = pino.destination({ fd: 1, sync: false, minLength: 8192 });
  // What waits to be written is written at least once a second, and at the end of the process by pino itself.
  setInterval(() => destination.flush(), 1000).unref();
  return pino(settings, destination);
};

const failures = new WeakMap<Response, unknown>();

/** Puts the cause of a failure into the request's own line. */
export const noteFailure = (res: Response, error: unknown): void => {
  failures.set(res, error);
};

/** RFC 8628 §5.1: whoever knows the code that a person types can answer for them. Routes are found whatever their case. */
const userCode = new RegExp(`^(${paths.device})/.+`, 'i');

const pathOf = (req: Request): string => {
  const [path = ''] = req.originalUrl.split('?', 1);
  return scrub(path.replace(userCode, '$1/…')).slice(0, 200);
};

/** Files that are the same for everybody: each page has several. */
const isFile = (path: string): boolean =>
  path.startsWith(`${paths.assets}/`) || path.startsWith(`${paths.webClientFiles}/`);

/** Writes the line of each request when it is over. No child logger for each request: that would cost more than the line. */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const begun = performance.now();
    res.once('close', () => {
      const failure = failures.get(res);
      const line = {
        id: requestId(req),
        method: req.method,
        path: pathOf(req),
        status: res.statusCode,
        ms: Math.round((performance.now() - begun) * 10) / 10,
        ...(res.writableFinished ? {} : { aborted: true }),
        ...(failure === undefined ? {} : { err: failure }),
      };
      if (failure !== undefined) log.error(line, 'request failed');
      else if (res.statusCode < 400 && isFile(line.path)) log.debug(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
