/** What an app signs in tests: assertions, request objects and proofs of possession, right unless a test says otherwise. */
import { createHash, randomUUID } from 'node:crypto';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { epochSeconds } from '../../server/kernel/clock.ts';
import type { TestApp } from './test-app.ts';

export interface ClientKey {
  algorithm: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
  /** As an app registers it. */
  jwks: { keys: JWK[] };
  /** RFC 7638 */
  thumbprint: string;
}

export const aKey = async (algorithm = 'ES256', kid: string | undefined = randomUUID()): Promise<ClientKey> => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const thumbprint = await calculateJwkThumbprint(publicJwk);
  return {
    algorithm,
    privateKey,
    publicJwk,
    jwks: { keys: [{ ...publicJwk, ...(kid === undefined ? {} : { kid }), alg: algorithm, use: 'sig' }] },
    thumbprint,
  };
};

/** Members of the header and claims that differ from the right ones; undefined: left out. */
export interface Changes {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
}

type Application = Pick<TestApp, 'clock' | 'issuer'> & Partial<Pick<TestApp, 'origin'>>;

const sign = (key: ClientKey, header: Record<string, unknown>, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: key.algorithm, ...header }).sign(key.privateKey);

/** RFC 7523 §3 */
export const anAssertion = (
  key: ClientKey,
  app: Application,
  clientId: string,
  { header, claims }: Changes = {},
): Promise<string> => {
  const now = epochSeconds(app.clock.now());
  return sign(
    key,
    { kid: key.jwks.keys[0]?.kid, ...header },
    { iss: clientId, sub: clientId, aud: app.issuer, jti: randomUUID(), iat: now, exp: now + 60, ...claims },
  );
};

/** The parameters of a request that is authenticated by an assertion. */
export const withAssertion = (assertion: string): Record<string, string> => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});

/** RFC 9101 §4 */
export const aRequestObject = (
  key: ClientKey,
  app: Application,
  clientId: string,
  parameters: Record<string, unknown>,
  { header, claims }: Changes = {},
): Promise<string> => {
  const now = epochSeconds(app.clock.now());
  return sign(
    key,
    { kid: key.jwks.keys[0]?.kid, typ: 'oauth-authz-req+jwt', ...header },
    { iss: clientId, aud: app.issuer, client_id: clientId, nbf: now, exp: now + 60, ...parameters, ...claims },
  );
};

/**
 * RFC 9449 §4.2
 * @param accessToken that the request presents
 */
export const aProof = (
  key: ClientKey,
  app: Application,
  request: { method?: string; path: string; accessToken?: string | undefined },
  { header, claims }: Changes = {},
): Promise<string> =>
  sign(
    key,
    { typ: 'dpop+jwt', jwk: key.publicJwk, ...header },
    {
      jti: randomUUID(),
      htm: request.method ?? 'POST',
      htu: app.issuer + request.path,
      iat: epochSeconds(app.clock.now()),
      ...(request.accessToken === undefined
        ? {}
        : { ath: createHash('sha256').update(request.accessToken).digest('base64url') }),
      ...claims,
    },
  );
