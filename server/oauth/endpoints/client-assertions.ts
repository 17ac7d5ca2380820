/** Clients that prove themselves by what they sign: `private_key_jwt` (RFC 7523 §3, OpenID Connect Core §9). */
import { decodeJwt } from 'jose';
import type { App } from '../../apps/app.entity.ts';
import { type Clock, epochSeconds, secondsAfter } from '../../kernel/clock.ts';
import { paths } from '../../urls.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import {
  acceptedAlgorithms,
  type ClientKeys,
  clockTolerance,
  type KeyHolder,
  RefusedJwtError,
} from '../tokens/client-keys.ts';
import type { UsedJtis } from '../tokens/used-jtis.ts';

/** RFC 7523 §2.2 */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Seconds that an assertion may live: its `jti` is remembered for as long. */
const longestLife = 3600;
const longestJti = 256;

export type AssertingClient = Pick<App, 'clientId' | 'profile' | 'tokenEndpointAuthSigningAlg'> & KeyHolder;

/** Whom an assertion says it is from; nothing of it is proven yet. Null: it does not say. */
export const assertedClientId = (assertion: string): string | null => {
  try {
    const { sub } = decodeJwt(assertion);
    return typeof sub === 'string' && sub !== '' && !sub.includes('\0') ? sub : null;
  } catch {
    return null;
  }
};

export class ClientAssertions {
  constructor(private readonly deps: { keys: ClientKeys; usedJtis: UsedJtis; clock: Clock; issuer: string }) {}

  /**
   * @param endpoint the URL that was called
   * @throws OAuthError `invalid_client`
   */
  async verify(assertion: string, client: AssertingClient, endpoint: string): Promise<void> {
    try {
      await this.judge(assertion, client, endpoint);
    } catch (error) {
      if (!(error instanceof RefusedJwtError)) throw error;
      throw OAuthError.invalidClient(`The client_assertion is refused. ${error.message}`);
    }
  }

  private async judge(assertion: string, client: AssertingClient, endpoint: string): Promise<void> {
    const { keys, usedJtis, clock } = this.deps;
    const claims = await keys.verify(assertion, client, {
      algorithms: acceptedAlgorithms(client.profile, client.tokenEndpointAuthSigningAlg),
      types: ['jwt', 'client-authentication+jwt'],
    });
    const now = epochSeconds(clock.now());
    if (claims.iss !== client.clientId || claims.sub !== client.clientId) {
      throw new RefusedJwtError('Its iss and sub must be the client_id.');
    }
    if (!this.isForUs(claims.aud, client, endpoint)) throw new RefusedJwtError('Its aud must be the issuer.');
    if (claims.exp === undefined) throw new RefusedJwtError('Its exp is missing.');
    if (claims.exp <= now) throw new RefusedJwtError('It has expired.');
    if (claims.exp > now + longestLife + clockTolerance)
      throw new RefusedJwtError('Its exp is more than an hour ahead.');
    if (claims.iat !== undefined && claims.iat > now + clockTolerance) {
      throw new RefusedJwtError('Its iat is in the future.');
    }
    const { jti } = claims;
    if (typeof jti !== 'string' || jti === '' || jti.length > longestJti) {
      throw new RefusedJwtError(`Its jti must be a text of up to ${longestJti} characters.`);
    }
    const expiresAt = secondsAfter(clock.now(), claims.exp - now + 1);
    const first = await usedJtis.use({ purpose: 'client assertion', clientId: client.clientId, jti, expiresAt });
    if (!first) throw new RefusedJwtError('Its jti was used before.');
  }

  /**
   * Nobody but this server, so that no other can present it here: the issuer (RFC 7523 §3), the token endpoint (OpenID Connect Core
   * §9), where a request is pushed that endpoint (RFC 9126 §2), or several of these, as some clients have it. FAPI 2.0 Security
   * Profile §5.3.2.1: the issuer, as a text.
   */
  private isForUs(audience: string | string[] | undefined, client: AssertingClient, endpoint: string): boolean {
    const { issuer } = this.deps;
    if (client.profile === 'fapi2') return audience === issuer;
    const accepted = [issuer, issuer + paths.token];
    if (endpoint === issuer + paths.pushedRequest) accepted.push(endpoint);
    const named = [audience ?? []].flat();
    return named.length > 0 && named.every((one) => accepted.includes(one));
  }
}
