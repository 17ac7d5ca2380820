/** Authorization requests that an app signed (RFC 9101, OpenID Connect Core §6.1): only what is signed counts. */
import type { JWTPayload } from 'jose';
import type { App } from '../../apps/app.entity.ts';
import { type Clock, epochSeconds } from '../../kernel/clock.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { type Parameters, readParameters } from '../protocol/parameters.ts';
import { acceptedAlgorithms, type ClientKeys, clockTolerance, RefusedJwtError } from '../tokens/client-keys.ts';

/** Claims of the JWT itself; the rest are parameters (RFC 9101 §4). */
const claimsOfJwt: ReadonlySet<string> = new Set(['iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'sub']);

/** FAPI 2.0 Message Signing §5.3.1: seconds. */
const longestLife = 3600;

export class RequestObjects {
  constructor(private readonly deps: { keys: ClientKeys; clock: Clock; issuer: string }) {}

  /**
   * @returns the parameters that were signed, as if they had come one by one
   * @throws OAuthError `invalid_request_object`
   */
  async open(jwt: string, app: App): Promise<Parameters> {
    try {
      const claims = await this.deps.keys.verify(jwt, app, {
        algorithms: acceptedAlgorithms(app.profile, app.requestObjectSigningAlg),
        types: ['jwt', 'oauth-authz-req+jwt'],
      });
      this.judge(claims, app);
      return readParameters(
        Object.entries(claims)
          .filter(([name]) => !claimsOfJwt.has(name))
          .map(([name, value]) => [name, toParameter(name, value)]),
      );
    } catch (error) {
      if (!(error instanceof RefusedJwtError)) throw error;
      throw OAuthError.invalidRequestObject(`The request object is refused. ${error.message}`);
    }
  }

  private judge(claims: JWTPayload, app: App): void {
    const now = epochSeconds(this.deps.clock.now());
    if (claims.iss !== app.clientId) throw new RefusedJwtError('Its iss must be the client_id.');
    if (claims.client_id !== app.clientId) throw new RefusedJwtError('Its client_id must be that of the request.');
    if (![claims.aud ?? []].flat().includes(this.deps.issuer)) throw new RefusedJwtError('Its aud must be the issuer.');
    // RFC 9101 §10.8: what could prove the client's identity is not to be shown to a browser.
    if (claims.sub === app.clientId) throw new RefusedJwtError('It must not hold the client_id as sub.');
    if (claims.iat !== undefined && claims.iat > now + clockTolerance) {
      throw new RefusedJwtError('Its iat is in the future.');
    }
    if (app.profile === 'fapi2' && !isShortLived(claims, now)) {
      throw new RefusedJwtError('It needs an exp and an nbf, and at most an hour of life.');
    }
    // RFC 9101 §4
    if (claims.request !== undefined || claims.request_uri !== undefined) {
      throw new RefusedJwtError('It must not hold request or request_uri.');
    }
  }
}

const isShortLived = ({ exp, nbf }: JWTPayload, now: number): boolean =>
  exp !== undefined && nbf !== undefined && exp - nbf <= longestLife && now - nbf <= longestLife;

/** OpenID Connect Core §6.1: numbers and JSON stand in their own types; `resource` may be a list (RFC 8707 §2.1). */
const toParameter = (name: string, value: unknown): string => {
  const text = name === 'resource' && Array.isArray(value) ? value.join(' ') : toText(value);
  if (text === null) throw new RefusedJwtError('One of its parameters has the wrong type.');
  for (const part of [name, text]) {
    // PostgreSQL keeps neither NUL nor halves of a character.
    if (part.includes('\0') || !part.isWellFormed()) throw new RefusedJwtError('One of its parameters is no text.');
  }
  return text;
};

const toText = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : null;
};
