/** What a bearer token tells of its person: UserInfo (OpenID Connect Core §5.3), and the profile as django-oauth-toolkit's tutorial has it. */
import { type RequestHandler, Router } from 'express';
import type { PrincipalAccount } from '../../graphql/context.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { paths } from '../../urls.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { claimsFor } from '../tokens/claims.ts';
import { principalOf, requireBearer, type TokenChecks } from './bearer.ts';
import { anyOrigin, noStore, oauthErrors } from './oauth-responses.ts';

export interface UserinfoAliases {
  userinfo: readonly string[];
  /** Where the tutorial's profile is, if anywhere. */
  profile: readonly string[];
}

export const userinfoRoutes = (checks: TokenChecks, aliases: UserinfoAliases): Router => {
  const router = Router();
  const bearer = requireBearer(checks);
  router
    .route([paths.userinfo, ...aliases.userinfo])
    .all(anyOrigin('GET', 'POST'), noStore)
    .get(bearer, userinfo)
    .post(bearer, userinfo)
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

/** @throws OAuthError where the token lacks the scope or speaks for no person */
const personWith = (req: Parameters<RequestHandler>[0], scope: string): PrincipalAccount => {
  const { account, scopes } = principalOf(req);
  if (account === null || !scopes.has(scope)) throw OAuthError.insufficientScope(scope);
  return account;
};

const userinfo: RequestHandler = (req, res) => {
  const account = personWith(req, 'openid');
  res.json(claimsFor(account, principalOf(req).scopes));
};

const djangoProfile: RequestHandler = (req, res) => {
  const account = personWith(req, 'read');
  res.json({
    id: account.id,
    username: account.username,
    email: account.email,
    first_name: account.givenName ?? '',
    last_name: account.familyName ?? '',
  });
};
