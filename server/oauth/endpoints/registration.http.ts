/** Where programs register themselves as apps and look after their registration (RFC 7591, RFC 7592). */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { App } from '../../apps/app.entity.ts';
import { memberOf } from '../../apps/app-metadata.ts';
import { type DynamicRegistration, toClientInformation } from '../../apps/dynamic-registration.ts';
import type { RegistrationTokens } from '../../apps/registration-tokens.ts';
import type { Config } from '../../config.ts';
import { type ClientAddresses, networkOf } from '../../http/client-address.ts';
import { readJson } from '../../http/json-body.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import { DomainError, type UserError } from '../../kernel/domain-error.ts';
import type { Throttle } from '../../sessions/throttle.ts';
import { paths } from '../../urls.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { anyOrigin, noStore, oauthErrors, sendBearerError } from './oauth-responses.ts';

export interface RegistrationEndpointDependencies {
  registration: DynamicRegistration;
  registrationTokens: RegistrationTokens;
  /** Counts those who register without a token. */
  throttle: Throttle;
  addresses: ClientAddresses;
  config: Pick<Config, 'issuer' | 'clientRegistration'>;
}

/** Bytes. */
const bodyLimit = 65_536;

/** RFC 6750 §2.1; null where no token was sent. */
const bearerToken = (req: Request): string | null => {
  const { authorization } = req.headers;
  if (authorization === undefined) return null;
  return /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization)?.[1] ?? '';
};

export const registrationRoutes = (deps: RegistrationEndpointDependencies): Router => {
  const router = Router();
  if (deps.config.clientRegistration !== 'off') {
    router.route(paths.register).all(anyOrigin('POST'), noStore).post(register(deps)).all(methodNotAllowed('POST'));
  }
  // Whoever registered while it was on can look after their registration for as long as it is there.
  router
    .route(`${paths.register}/:clientId`)
    .all(anyOrigin('GET', 'PUT', 'DELETE'), noStore)
    .get(manage(deps, async () => null))
    .put(manage(deps, replace(deps)))
    .delete(manage(deps, remove(deps)))
    .all(methodNotAllowed('GET', 'HEAD', 'PUT', 'DELETE'));
  router.use(oauthErrors);
  return router;
};

/** RFC 7591 §3 */
const register = (deps: RegistrationEndpointDependencies): RequestHandler => {
  const { registration, registrationTokens, throttle, addresses, config } = deps;
  return async (req, res) => {
    const token = bearerToken(req);
    if (token === null && config.clientRegistration === 'token') {
      sendBearerError(res, null);
      return;
    }
    if (token !== null && !(await registrationTokens.isLive(token))) throw unknownToken();
    const metadata = await readJson(req, bodyLimit);
    if (token === null) await inOAuthTerms(() => throttle.take(networkOf(addresses.of(req))));
    const made = await inOAuthTerms(() =>
      registration.register(metadata, async (em) => {
        if (token !== null && !(await registrationTokens.spend(em, token))) throw unknownToken();
      }),
    );
    res.status(201).json(information(config.issuer, made.app, made.clientSecret, made.registrationToken));
  };
};

type Management = (app: App, req: Request, res: Response) => Promise<{ app: App; clientSecret: string | null } | null>;

/** RFC 7592 §2: what all three have in common. An app that is gone and a wrong token look the same. */
const manage =
  (
    { registration, config }: RegistrationEndpointDependencies,
    work: Management,
  ): RequestHandler<{ clientId: string }> =>
  async (req, res) => {
    const token = bearerToken(req);
    if (token === null) {
      sendBearerError(res, null);
      return;
    }
    const app = await registration.find(req.params.clientId, token);
    if (app === null) throw unknownToken();
    const done = await inOAuthTerms(() => work(app, req, res));
    if (res.headersSent) return;
    res.json(information(config.issuer, done?.app ?? app, done?.clientSecret ?? null, token));
  };

/** RFC 7592 §2.2: what this server alone says; a client that sends it may believe that it can be chosen. */
const ours = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

const replace =
  ({ registration }: RegistrationEndpointDependencies): Management =>
  async (app, req) => {
    const metadata = await readJson(req, bodyLimit);
    const sent = typeof metadata === 'object' && metadata !== null ? ours.find((name) => name in metadata) : undefined;
    if (sent !== undefined) throw OAuthError.invalidRequest(`The member ${sent} is the server's to say: leave it out.`);
    return registration.replace(app, metadata);
  };

/** RFC 7592 §2.3 */
const remove =
  ({ registration }: RegistrationEndpointDependencies): Management =>
  async (app, _req, res) => {
    await registration.delete(app);
    res.status(204).end();
    return null;
  };

/** RFC 7591 §3.2.1 and RFC 7592 §3 */
const information = (issuer: string, app: App, clientSecret: string | null, registrationToken: string) => ({
  ...toClientInformation(app, clientSecret),
  client_id_issued_at: epochSeconds(app.createdAt),
  registration_access_token: registrationToken,
  registration_client_uri: `${issuer}${paths.register}/${encodeURIComponent(app.clientId)}`,
});

const unknownToken = (): OAuthError => OAuthError.invalidToken('The token is unknown, used up, expired or revoked.');

/** RFC 7591 §3.2.2 */
const inOAuthTerms = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'RATE_LIMITED') {
      throw OAuthError.temporarilyUnavailable(
        error.retryAfter ?? 1,
        'Too many apps were registered from this network.',
      );
    }
    if (error.code === 'NOT_FOUND') throw unknownToken();
    if (error.userErrors.length === 0) throw error;
    const description = error.userErrors.map(describe).join(' ');
    throw error.userErrors.some(({ path }) => path[0] === 'redirectUris')
      ? OAuthError.invalidRedirectUri(description)
      : OAuthError.invalidClientMetadata(description);
  }
};

/** As the standard's text can be: plain ASCII without quotes or backslashes. */
const describe = ({ path: [part = '', ...rest], message }: UserError): string => {
  const name = [memberOf(part), ...rest].filter((each) => each !== '').join('.');
  const plain = message
    .replace(/[“”"’]/g, "'")
    .replace(/…/g, '...')
    .replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');
  return name === '' ? plain : `${name}: ${plain}`;
};
