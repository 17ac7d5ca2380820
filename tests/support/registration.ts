/** Programs that register themselves (RFC 7591, RFC 7592), without a client library. */
import type { TestApp } from './test-app.ts';

export interface RegistrationAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever it registered.
  body: any;
}

export interface Registered {
  client_id: string;
  client_secret?: string;
  registration_access_token: string;
  registration_client_uri: string;
  [member: string]: unknown;
}

/** @param token sent as a bearer token; null: none */
export const ask = async (
  url: string,
  method: string,
  token: string | null = null,
  body?: unknown,
): Promise<RegistrationAnswer> => {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
};

export const tryToRegister = (app: TestApp, metadata: unknown, token: string | null = null) =>
  ask(`${app.origin}/oauth/register`, 'POST', token, metadata);

/** @throws Error where the registration is refused */
export const register = async (app: TestApp, metadata: object, token: string | null = null): Promise<Registered> => {
  const { status, body } = await tryToRegister(app, metadata, token);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
};

export const registrationUri = (app: TestApp, { client_id }: Registered): string =>
  `${app.origin}/oauth/register/${client_id}`;
