/** The pushed authorization request endpoint (RFC 9126): an app leaves its request here, proven and judged, before it sends the person. */
import { type RequestHandler, Router } from 'express';
import { readForm } from '../../http/form.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { paths } from '../../urls.ts';
import type { IncomingRequests } from '../authorize/incoming-requests.ts';
import type { PushedRequests } from '../authorize/pushed-requests.ts';
import { UnsafeRequestError } from '../authorize/request-checks.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { type Parameters, readParameters } from '../protocol/parameters.ts';
import type { DpopProofs } from '../tokens/dpop.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import { useProof } from './dpop-proof.ts';
import { anyOrigin, noStore, oauthErrors } from './oauth-responses.ts';

export interface PushedRequestDependencies {
  clients: ClientAuthentication;
  proofs: DpopProofs;
  incoming: IncomingRequests;
  pushed: PushedRequests;
}

/** To be mounted where a request has its own ORM context. */
export const pushedRequestRoutes = (deps: PushedRequestDependencies): Router => {
  const router = Router();
  router.route(paths.pushedRequest).all(anyOrigin('POST'), noStore).post(push(deps)).all(methodNotAllowed('POST'));
  router.use(oauthErrors);
  return router;
};

const push =
  ({ clients, proofs, incoming, pushed }: PushedRequestDependencies): RequestHandler =>
  async (req, res) => {
    const form = readParameters(await readForm(req));
    const client = await clients.authenticate(req, form);
    const jkt = await useProof(req, res, proofs);
    const request = await incoming.readForPush(withoutProof(form, client.clientId)).catch(toOAuth);
    const { dpopJkt } = await incoming.judge(request);
    // RFC 9449 §10.1
    if (jkt !== null && dpopJkt !== undefined && dpopJkt !== jkt) {
      throw OAuthError.invalidDpopProof('The DPoP proof is of another key than dpop_jkt.');
    }
    res.status(201).json(await pushed.push(client.id, request.parameters, jkt));
  };

/** What proves the client is no part of its request, and is not kept. */
const withoutProof = (form: Parameters, clientId: string): Parameters => {
  const parameters = new Map(form);
  for (const name of ['client_secret', 'client_assertion', 'client_assertion_type']) parameters.delete(name);
  return parameters.set('client_id', clientId);
};

const descriptions: Partial<Record<UnsafeRequestError['reason'], string>> = {
  redirect_uri_missing: 'The parameter redirect_uri is missing.',
  redirect_uri_unregistered: 'The redirect_uri is not registered for this client.',
};

/** Here nobody is redirected: what the authorization endpoint would tell a person, the app is told itself (RFC 9126 §2.3). */
const toOAuth = (error: unknown): never => {
  const description = error instanceof UnsafeRequestError ? descriptions[error.reason] : undefined;
  throw description === undefined ? error : OAuthError.invalidRequest(description);
};
