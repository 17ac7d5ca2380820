/** Access tokens for registered APIs: an API judges them by itself, with the published keys and nothing else. */
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Api } from '../../../server/apis/api.entity.ts';
import { anApi, giveAccess, signInFor } from '../../support/apis.ts';
import { aKey, aProof } from '../../support/client-jwt.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let service: TestClient;
let party: RelyingParty;
let orders: Api;
let person: Person;
let keys: ReturnType<typeof createRemoteJWKSet>;

beforeAll(async () => {
  app = await createTestApp();
  orders = await anApi(app, { accessTokenLifetime: 120 });
  client = await anApp(app);
  service = await anApp(app, { type: 'service', grantTypes: ['client_credentials'], redirectUris: [], scopes: [] });
  await giveAccess(app, client, orders);
  await giveAccess(app, service, orders);
  party = await RelyingParty.discover(app, client);
  person = await aSignedInPerson(app);
  // A key of another algorithm is made when the first API wants it; an API that waits half a minute would see it too.
  keys = createRemoteJWKSet(new URL(`${app.issuer}/oauth/jwks`), { cooldownDuration: 0 });
});
afterAll(() => app.close());

/** As an API does it (RFC 9068 §4). */
const verify = (token: string, audience = orders.identifier) =>
  jwtVerify(token, keys, { issuer: app.issuer, audience, typ: 'at+jwt' });

const ofPerson = async (scope = 'orders:read'): Promise<string> =>
  (await signInFor(app, party, person, orders, scope)).access_token ?? '';

const ofService = async (more: Record<string, string> = {}) =>
  tokenRequest(app, service, { grant_type: 'client_credentials', resource: orders.identifier, ...more });

describe('a token for a person', () => {
  requirement(
    'RFC 9068 §2.2',
    'holds who issued it, for whom, for which API, by which client, and what it allows',
    async () => {
      const token = await ofPerson('orders:read orders:write');
      const { payload, protectedHeader } = await verify(token);
      expect(payload).toMatchObject({
        iss: app.issuer,
        aud: orders.identifier,
        sub: person.account.id,
        client_id: client.clientId,
        scope: 'orders:read orders:write',
        jti: expect.stringMatching(/^[\w-]{43}$/),
        amr: ['pwd'],
        auth_time: expect.any(Number),
      });
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120);
      expect(protectedHeader).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    },
  );

  requirement('RFC 9068 §2.1', 'is never unsigned, and signed with what the API was registered for', async () => {
    for (const accessTokenSigningAlg of ['RS256', 'EdDSA', 'ES256'] as const) {
      const api = await anApi(app, { accessTokenSigningAlg });
      await giveAccess(app, service, api);
      const { body } = await ofService({ resource: api.identifier });
      const { protectedHeader } = await verify(body.access_token ?? '', api.identifier);
      expect(protectedHeader.alg).toBe(accessTokenSigningAlg);
    }
  });

  requirement('RFC 9068 §4', 'is for its API alone', async () => {
    await expect(verify(await ofPerson(), 'https://another.example')).rejects.toMatchObject({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    });
  });

  requirement('RFC 9068 §5', 'cannot be taken for an ID token, nor an ID token for it', async () => {
    const tokens = await signInFor(app, party, person, orders, 'openid orders:read');
    const idToken = tokens.id_token ?? '';
    expect(decodeProtectedHeader(idToken).typ).not.toBe('at+jwt');
    await expect(verify(idToken)).rejects.toThrow();
    const introspected = await tokenRequest(app, client, { token: idToken }, '/oauth/introspect');
    expect(introspected.body).toEqual({ active: false });
  });
});

describe('a token for an app itself', () => {
  requirement('RFC 9068 §2.2', 'names the client as its subject', async () => {
    const { body } = await ofService();
    const { payload } = await verify(body.access_token ?? '');
    expect(payload).toMatchObject({ sub: service.clientId, client_id: service.clientId });
    expect(payload).not.toHaveProperty('auth_time');
    expect(payload).not.toHaveProperty('amr');
  });

  requirement('RFC 9449 §6.1', 'is bound to the key that was proven', async () => {
    const key = await aKey();
    const dpop = await aProof(key, app, { path: '/oauth/token' });
    const answer = await tokenRequest(
      app,
      service,
      { grant_type: 'client_credentials', resource: orders.identifier },
      '/oauth/token',
      { dpop },
    );
    expect(answer.body.token_type).toBe('DPoP');
    expect((await verify(answer.body.access_token ?? '')).payload.cnf).toEqual({ jkt: key.thumbprint });
  });
});

describe('at this server', () => {
  requirement('RFC 9068 §4', 'a token for an API opens nothing here', async () => {
    const token = await ofPerson();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    expect((await fetch(`${app.issuer}/oauth/userinfo`, { headers })).status).toBe(401);
    const body = '{"query":"{ me { __typename } }"}';
    expect((await fetch(`${app.issuer}/graphql`, { method: 'POST', headers, body })).status).toBe(401);
  });

  requirement('RFC 7662 §2.2', 'introspection tells the same of it as it tells itself', async () => {
    const token = await ofPerson();
    const { body } = await tokenRequest(app, client, { token }, '/oauth/introspect');
    const { iss, aud, sub, client_id, scope, exp, iat } = decodeJwt(token);
    expect(body).toMatchObject({ active: true, iss, aud, sub, client_id, scope, exp, iat, token_type: 'Bearer' });
  });

  test.each<[string, (token: string) => string]>([
    [
      'whose claims were changed',
      (token) => token.replace(/\.[^.]+\./, `.${btoa('{"jti":"x"}').replaceAll('=', '')}.`),
    ],
    ['without its signature', (token) => token.slice(0, token.lastIndexOf('.') + 1)],
    [
      'with another algorithm',
      (token) => token.replace(/^[^.]+/, btoa('{"alg":"none","typ":"at+jwt"}').replaceAll('=', '')),
    ],
    ['that was cut', (token) => token.slice(0, -3)],
    ['with something behind it', (token) => `${token}.x`],
  ])('a token %s is none', async (_what, forge) => {
    const token = await ofPerson();
    const { status, body } = await tokenRequest(app, client, { token: forge(token) }, '/oauth/introspect');
    expect([status, body]).toEqual([200, { active: false }]);
  });

  requirement('RFC 7009 §2', 'it can be given back before its time, with everything of its family', async () => {
    const tokens = await signInFor(app, party, person, orders, 'orders:read offline_access');
    const token = tokens.access_token ?? '';
    expect((await tokenRequest(app, client, { token }, '/oauth/revoke')).status).toBe(200);
    expect((await tokenRequest(app, client, { token }, '/oauth/introspect')).body).toEqual({ active: false });
    const refreshed = await tokenRequest(app, client, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    });
    expect(refreshed.body.error).toBe('invalid_grant');
  });

  requirement('RFC 7662 §4', 'of services, those see it that an administrator gave access to its API', async () => {
    const token = await ofPerson();
    const ask = async (by: TestClient) => (await tokenRequest(app, by, { token }, '/oauth/introspect')).body;
    expect(await ask(service)).toMatchObject({ active: true, aud: orders.identifier });
    const elsewhere = await anApp(app, { type: 'service', grantTypes: ['client_credentials'], trusted: true });
    await giveAccess(app, elsewhere, await anApi(app));
    const another = await anApp(app);
    await giveAccess(app, another, orders);
    for (const by of [elsewhere, another]) expect(await ask(by)).toEqual({ active: false });
  });

  test('another app can neither end nor see it', async () => {
    const stranger = await anApp(app);
    const token = await ofPerson();
    expect((await tokenRequest(app, stranger, { token }, '/oauth/introspect')).body).toEqual({ active: false });
    expect((await tokenRequest(app, stranger, { token }, '/oauth/revoke')).body.error).toBe('unauthorized_client');
    expect((await tokenRequest(app, client, { token }, '/oauth/introspect')).body.active).toBe(true);
  });
});
