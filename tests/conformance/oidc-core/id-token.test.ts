/** The ID token, checked as an app would check it, and the code that it comes from. */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClock } from '../../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
let person: Person;
const clock = new TestClock();
beforeAll(async () => {
  app = await createTestApp({ clock });
  client = await anApp(app, { trusted: true, requirePkce: false });
  party = await RelyingParty.discover(app, client);
  person = await aSignedInPerson(app);
});
afterAll(() => app.close());

const seconds = () => Math.floor(clock.now().getTime() / 1000);

/** As the suite's clients ask: without PKCE, without nonce. */
const plainCode = async (more: Record<string, string> = {}): Promise<string> => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: 'openid',
    ...more,
  });
  const { location } = await person.browser.get(`/oauth/authorize?${query}`);
  return new URL(location ?? '').searchParams.get('code') ?? '';
};

const redeem = (code: string, at: TestClient = client) =>
  tokenRequest(app, at, { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri });

requirement('OpenID Connect Core §2', 'says who issued it, to whom, about whom, when, and until when', async () => {
  const { id_token = '' } = (await redeem(await plainCode())).body;
  expect(decodeJwt(id_token)).toMatchObject({
    iss: app.issuer,
    aud: client.clientId,
    sub: person.account.id,
    iat: seconds(),
    auth_time: expect.any(Number),
  });
  expect(Number(decodeJwt(id_token).exp)).toBeGreaterThan(seconds());
});

requirement(
  'OpenID Connect Core §2',
  'holds the nonce of the request unchanged, and none where none was sent',
  async () => {
    const nonce = 'n-0S6_WzA2Mj " é';
    expect(decodeJwt((await redeem(await plainCode({ nonce }))).body.id_token ?? '').nonce).toBe(nonce);
    expect(decodeJwt((await redeem(await plainCode())).body.id_token ?? '')).not.toHaveProperty('nonce');
  },
);

requirement('OpenID Connect Core §2', 'acr and amr say how the person signed in, auth_time when', async () => {
  const signedInAt = seconds();
  const somebody = await aSignedInPerson(app);
  clock.advance(100);
  const tokens = await party.signIn(somebody, 'openid');
  expect(tokens.claims()).toMatchObject({ acr: 'urn:latchkey:acr:1fa', amr: ['pwd'], auth_time: signedInAt });
});

requirement(
  'OpenID Connect Core §12.2',
  'of a refresh keeps iss, sub, aud and auth_time, and has no nonce',
  async () => {
    const tokens = await party.signIn(person, 'openid offline_access');
    const before = tokens.claims();
    clock.advance(50);
    const after = (await oidc.refreshTokenGrant(party.configuration, tokens.refresh_token ?? '')).claims();
    expect(after).toMatchObject({
      iss: before?.iss,
      sub: before?.sub,
      aud: before?.aud,
      auth_time: before?.auth_time,
      iat: seconds(),
    });
    expect(after).not.toHaveProperty('nonce');
  },
);

for (const [algorithm, hash] of [
  ['ES256', 'sha256'],
  ['RS256', 'sha256'],
  ['EdDSA', 'sha512'],
] as const) {
  requirement(
    'OpenID Connect Core §3.1.3.6',
    'is signed as the app registered, and at_hash is made with the hash of that algorithm',
    async () => {
      const chosen = await anApp(app, { trusted: true, idTokenSignedResponseAlg: algorithm });
      const other = await RelyingParty.discover(app, chosen);
      const tokens = await other.signIn(person, 'openid');
      const keys = createRemoteJWKSet(new URL(`${app.issuer}/oauth/jwks`));
      const { payload, protectedHeader } = await jwtVerify(tokens.id_token ?? '', keys, {
        issuer: app.issuer,
        audience: chosen.clientId,
        currentDate: clock.now(),
      });
      expect(protectedHeader).toMatchObject({ alg: algorithm, kid: expect.any(String) });
      const digest = createHash(hash).update(tokens.access_token).digest();
      expect(payload.at_hash).toBe(digest.subarray(0, digest.length / 2).toString('base64url'));
    },
  );
}

requirement('OpenID Connect Core §3.1.2.1', 'requests without openid are plain OAuth: no ID token', async () => {
  const { body } = await redeem(await plainCode({ scope: 'read' }));
  expect(body.access_token).toBeTruthy();
  expect(body).not.toHaveProperty('id_token');
});

requirement(
  'OpenID Connect Core §3.1.3.2',
  'the redirect_uri of the token request is that of the authorization request',
  async () => {
    for (const redirect_uri of [`${client.redirectUri}/`, undefined]) {
      const code = await plainCode();
      const { body } = await tokenRequest(app, client, {
        grant_type: 'authorization_code',
        code,
        ...(redirect_uri === undefined ? {} : { redirect_uri }),
      });
      expect(body.error).toBe('invalid_grant');
    }
  },
);

requirement('OpenID Connect Core §3.1.3.2', 'a code belongs to the app that it was issued to', async () => {
  const code = await plainCode();
  expect((await redeem(code, await anApp(app))).body.error).toBe('invalid_grant');
  expect((await redeem(code)).status).toBe(200);
});

const isLive = async (token: string | undefined) =>
  (await fetch(`${app.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status === 200;

for (const wait of [0, 30, 300]) {
  requirement(
    'RFC 6749 §4.1.2',
    'a code that is used again gives nothing, and ends what it gave, also later',
    async () => {
      const code = await plainCode({ scope: 'openid offline_access' });
      const { access_token, refresh_token } = (await redeem(code)).body;
      expect(await isLive(access_token)).toBe(true);
      clock.advance(wait);
      expect((await redeem(code)).body.error).toBe('invalid_grant');
      expect(await isLive(access_token)).toBe(false);
      const refreshed = await tokenRequest(app, client, {
        grant_type: 'refresh_token',
        refresh_token: refresh_token ?? '',
      });
      expect(refreshed.body.error).toBe('invalid_grant');
    },
  );
}

requirement('RFC 6749 §4.1.2', 'a code that nobody used expires after a minute', async () => {
  const code = await plainCode();
  clock.advance(61);
  expect((await redeem(code)).body.error).toBe('invalid_grant');
});

test('a person who signs in again in the same browser has the same sid, another browser another', async () => {
  const [first, again] = [await party.signIn(person, 'openid'), await party.signIn(person, 'openid')];
  expect(first.claims()?.sid).toBe(again.claims()?.sid);
  const other = await aSignedInPerson(app);
  expect((await party.signIn(other, 'openid')).claims()?.sid).not.toBe(first.claims()?.sid);
});
