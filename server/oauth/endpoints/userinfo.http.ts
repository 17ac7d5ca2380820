/** What a bearer token tells of its person: UserInfo (OpenID Connect Core §5.3), and the profile as django-oauth-toolkit's tutorial has it. */
import { type Request, type RequestHandler, Router } from 'express';
import { SignJWT } from 'jose';
import type { PrincipalAccount } from '../../graphql/context.ts';
import { readForm } from '../../http/form.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { type Clock, epochSeconds } from '../../kernel/clock.ts';
import { paths } from '../../urls.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { claimsFor } from '../tokens/claims.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';
import { principalOf, requireBearer, type TokenChecks } from './bearer.ts';
import { anyOrigin, noStore, oauthErrors } from './oauth-responses.ts';

export interface UserinfoAliases {
  userinfo: readonly string[];
  /** Where the tutorial's profile is, if anywhere. */
  profile: readonly string[];
}

export interface UserinfoDependencies extends TokenChecks {
  keys: SigningKeys;
  clock: Clock;
  issuer: string;
}

export const userinfoRoutes = (deps: UserinfoDependencies, aliases: UserinfoAliases): Router => {
  const router = Router();
  const bearer = requireBearer(deps);
  router
    .route([paths.userinfo, ...aliases.userinfo])
    .all(anyOrigin('GET', 'POST'), noStore)
    .get(bearer, userinfo(deps))
    .post(takeTokenFromForm, bearer, userinfo(deps))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  if (aliases.profile.length > 0) {
    router
      .route([...aliases.profile])
      .all(anyOrigin('GET'), noStore)
      .get(bearer, djangoProfile)
      .all(methodNotAllowed('GET', 'HEAD'));
  }
  router.use(oauthErrors);
  return router;
};

/**
 * The token may stand in the form instead of the header (RFC 6750 §2.2, OpenID Connect Core §5.3.1); never in the query, and never
 * in both. From here on it is as if it had come in the header.
 */
const takeTokenFromForm: RequestHandler = async (req, _res, next) => {
  const isForm = /^application\/x-www-form-urlencoded *(;|$)/i.test(req.headers['content-type'] ?? '');
  const token = isForm ? (await readForm(req)).get('access_token') : undefined;
  if (token !== undefined) {
    if (req.headers.authorization !== undefined) {
      throw OAuthError.invalidRequest('The access token was sent in two ways at once.');
    }
    req.headers.authorization = `Bearer ${token}`;
  }
  next();
};

/** @throws OAuthError where the token lacks the scope or speaks for no person */
const personWith = (req: Request, scope: string): PrincipalAccount => {
  const { account, scopes } = principalOf(req);
  if (account === null || !scopes.has(scope)) throw OAuthError.insufficientScope(scope);
  return account;
};

/** OpenID Connect Core §5.3.2: plain JSON, or signed for this app where it was registered so. */
const userinfo =
  ({ keys, clock, issuer }: UserinfoDependencies): RequestHandler =>
  async (req, res) => {
    const account = personWith(req, 'openid');
    const { subject, clientId, scopes, wishes, userinfoSignedResponseAlg } = principalOf(req);
    const claims = { sub: subject, ...claimsFor(account, scopes, wishes) };
    if (userinfoSignedResponseAlg === null) {
      res.json(claims);
      return;
    }
    const signer = await keys.signerFor(userinfoSignedResponseAlg);
    const jwt = await new SignJWT(claims)
      .setProtectedHeader({ alg: signer.algorithm, kid: signer.kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setIssuedAt(epochSeconds(clock.now()))
      .sign(signer.privateKey);
    // Not `send`, which would add a charset: the type has none (RFC 7519 §10.3.1).
    res.set('Content-Type', 'application/jwt').end(jwt);
  };

const djangoProfile: RequestHandler = (req, res) => {
  const account = personWith(req, 'read');
  res.json({
    id: principalOf(req).subject,
    username: account.username,
    email: account.email,
    first_name: account.givenName ?? '',
    last_name: account.familyName ?? '',
  });
};
