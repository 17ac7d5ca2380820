/** The configuration document, as the Config plan of the conformance suite reads it. */
import { afterAll, beforeAll, expect } from 'vitest';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const issuer = 'https://account.example.org';

let app: TestApp;
let document: Response;
let metadata: Record<string, unknown>;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_ISSUER: issuer } });
  document = await fetch(`${app.origin}/.well-known/openid-configuration`);
  metadata = (await document.json()) as Record<string, unknown>;
});
afterAll(() => app.close());

requirement('OpenID Connect Discovery §4.2', 'the document is JSON, and answers 200', () => {
  expect([document.status, document.headers.get('content-type')]).toEqual([
    200,
    expect.stringMatching(/^application\/json/),
  ]);
});

requirement('OpenID Connect Discovery §4.3', 'issuer is the configured one, byte for byte', () => {
  expect(metadata.issuer).toBe(issuer);
});

requirement('OpenID Connect Discovery §3', 'every endpoint is https and belongs to the issuer', () => {
  const endpoints = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri');
  expect(endpoints.length).toBeGreaterThan(6);
  for (const [name, address] of endpoints) expect(String(address).startsWith(`${issuer}/`), name).toBe(true);
});

requirement('OpenID Connect Discovery §3', 'what must be there is there, and says what is true', () => {
  expect(metadata).toMatchObject({
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'form_post'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: expect.arrayContaining(['ES256', 'RS256', 'EdDSA']),
    userinfo_signing_alg_values_supported: expect.arrayContaining(['ES256', 'RS256', 'EdDSA']),
    scopes_supported: expect.arrayContaining(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']),
    acr_values_supported: ['urn:latchkey:acr:1fa'],
    claims_parameter_supported: true,
    request_parameter_supported: true,
    // Absent would mean true.
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account', 'create'],
  });
  expect(metadata.request_object_signing_alg_values_supported).not.toContain('none');
});

requirement('OpenID Connect Discovery §3', 'claims_supported names every standard claim', () => {
  const standard =
    'sub name given_name family_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at email email_verified phone_number phone_number_verified address';
  expect(metadata.claims_supported).toEqual(expect.arrayContaining(standard.split(' ')));
});

requirement('RFC 8414 §3', 'the same document is where OAuth clients look', async () => {
  const answer = await fetch(`${app.origin}/.well-known/oauth-authorization-server`);
  expect(await answer.json()).toEqual(metadata);
});
