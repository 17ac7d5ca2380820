/** Where a device without a browser begins: it is given a code for itself and one for its person (RFC 8628 §3.1, §3.2). */
import { type RequestHandler, Router } from 'express';
import { type ClientAddresses, networkOf } from '../../http/client-address.ts';
import { readForm } from '../../http/form.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { sendJson } from '../../http/send-json.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { Throttle } from '../../sessions/throttle.ts';
import { paths } from '../../urls.ts';
import { type DeviceAuthorizations, pollingInterval } from '../authorize/device-authorizations.ts';
import { requestedScopes } from '../authorize/permissions.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { readParameters } from '../protocol/parameters.ts';
import { showUserCode } from '../protocol/user-code.ts';
import type { Audiences } from '../tokens/audiences.ts';
import type { DpopProofs } from '../tokens/dpop.ts';
import type { ClientAuthentication } from './client-authentication.ts';
import { useProof } from './dpop-proof.ts';
import { anyOrigin, noStore, oauthErrors } from './oauth-responses.ts';

export interface DeviceAuthorizationDependencies {
  clients: ClientAuthentication;
  proofs: DpopProofs;
  audiences: Audiences;
  devices: DeviceAuthorizations;
  /** Counts the devices of one network: each is a row, and a public client proves nothing. */
  throttle: Throttle;
  addresses: ClientAddresses;
  issuer: string;
}

/** @param aliases other paths of the endpoint */
export const deviceAuthorizationRoutes = (
  deps: DeviceAuthorizationDependencies,
  aliases: readonly string[],
): Router => {
  const router = Router();
  router
    .route([paths.deviceAuthorization, ...aliases])
    .all(anyOrigin('POST'), noStore)
    .post(begin(deps))
    .all(methodNotAllowed('POST'));
  router.use(oauthErrors);
  return router;
};

const begin =
  ({
    clients,
    proofs,
    audiences,
    devices,
    throttle,
    addresses,
    issuer,
  }: DeviceAuthorizationDependencies): RequestHandler =>
  async (req, res) => {
    const parameters = readParameters(await readForm(req));
    const client = await clients.authenticate(req, parameters);
    if (!client.grantTypes.includes('urn:ietf:params:oauth:grant-type:device_code')) {
      throw OAuthError.unauthorizedClient('The client may not use the device authorization grant.');
    }
    const apis = await audiences.all(client.id, parameters.get('resource'));
    const scopes = requestedScopes(parameters.get('scope'), client.scopes, apis);
    const jkt = await useProof(req, res, proofs);
    const resources = apis.map(({ identifier }) => identifier);
    await count(throttle, networkOf(addresses.of(req)));
    const begun = await devices.begin({ appId: client.id, scopes, resources, jkt });
    const userCode = showUserCode(begun.userCode);
    const verificationUri = issuer + paths.device;
    sendJson(res, {
      device_code: begun.deviceCode,
      user_code: userCode,
      verification_uri: verificationUri,
      verification_uri_complete: `${verificationUri}?${new URLSearchParams({ user_code: userCode })}`,
      expires_in: begun.lifetime,
      interval: pollingInterval,
    });
  };

/** @throws OAuthError `temporarily_unavailable` */
const count = async (throttle: Throttle, network: string): Promise<void> => {
  try {
    await throttle.take(network);
  } catch (error) {
    if (!(error instanceof DomainError) || error.retryAfter === undefined) throw error;
    throw OAuthError.temporarilyUnavailable(error.retryAfter, 'Too many devices of this network asked for a code.');
  }
};
