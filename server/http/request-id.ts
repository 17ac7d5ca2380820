/** Names a request, so that what a person was told and what was logged can be laid side by side. */
import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

const ids = new WeakMap<Request, string>();

/** The request's id: the same for as long as the request lives. */
export const requestId = (req: Request): string => {
  let id = ids.get(req);
  if (id === undefined) {
    id = randomBytes(9).toString('base64url');
    ids.set(req, id);
  }
  return id;
};

/** Tells the caller the id. */
export const tellRequestId = (): RequestHandler => (req, res, next) => {
  res.setHeader('X-Request-Id', requestId(req));
  next();
};
