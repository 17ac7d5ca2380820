/** Names a request, so that what a person was told and what was logged can be laid side by side. */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

const ids = new WeakMap<Request, string>();

/** The request's id: the same for as long as the request lives. */
export const requestId = (req: Request): string => {
  let id = ids.get(req);
  if (id === undefined) {
    // Node keeps random bytes for these at hand; asking for them each time would cost ten times as much.
    id = randomUUID();
    ids.set(req, id);
  }
  return id;
};

/** Tells the caller the id. */
export const tellRequestId = (): RequestHandler => (req, res, next) => {
  res.setHeader('X-Request-Id', requestId(req));
  next();
};
