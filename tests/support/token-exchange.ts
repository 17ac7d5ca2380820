/** Token exchange without a client library (RFC 8693). */
import type { TestClient } from './personas.ts';
import type { TestApp } from './test-app.ts';
import { type TokenAnswer, tokenRequest } from './token-request.ts';

export const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';
export const impersonationType = 'urn:latchkey:token-type:impersonation';

/** @param more what differs from an access token that is exchanged as it is */
export const exchange = (
  app: Pick<TestApp, 'issuer'>,
  client: Pick<TestClient, 'clientId' | 'clientSecret'> | null,
  subjectToken: string | undefined,
  more: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<TokenAnswer> =>
  tokenRequest(
    app,
    client,
    {
      grant_type: exchangeGrant,
      subject_token: subjectToken ?? '',
      subject_token_type: accessTokenType,
      ...more,
    },
    '/oauth/token',
    headers,
  );

export const introspect = async (
  app: Pick<TestApp, 'issuer'>,
  client: Pick<TestClient, 'clientId' | 'clientSecret'>,
  token: string | undefined,
): Promise<Record<string, unknown>> =>
  (await tokenRequest(app, client, { token: token ?? '' }, '/oauth/introspect')).body as Record<string, unknown>;
