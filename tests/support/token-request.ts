/** A request to the token endpoint without a client library, for what no library would send. */
import type { TestClient } from './personas.ts';
import type { TestApp } from './test-app.ts';

export interface TokenAnswer {
  status: number;
  headers: Headers;
  body: {
    error?: string;
    error_description?: string;
    access_token?: string;
    token_type?: string;
    expires_in?: number;
    issued_token_type?: string;
    refresh_token?: string;
    id_token?: string;
    scope?: string;
    active?: boolean;
  };
}

export const basic = (client: Pick<TestClient, 'clientId' | 'clientSecret'>): string =>
  `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`;

/** @param client null: nobody is named */
export const tokenRequest = async (
  app: Pick<TestApp, 'issuer'>,
  client: Pick<TestClient, 'clientId' | 'clientSecret'> | null,
  parameters: Record<string, string>,
  path = '/oauth/token',
  headers: Record<string, string> = {},
): Promise<TokenAnswer> => {
  const response = await fetch(`${app.issuer}${path}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    headers: { ...(client === null ? {} : { authorization: basic(client) }), ...headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
};
