/** The token endpoint and its neighbours, for apps: the phases that every grant shares stand here, in order. */
import { type RequestHandler, Router } from 'express';
import { type GrantType, grantTypes } from '../../apps/app.entity.ts';
import { readForm } from '../../http/form.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { sendJson } from '../../http/send-json.ts';
import { paths } from '../../urls.ts';
import type { AuthorizationEngine, TokenContext } from '../oauth2orize/server.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { type Parameters, readParameters } from '../protocol/parameters.ts';
import type { DpopProofs } from '../tokens/dpop.ts';
import type { Introspection } from '../tokens/introspection.ts';
import type { Revocation } from '../tokens/revocation.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import { useProof } from './dpop-proof.ts';
import { anyOrigin, noStore, oauthErrors } from './oauth-responses.ts';

export interface TokenEndpointDependencies {
  engine: AuthorizationEngine;
  clients: ClientAuthentication;
  proofs: DpopProofs;
  revocation: Revocation;
  introspection: Introspection;
}

/** Other paths of the same endpoints. */
export interface TokenEndpointAliases {
  token: readonly string[];
  revoke: readonly string[];
  introspect: readonly string[];
}

export const tokenRoutes = (deps: TokenEndpointDependencies, aliases: TokenEndpointAliases): Router => {
  const router = Router();
  router
    .route([paths.token, ...aliases.token])
    .all(anyOrigin('POST'), noStore)
    .post(readTokenRequest(deps), deps.engine.token)
    .all(methodNotAllowed('POST'));
  router
    .route([paths.revoke, ...aliases.revoke])
    .all(anyOrigin('POST'), noStore)
    .post(revoke(deps))
    .all(methodNotAllowed('POST'));
  router
    .route([paths.introspect, ...aliases.introspect])
    .all(noStore)
    .post(introspect(deps))
    .all(methodNotAllowed('POST'));
  router.use(oauthErrors);
  return router;
};

const isGrantType = (value: string): value is GrantType => (grantTypes as readonly string[]).includes(value);

/** Phases: read once, authenticate the client, see that the grant is offered and that this client may use it, then its proof. */
const readTokenRequest =
  ({ clients, proofs }: TokenEndpointDependencies): RequestHandler =>
  async (req, res, next) => {
    const parameters = readParameters(await readForm(req));
    const client = await clients.authenticate(req, parameters);
    const grantType = parameters.get('grant_type');
    if (grantType === undefined) throw OAuthError.invalidRequest('The parameter grant_type is missing.');
    if (!isGrantType(grantType)) throw OAuthError.unsupportedGrantType();
    if (!client.grantTypes.includes(grantType)) {
      throw OAuthError.unauthorizedClient('The client may not use this grant_type.');
    }
    const jkt = await useProof(req, res, proofs);
    if (jkt === null && (client.dpopBoundAccessTokens || client.profile === 'fapi2')) {
      throw OAuthError.invalidRequest('The header DPoP is missing: the tokens of this client are bound to its key.');
    }
    (req as TokenContext).tokenRequest = { client, parameters, jkt };
    req.body = { grant_type: grantType }; // Where the library looks for the exchange to run.
    next();
  };

const tokenParameter = (parameters: Parameters): string => {
  const token = parameters.get('token');
  if (token === undefined) throw OAuthError.invalidRequest('The parameter token is missing.');
  return token;
};

/** RFC 7009 §2.2: 200 whether or not there was something to revoke. */
const revoke =
  ({ clients, revocation }: TokenEndpointDependencies): RequestHandler =>
  async (req, res) => {
    const parameters = readParameters(await readForm(req));
    const client = await clients.authenticate(req, parameters);
    await revocation.revoke(tokenParameter(parameters), client.id);
    res.status(200).end();
  };

/** RFC 7662 §2.1: not for the public, so not for public clients either. */
const introspect =
  ({ clients, introspection }: TokenEndpointDependencies): RequestHandler =>
  async (req, res) => {
    const parameters = readParameters(await readForm(req));
    const client = await clients.authenticate(req, parameters);
    if (client.authMethod === 'none') throw OAuthError.invalidClient('A public client may not introspect.');
    sendJson(res, await introspection.introspect(tokenParameter(parameters), client));
  };
