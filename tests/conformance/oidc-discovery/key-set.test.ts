/** The key set, as programs read it that fetch it once and keep it (OpenID Connect Discovery, RFC 7517). */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect } from 'vitest';
import { anApp, aSignedInPerson, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const get = async (path: string) => (await fetch(app.issuer + path)).json();

requirement(
  'OpenID Connect Discovery §3',
  'the key set has a key for each algorithm that an app may get tokens with, also before the first token was signed with it',
  async () => {
    const before = (await get('/oauth/jwks')) as JSONWebKeySet;
    expect(before.keys.map(({ alg }) => alg)).toEqual(['ES256', 'RS256']);
    expect(await get('/oauth/jwks')).toEqual(before);
    const algorithms = ['ES256', 'RS256', 'EdDSA'] as const;
    const clients = await Promise.all(algorithms.map((alg) => anApp(app, { idTokenSignedResponseAlg: alg })));
    const { keys } = (await get('/oauth/jwks')) as JSONWebKeySet;
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(3);
    for (const [index, alg] of algorithms.entries()) {
      const party = await RelyingParty.discover(app, clients[index] as TestClient);
      const { id_token = '' } = await party.signIn(await aSignedInPerson(app), 'openid');
      const { protectedHeader } = await jwtVerify(id_token, createLocalJWKSet({ keys }));
      expect(protectedHeader.alg).toBe(alg);
    }
  },
);
