/** Bearer tokens, taken from the `Authorization` header alone (RFC 6750 §2.1; OAuth 2.1 gave up the query). */
import type { Request, RequestHandler } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-http-bearer';
import type { Principal } from '../../graphql/context.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { AccessTokens } from '../tokens/access-tokens.ts';
import { type BearerRefusal, sendBearerError } from './oauth-responses.ts';

const principals = new WeakMap<Request, Principal>();

/** Whom the bearer token of this request speaks for. */
export const principalOf = (req: Request): Principal => {
  const principal = principals.get(req);
  if (principal === undefined) throw new Error('This route has no bearer check.');
  return principal;
};

/** RFC 6750 §2.1 and RFC 9110 §11.4: one scheme without regard to case, one token. */
const bearer = /^Bearer [A-Za-z0-9._~+/-]+=*$/i;

/**
 * Lets a request with a live token through; answers every other with 401 and the challenge of RFC 6750 §3.
 */
export const requireBearer = (accessTokens: AccessTokens, refusal: BearerRefusal = {}): RequestHandler => {
  const strategy = new Strategy((token, done) => {
    accessTokens.find(token).then(
      (found) => process.nextTick(done, null, found ?? false),
      (error: unknown) => process.nextTick(done, error),
    );
  });
  const authenticator = new passport.Passport();
  authenticator.use(strategy);
  return (req, res, next) => {
    const { authorization } = req.headers;
    if (authorization === undefined) return sendBearerError(res, null, refusal);
    // The strategy would also look into body and query, and answers a malformed header without a challenge.
    if (!bearer.test(authorization)) return sendBearerError(res, OAuthError.invalidToken(), refusal);
    const authenticate = authenticator.authenticate(
      'bearer',
      { session: false },
      (error: unknown, principal: Principal | false | undefined) => {
        if (error) return next(error);
        if (!principal) return sendBearerError(res, OAuthError.invalidToken(), refusal);
        principals.set(req, principal);
        next();
      },
    ) as RequestHandler;
    authenticate(req, res, next);
  };
};
