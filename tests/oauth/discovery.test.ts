import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anApp, aSignedInPerson } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { requirement } from '../support/requirement.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const get = async (path: string) => (await fetch(app.issuer + path)).json();

describe('metadata', () => {
  requirement(
    'RFC 8414 §3',
    'the metadata is the same for OpenID and OAuth, and announces only what works',
    async () => {
      const openid = await get('/.well-known/openid-configuration');
      expect(await get('/.well-known/oauth-authorization-server')).toEqual(openid);
      expect(openid).toMatchObject({
        issuer: app.issuer,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        grant_types_supported: [
          'authorization_code',
          'refresh_token',
          'client_credentials',
          'urn:ietf:params:oauth:grant-type:device_code',
          'urn:ietf:params:oauth:grant-type:token-exchange',
        ],
        request_parameter_supported: true,
        request_uri_parameter_supported: false,
        id_token_signing_alg_values_supported: ['ES256', 'RS256', 'EdDSA'],
      });
      for (const [name, url] of Object.entries(openid as Record<string, unknown>)) {
        if (!name.endsWith('_endpoint') && name !== 'jwks_uri') continue;
        expect((await fetch(url as string)).status, name).not.toBe(404);
      }
    },
  );

  requirement('RFC 9728 §2', 'the metadata of the GraphQL API names this server', async () => {
    expect(await get('/.well-known/oauth-protected-resource/graphql')).toMatchObject({
      resource: `${app.issuer}/graphql`,
      authorization_servers: [app.issuer],
    });
  });

  test('does not follow what a request says of host and protocol', async () => {
    const response = await fetch(`${app.issuer}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' },
    });
    expect(await response.text()).not.toContain('evil');
  });
});

describe('an ID token', () => {
  test('is signed with ES256 by a published key, which has no private part', async () => {
    const { keys } = (await get('/oauth/jwks')) as { keys: Record<string, string>[] };
    for (const key of keys) expect(Object.keys(key)).not.toContain('d');
    const party = await RelyingParty.discover(app, await anApp(app));
    const tokens = await party.signIn(await aSignedInPerson(app), 'openid');
    const { protectedHeader } = await jwtVerify(
      tokens.id_token ?? '',
      createRemoteJWKSet(new URL(`${app.issuer}/oauth/jwks`)),
      { issuer: app.issuer, audience: party.client.clientId },
    );
    expect(protectedHeader.alg).toBe('ES256');
  });
});

describe('oauth4webapi, with no special options but plain http', () => {
  test('does the whole flow as a public client', async () => {
    const client = await anApp(app, { authMethod: 'none', type: 'spa' });
    const person = await aSignedInPerson(app);
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(app.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const rp: oauth.Client = { client_id: client.clientId };
    const request = await (await RelyingParty.discover(app, client)).begin('openid offline_access');
    const party = await RelyingParty.discover(app, client);
    const callback = oauth.validateAuthResponse(as, rp, await party.authorize(person, request), request.state);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      rp,
      oauth.None(),
      callback,
      client.redirectUri,
      request.verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, rp, response, {
      expectedNonce: request.nonce,
      requireIdToken: true,
    });
    const userinfo = await oauth.userInfoRequest(as, rp, tokens.access_token, insecure);
    expect((await oauth.processUserInfoResponse(as, rp, person.account.id, userinfo)).sub).toBe(person.account.id);
    const refreshed = await oauth.refreshTokenGrantRequest(as, rp, oauth.None(), tokens.refresh_token ?? '', insecure);
    const renewed = await oauth.processRefreshTokenResponse(as, rp, refreshed);
    const revoked = await oauth.revocationRequest(as, rp, oauth.None(), renewed.refresh_token ?? '', insecure);
    await oauth.processRevocationResponse(revoked);
    expect((await oauth.userInfoRequest(as, rp, renewed.access_token, insecure)).status).toBe(401);
  });

  test('uses client credentials and introspection as a confidential one', async () => {
    const client = await anApp(app);
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(app.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const rp: oauth.Client = { client_id: client.clientId };
    const authentication = oauth.ClientSecretBasic(client.clientSecret);
    const granted = await oauth.clientCredentialsGrantRequest(as, rp, authentication, new URLSearchParams(), insecure);
    const tokens = await oauth.processClientCredentialsResponse(as, rp, granted);
    const introspected = await oauth.introspectionRequest(as, rp, authentication, tokens.access_token, insecure);
    expect((await oauth.processIntrospectionResponse(as, rp, introspected)).active).toBe(true);
  });
});

describe('callers from other origins (CORS)', () => {
  const origin = 'https://spa.example';

  test('may use what takes tokens and client authentication, without credentials', async () => {
    for (const path of [
      '/oauth/token',
      '/oauth/revoke',
      '/oauth/userinfo',
      '/oauth/jwks',
      '/.well-known/openid-configuration',
      '/.well-known/oauth-protected-resource/graphql',
      '/graphql',
    ]) {
      const preflight = await fetch(app.issuer + path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
      expect(preflight.status, path).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin'), path).toBe('*');
      expect(preflight.headers.get('access-control-allow-credentials'), path).toBeNull();
      expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase(), path).toContain('authorization');
      const failure = await fetch(app.issuer + path, { headers: { origin } });
      expect(failure.headers.get('access-control-allow-origin'), path).toBe('*');
    }
  });

  test('may not read pages, the authorization endpoint or introspection', async () => {
    for (const path of ['/oauth/authorize', '/oauth/introspect', '/sign-in', '/sign-up', '/sign-out']) {
      const response = await fetch(app.issuer + path, { headers: { origin } });
      expect(response.headers.get('access-control-allow-origin'), path).toBeNull();
    }
  });
});
