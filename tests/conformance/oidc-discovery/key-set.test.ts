/** The key set, as programs read it that fetch it once and keep it (OpenID Connect Discovery, RFC 7517). */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect } from 'vitest';
import { anApp, aSignedInPerson } from '../../support/personas.ts';
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
  'the key set has a key for each algorithm that is announced, also before the first token was signed with it',
  async () => {
    const { keys } = (await get('/oauth/jwks')) as JSONWebKeySet;
    const { id_token_signing_alg_values_supported: announced } = (await get('/.well-known/openid-configuration')) as {
      id_token_signing_alg_values_supported: string[];
    };
    expect(keys.map(({ alg }) => alg).sort()).toEqual([...announced].sort());
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(announced.length);
    expect(await get('/oauth/jwks')).toEqual({ keys });
    for (const alg of ['ES256', 'RS256', 'EdDSA'] as const) {
      const party = await RelyingParty.discover(app, await anApp(app, { idTokenSignedResponseAlg: alg }));
      const { id_token = '' } = await party.signIn(await aSignedInPerson(app), 'openid');
      const { protectedHeader } = await jwtVerify(id_token, createLocalJWKSet({ keys }));
      expect(protectedHeader.alg).toBe(alg);
    }
  },
);
