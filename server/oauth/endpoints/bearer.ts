/**
 * Access tokens, taken from the `Authorization` header alone (RFC 6750 §2.1; OAuth 2.1 gave up the query): as bearer tokens, or with
 * a proof of possession where they are bound to a key (RFC 9449 §7).
 */
import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-http-bearer';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { AccessTokens, LiveAccessToken } from '../tokens/access-tokens.ts';
import type { DpopProofs } from '../tokens/dpop.ts';
import { pathOf } from './dpop-proof.ts';
import { type BearerRefusal, sendBearerError } from './oauth-responses.ts';

export interface TokenChecks {
  accessTokens: AccessTokens;
  proofs: DpopProofs;
}

const principals = new WeakMap<Request, LiveAccessToken>();

/** Whom the token of this request speaks for. */
export const principalOf = (req: Request): LiveAccessToken => {
  const principal = principals.get(req);
  if (principal === undefined) throw new Error('This route has no bearer check.');
  return principal;
};

/** RFC 6750 §2.1 and RFC 9110 §11.4: one scheme without regard to case, one token. */
const bearer = /^Bearer [A-Za-z0-9._~+/-]+=*$/i;
/** RFC 9449 §7.1 */
const dpop = /^DPoP ([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Lets a request with a live token through; answers every other with 401 and the challenges of RFC 6750 §3 and RFC 9449 §7.1.
 */
export const requireBearer = (checks: TokenChecks, refusal: BearerRefusal = {}): RequestHandler => {
  const strategy = new Strategy((token, done) => {
    findUnbound(checks.accessTokens, token).then(
      (found) => process.nextTick(done, null, found),
      (error: unknown) => process.nextTick(done, error),
    );
  });
  const authenticator = new passport.Passport();
  authenticator.use(strategy);
  return (req, res, next) => {
    const { authorization } = req.headers;
    if (authorization === undefined) return sendBearerError(res, null, refusal);
    const settle = (error: unknown, principal?: LiveAccessToken | false) => {
      if (error instanceof OAuthError) return sendBearerError(res, error, refusal);
      if (error) return next(error);
      if (!principal) return sendBearerError(res, OAuthError.invalidToken(), refusal);
      principals.set(req, principal);
      next();
    };
    const bound = dpop.exec(authorization)?.[1];
    if (bound !== undefined) {
      findBound(checks, bound, req, res).then(
        (found) => process.nextTick(settle, null, found),
        (error: unknown) => process.nextTick(settle, error),
      );
      return;
    }
    // The strategy would also look into body and query, and answers a malformed header without a challenge.
    if (!bearer.test(authorization)) return sendBearerError(res, OAuthError.invalidToken(), refusal);
    const authenticate = authenticator.authenticate('bearer', { session: false }, settle) as RequestHandler;
    authenticate(req, res, next);
  };
};

/** @throws OAuthError where the token is bound to a key: whoever found it may not use it (RFC 9449 §7.2) */
const findUnbound = async (accessTokens: AccessTokens, token: string): Promise<LiveAccessToken | false> => {
  const found = await accessTokens.find(token);
  if (found !== null && found.jkt !== null) {
    throw OAuthError.invalidToken('The access token is bound to a key: it needs the scheme DPoP, and a proof.');
  }
  return found ?? false;
};

/** @throws OAuthError */
const findBound = async (
  { accessTokens, proofs }: TokenChecks,
  token: string,
  req: Request,
  res: Response,
): Promise<LiveAccessToken | false> => {
  const nonce = proofs.nonce();
  if (nonce !== null) res.set('DPoP-Nonce', nonce);
  const presented = req.headers.dpop;
  if (typeof presented !== 'string') throw OAuthError.invalidDpopProof('The header DPoP is missing.', 401);
  const proof = await proofs.verify(presented, { method: req.method, path: pathOf(req), accessToken: token });
  const found = await accessTokens.findBound(token, proof);
  if (found?.fresh === false) throw OAuthError.invalidDpopProof('The DPoP proof was used before.', 401);
  return found?.token ?? false;
};
