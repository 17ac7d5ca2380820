/** What this server can do, for programs (RFC 8414, OpenID Connect Discovery 1.0, RFC 9728): only what works is announced. */
import { type RequestHandler, Router } from 'express';
import type { JWK } from 'jose';
import { authMethods, grantTypes, type SubjectType, signingAlgorithms } from '../../apps/app.entity.ts';
import type { Config } from '../../config.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { scopes } from '../../kernel/scopes.ts';
import { hashOf } from '../../kernel/secrets.ts';
import { paths } from '../../urls.ts';
import { prompts, responseModes } from '../authorize/request-checks.ts';
import { acrValues } from '../protocol/acr.ts';
import { claimsSupported } from '../tokens/claims.ts';
import { clientAlgorithms } from '../tokens/client-keys.ts';
import { dpopAlgorithms } from '../tokens/dpop.ts';
import { jwksMaxAge, type KnownKey, type SigningKeys } from '../tokens/signing-keys.ts';
import { anyOrigin } from './oauth-responses.ts';

/** What the operator switches on. */
type Offers = Pick<Config, 'issuer' | 'clientRegistration' | 'clientIdMetadata'>;

const scopesSupported = scopes.map((scope) => scope.name);

const serverMetadata = ({ issuer, clientRegistration, clientIdMetadata }: Offers) => ({
  issuer,
  authorization_endpoint: issuer + paths.authorize,
  token_endpoint: issuer + paths.token,
  pushed_authorization_request_endpoint: issuer + paths.pushedRequest,
  ...(clientRegistration === 'off' ? {} : { registration_endpoint: issuer + paths.register }),
  ...(clientIdMetadata ? { client_id_metadata_document_supported: true } : {}),
  device_authorization_endpoint: issuer + paths.deviceAuthorization,
  revocation_endpoint: issuer + paths.revoke,
  introspection_endpoint: issuer + paths.introspect,
  userinfo_endpoint: issuer + paths.userinfo,
  jwks_uri: issuer + paths.jwks,
  end_session_endpoint: issuer + paths.endSession,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  scopes_supported: scopesSupported,
  response_types_supported: ['code'],
  response_modes_supported: responseModes,
  grant_types_supported: grantTypes,
  token_endpoint_auth_methods_supported: authMethods,
  token_endpoint_auth_signing_alg_values_supported: clientAlgorithms,
  revocation_endpoint_auth_methods_supported: authMethods,
  revocation_endpoint_auth_signing_alg_values_supported: clientAlgorithms,
  introspection_endpoint_auth_methods_supported: authMethods.filter((method) => method !== 'none'),
  introspection_endpoint_auth_signing_alg_values_supported: clientAlgorithms,
  code_challenge_methods_supported: ['S256'],
  dpop_signing_alg_values_supported: dpopAlgorithms,
  authorization_response_iss_parameter_supported: true,
  subject_types_supported: ['public', 'pairwise'] satisfies SubjectType[],
  id_token_signing_alg_values_supported: signingAlgorithms,
  userinfo_signing_alg_values_supported: signingAlgorithms,
  acr_values_supported: acrValues,
  claims_supported: claimsSupported,
  claims_parameter_supported: true,
  request_parameter_supported: true,
  request_object_signing_alg_values_supported: clientAlgorithms,
  // By reference only what was pushed here, which RFC 9126 does not count among these.
  request_uri_parameter_supported: false,
  prompt_values_supported: prompts,
  ui_locales_supported: ['en', 'fr'],
});

/** RFC 9728 §2 */
const graphqlMetadata = (issuer: string) => ({
  resource: issuer + paths.graphql,
  authorization_servers: [issuer],
  scopes_supported: scopesSupported,
  bearer_methods_supported: ['header'],
  dpop_signing_alg_values_supported: dpopAlgorithms,
});

/** RFC 7517 §4 */
const toJwk = ({ publicJwk, kid, algorithm }: KnownKey): JWK => ({ ...publicJwk, kid, alg: algorithm, use: 'sig' });

/** @param aliases other paths of the OpenID configuration */
export const discoveryRoutes = (deps: { config: Offers; keys: SigningKeys }, aliases: readonly string[]): Router => {
  const router = Router();
  const publish = (path: string | string[], read: () => object | Promise<object>): void => {
    const send: RequestHandler = async (req, res) => {
      const body = JSON.stringify(await read());
      const tag = `"${hashOf(body).toString('base64url')}"`;
      res.set({ 'Cache-Control': `public, max-age=${jwksMaxAge}`, ETag: tag });
      // Whoever has it is spared the rest, also who sends `no-cache` beside the tag, as `fetch` does (RFC 9110 §13.1.2).
      if (req.get('If-None-Match')?.includes(tag)) res.status(304).end();
      else res.type('json').send(body);
    };
    router.route(path).all(anyOrigin('GET')).get(send).all(methodNotAllowed('GET', 'HEAD'));
  };
  const metadata = serverMetadata(deps.config);
  publish([paths.openidConfiguration, ...aliases], () => metadata);
  publish(paths.authorizationServerMetadata, () => metadata);
  publish(paths.graphqlMetadata, () => graphqlMetadata(deps.config.issuer));
  publish(paths.jwks, async () => ({ keys: (await deps.keys.publish()).map(toJwk) }));
  return router;
};
