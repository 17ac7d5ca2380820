/** OpenID Connect Dynamic Client Registration 1.0. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { register, tryToRegister } from '../../support/registration.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
let sector: Server;
let sectorOrigin: string;
/** What the party's server answers, by path. */
const documents = new Map<string, string>();
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_CLIENT_REGISTRATION: 'open' } });
  sector = createServer((req, res) => {
    const text = documents.get(req.url ?? '');
    res.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(text);
  }).listen(0, '127.0.0.1');
  await once(sector, 'listening');
  sectorOrigin = `http://127.0.0.1:${(sector.address() as AddressInfo).port}`;
});
afterAll(async () => {
  sector.close();
  await app.close();
});

const web = { client_name: 'Forum', redirect_uris: ['https://forum.example.org/callback'] };
const errorOf = async (metadata: object): Promise<string> =>
  (await tryToRegister(app, { ...web, ...metadata })).body.error;

requirement(
  'OpenID Connect Registration §2',
  'ID tokens are signed with RS256 unless the client says otherwise',
  async () => {
    expect(await register(app, web)).toMatchObject({ id_token_signed_response_alg: 'RS256', application_type: 'web' });
    const signed = { id_token_signed_response_alg: 'ES256', userinfo_signed_response_alg: 'RS256' };
    expect(await register(app, { ...web, ...signed })).toMatchObject(signed);
    for (const alg of ['none', 'HS256', 'RS1', 'PS256']) {
      expect(await errorOf({ id_token_signed_response_alg: alg })).toBe('invalid_client_metadata');
    }
  },
);

requirement('OpenID Connect Registration §2', 'every member that concerns a code flow is kept and told', async () => {
  const { publicKey } = await generateKeyPair('RS256');
  const metadata = {
    ...web,
    application_type: 'web',
    logo_uri: 'https://forum.example.org/logo.png',
    policy_uri: 'https://forum.example.org/policy',
    tos_uri: 'https://forum.example.org/terms',
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }] },
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    request_object_signing_alg: 'RS256',
    subject_type: 'pairwise',
    default_max_age: 3600,
    require_auth_time: true,
    initiate_login_uri: 'https://forum.example.org/start',
    post_logout_redirect_uris: ['https://forum.example.org/bye'],
    backchannel_logout_uri: 'https://forum.example.org/back',
    backchannel_logout_session_required: true,
    frontchannel_logout_uri: 'https://forum.example.org/front',
    frontchannel_logout_session_required: true,
  };
  const registered = await register(app, metadata);
  expect(registered).toMatchObject(metadata);
  expect(registered).not.toHaveProperty('client_secret');
});

requirement(
  'OpenID Connect Registration §2',
  'keys are given by value or by address, not both, and are public',
  async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const keys = [await exportJWK(publicKey)];
    expect(await errorOf({ jwks: { keys }, jwks_uri: 'https://forum.example.org/jwks' })).toBe(
      'invalid_client_metadata',
    );
    expect(await errorOf({ jwks: { keys: [await exportJWK(privateKey)] } })).toBe('invalid_client_metadata');
    expect(await register(app, { ...web, jwks_uri: 'https://forum.example.org/jwks' })).toMatchObject({
      jwks_uri: 'https://forum.example.org/jwks',
    });
  },
);

requirement('OpenID Connect Registration §5', 'the document of a sector must list every redirect URI', async () => {
  const sectorIdentifier = (name: string) => ({
    subject_type: 'pairwise',
    sector_identifier_uri: `${sectorOrigin}${name}`,
    redirect_uris: ['https://one.example.org/callback', 'https://two.example.org/callback'],
  });
  documents.set('/all', JSON.stringify(sectorIdentifier('').redirect_uris));
  documents.set('/some', JSON.stringify(['https://one.example.org/callback']));
  documents.set('/object', '{}');
  documents.set('/broken', '[');
  expect(await register(app, sectorIdentifier('/all'))).toMatchObject(sectorIdentifier('/all'));
  for (const name of ['/some', '/object', '/broken', '/missing']) {
    expect(await errorOf(sectorIdentifier(name))).toBe('invalid_client_metadata');
  }
  expect(await errorOf({ sector_identifier_uri: 'https://10.0.0.1/sector' })).toBe('invalid_client_metadata');
});

requirement(
  'OpenID Connect Registration §5',
  'pairwise subjects on several hosts need a sector identifier',
  async () => {
    const redirect_uris = ['https://one.example.org/callback', 'https://two.example.org/callback'];
    expect(await errorOf({ subject_type: 'pairwise', redirect_uris })).toBe('invalid_client_metadata');
    expect(await register(app, { ...web, redirect_uris, subject_type: 'public' })).toMatchObject({ redirect_uris });
  },
);

requirement('OpenID Connect Registration §2.1', 'names in other languages are no error', async () => {
  expect(await register(app, { ...web, 'client_name#ja-Jpan-JP': 'クライアント名' })).toMatchObject(web);
});

requirement('OpenID Connect Registration §2', 'a native client may have a secret of its own', async () => {
  const native = { application_type: 'native', redirect_uris: ['org.example.forum:/callback'] };
  expect(await register(app, { ...web, ...native })).toMatchObject({ ...native, client_secret: expect.any(String) });
  expect(await errorOf({ application_type: 'web', redirect_uris: native.redirect_uris })).toBe('invalid_redirect_uri');
});

requirement(
  'OpenID Connect Front-Channel Logout §2',
  'the logout page is on the origin of a redirect URI',
  async () => {
    for (const uri of [
      'https://forum.example.org:8443/front',
      'https://evil.example/front',
      'http://forum.example.org/',
    ]) {
      expect(await errorOf({ frontchannel_logout_uri: uri })).toBe('invalid_client_metadata');
    }
  },
);

requirement('OpenID Connect Registration §3.1', 'openid-client registers by what discovery says', async () => {
  const config = await client.dynamicClientRegistration(
    new URL(app.issuer),
    { redirect_uris: ['https://forum.example.org/callback'], client_name: 'Forum' },
    undefined,
    { execute: [client.allowInsecureRequests] },
  );
  expect(config.clientMetadata()).toMatchObject({ client_id: expect.any(String), client_secret: expect.any(String) });
});
