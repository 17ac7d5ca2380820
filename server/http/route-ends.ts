/** The end of a route: a method that it does not answer, and an address that nobody answers. */
import type { RequestHandler } from 'express';
import { RequestError } from './request-error.ts';

/**
 * Last on a route, e.g. `router.route(path).get(…).all(methodNotAllowed('GET, HEAD'))`.
 *
 * @throws RequestError 405 with `Allow`; OPTIONS is answered
 */
export const methodNotAllowed =
  (...methods: string[]): RequestHandler =>
  (req, res) => {
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (req.method !== 'OPTIONS') throw RequestError.methodNotAllowed(allow);
    res.set('Allow', allow).status(204).end();
  };

/** Last of all routes. */
export const notFound = (): RequestHandler => () => {
  throw RequestError.notFound();
};
