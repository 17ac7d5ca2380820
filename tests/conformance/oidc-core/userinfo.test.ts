/** The UserInfo endpoint, by every way to ask it and in both forms of its answer. */
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let person: Person;
let token: string;
beforeAll(async () => {
  app = await createTestApp();
  client = await anApp(app, { trusted: true });
  person = await aSignedInPerson(app);
  token = (await (await RelyingParty.discover(app, client)).signIn(person, 'openid email')).access_token;
});
afterAll(() => app.close());

const ask = (init: RequestInit, query = '') => fetch(`${app.issuer}/oauth/userinfo${query}`, init);
const bearer = () => ({ authorization: `Bearer ${token}` });
const form = (fields: Record<string, string> | [string, string][]) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});

requirement(
  'OpenID Connect Core §5.3.1',
  'is asked by GET, by POST with the header, and by POST with the token in the form',
  async () => {
    for (const init of [
      { headers: bearer() },
      { method: 'POST', headers: bearer() },
      { ...form({ other: 'x' }), headers: bearer() },
      form({ access_token: token }),
    ]) {
      const answer = await ask(init);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await answer.json()).toMatchObject({ sub: person.account.id, email: `${person.username}@example.org` });
    }
  },
);

requirement('RFC 6750 §2', 'a token in two places at once is invalid_request', async () => {
  const answer = await ask({ ...form({ access_token: token }), headers: bearer() });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
});

requirement('RFC 6750 §2.2', 'a token in the body counts only in a form that is well made, and once', async () => {
  const json = { 'content-type': 'application/json' };
  expect((await ask({ method: 'POST', body: JSON.stringify({ access_token: token }), headers: json })).status).toBe(
    401,
  );
  const twice = await ask(
    form([
      ['access_token', token],
      ['access_token', token],
    ]),
  );
  expect([twice.status, await twice.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_request' })]);
  expect((await ask(form({ access_token: '' }))).status).toBe(401);
  expect((await ask(form({ access_token: `${token} x\n` }))).status).toBe(401);
});

requirement('RFC 9700 §4.3.2', 'a token in the query is no token', async () => {
  expect((await ask({}, `?access_token=${token}`)).status).toBe(401);
  expect((await ask({ method: 'POST' }, `?access_token=${token}`)).status).toBe(401);
});

requirement('OpenID Connect Core §5.3.3', 'errors are those of RFC 6750, with the challenge', async () => {
  const none = await ask({});
  expect([none.status, none.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringMatching(/^Bearer realm="latchkey"/),
  ]);
  const wrong = await ask({ headers: { authorization: 'Bearer wrong' } });
  expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
  expect(await wrong.json()).toMatchObject({ error: 'invalid_token' });
});

requirement(
  'OpenID Connect Core §5.3',
  'a token without the scope openid, or of an app for itself, is refused',
  async () => {
    const { body } = await tokenRequest(app, client, { grant_type: 'client_credentials', scope: 'read' });
    const answer = await ask({ headers: { authorization: `Bearer ${body.access_token}` } });
    expect([answer.status, await answer.json()]).toEqual([
      403,
      expect.objectContaining({ error: 'insufficient_scope' }),
    ]);
  },
);

requirement('OpenID Connect Core §5.3', 'pages of any origin may ask, without cookies', async () => {
  const answer = await ask({ headers: { ...bearer(), origin: 'https://spa.example' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  const preflight = await ask({
    method: 'OPTIONS',
    headers: {
      origin: 'https://spa.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  });
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
});

for (const algorithm of ['ES256', 'RS256', 'EdDSA'] as const) {
  requirement(
    'OpenID Connect Core §5.3.2',
    'an app that registered so is answered by a JWT, signed as it chose',
    async () => {
      const signed = await anApp(app, {
        trusted: true,
        userinfoSignedResponseAlg: algorithm,
        idTokenSignedResponseAlg: algorithm,
      });
      const party = await RelyingParty.discover(app, signed);
      const tokens = await party.signIn(person, 'openid email');
      const answer = await ask({ headers: { authorization: `Bearer ${tokens.access_token}` } });
      expect(answer.headers.get('content-type')).toBe('application/jwt');
      const { payload, protectedHeader } = await jwtVerify(
        await answer.text(),
        createRemoteJWKSet(new URL(`${app.issuer}/oauth/jwks`)),
        { issuer: app.issuer, audience: signed.clientId },
      );
      expect(protectedHeader.alg).toBe(algorithm);
      expect(payload).toMatchObject({ sub: person.account.id, email: `${person.username}@example.org` });
      oidc.enableNonRepudiationChecks(party.configuration);
      expect(await oidc.fetchUserInfo(party.configuration, tokens.access_token, person.account.id)).toMatchObject({
        email_verified: true,
      });
    },
  );
}

requirement('OpenID Connect Core §3.1.2.1', 'signed UserInfo is no id_token_hint', async () => {
  const signed = await anApp(app, { trusted: true, userinfoSignedResponseAlg: 'ES256' });
  const party = await RelyingParty.discover(app, signed);
  const tokens = await party.signIn(person, 'openid');
  const answer = await ask({ headers: { authorization: `Bearer ${tokens.access_token}` } });
  const id_token_hint = await answer.text();
  expect(decodeJwt(id_token_hint).sub).toBe(person.account.id);
  const { location } = await person.browser.get((await party.begin('openid', { id_token_hint })).url.href);
  expect(new URL(location ?? '').searchParams.get('error')).toBe('invalid_request');
});
