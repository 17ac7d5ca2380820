/** What others were attacked by: each test names the class of a real advisory. */
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { send } from '../http/request.ts';
import { anApp, aPerson, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { postedAnswer } from '../support/posted-answer.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields, TestBrowser } from '../support/test-browser.ts';
import { basic, tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let other: TestApp;
let client: TestClient;
let party: RelyingParty;
let person: Person;

beforeAll(async () => {
  app = await createTestApp();
  other = await createTestApp({ beside: app });
  client = await anApp(app, { trusted: true });
  party = await RelyingParty.discover(app, client);
  person = await aSignedInPerson(app);
});
afterAll(async () => {
  await other.close();
  await app.close();
});

describe('a flow that is turned off stays off (Keycloak CVE-2026-7571, GHSA-9vm7-v8wj-3fqw)', () => {
  const types = [
    'token',
    'id_token',
    'code token',
    'code id_token',
    'code id_token token',
    'none',
    'CODE',
    'code code',
  ];
  const modes = ['fragment', 'query.jwt', 'fragment.jwt', 'form_post.jwt', 'jwt', 'web_message', 'QUERY'];

  test.each([
    ...types.map((response_type) => ({ response_type })),
    ...modes.map((response_mode) => ({ response_mode })),
    ...modes.map((response_mode) => ({ response_type: 'token', response_mode })),
  ])('%j', async (asked) => {
    for (const browser of [person.browser, new TestBrowser(app.issuer)]) {
      const { url } = await party.begin('openid', asked);
      const { location } = await browser.get(url.href);
      const answer = new URL(location ?? '');
      expect(answer.origin + answer.pathname).toBe(client.redirectUri);
      expect(answer.hash).toBe('');
      expect(answer.searchParams.get('error')).toMatch(/^(unsupported_response_type|invalid_request)$/);
      for (const name of ['code', 'access_token', 'id_token', 'response'])
        expect(answer.searchParams.has(name)).toBe(false);
    }
  });

  test.each(types)('%s, answered by a form', async (response_type) => {
    const { url } = await party.begin('openid', { response_type, response_mode: 'form_post' });
    const { action, fields } = postedAnswer(await person.browser.get(url.href));
    expect(action).toBe(client.redirectUri);
    expect(Object.keys(fields).sort()).toEqual(['error', 'error_description', 'iss', 'state']);
    expect(fields.error).toBe('unsupported_response_type');
  });

  test('also after a sign-in in between, whatever is added to the address of the waiting request', async () => {
    const somebody = await aPerson(app);
    const { url } = await party.begin('openid');
    const waiting = (await somebody.browser.get(url.href)).location ?? '';
    const changed = `${waiting}?response_type=token&response_mode=fragment&redirect_uri=https://evil.example/&scope=openid+email`;
    const signIn = (await somebody.browser.get(changed)).location ?? '';
    expect(signIn).not.toContain('evil');
    const back = await somebody.browser.signIn(somebody.username, somebody.password, signIn);
    const { location } = await somebody.browser.get(
      `${back.location}?response_mode=fragment&redirect_uri=https://evil.example/`,
    );
    const answer = new URL(location ?? '');
    expect([answer.origin + answer.pathname, answer.hash]).toEqual([client.redirectUri, '']);
    expect(answer.searchParams.get('code')).toMatch(/^lk_ac_/);
  });
});

describe('a credential is what it is, to the letter (Zitadel CVE-2026-27840)', () => {
  const distorted = (credential: string): string[] => [
    credential.slice(0, -1),
    credential.slice(0, -6),
    credential.slice(0, 30),
    `${credential}A`,
    `${credential}=`,
    `${credential}.`,
    credential.toLowerCase(),
    credential.toUpperCase(),
    credential.replace('lk_', ''),
    credential.replace('_', '-'),
    `${credential},${credential}`,
    `${credential.slice(0, -1)}${credential.endsWith('A') ? 'B' : 'A'}`,
  ];

  test('an access token', async () => {
    const { access_token } = await party.signIn(person, 'openid');
    const ask = async (token: string) =>
      (await send(app.issuer, '/oauth/userinfo', { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await ask(access_token)).toBe(200);
    for (const wrong of distorted(access_token)) {
      if (wrong === access_token) continue;
      expect(await ask(wrong), wrong).toBe(401);
      expect((await oidc.tokenIntrospection(party.configuration, wrong)).active, wrong).toBe(false);
    }
    for (const noise of [' ', '%00', '\t']) {
      expect((await tokenRequest(app, client, { token: `${access_token}${noise}` }, '/oauth/introspect')).body).toEqual(
        {
          active: false,
        },
      );
    }
  });

  test('a code', async () => {
    const request = await party.begin('openid');
    const code = (await party.authorize(person, request)).searchParams.get('code') ?? '';
    const redeem = (presented: string) =>
      tokenRequest(app, client, {
        grant_type: 'authorization_code',
        code: presented,
        redirect_uri: client.redirectUri,
        code_verifier: request.verifier,
      });
    for (const wrong of distorted(code)) expect((await redeem(wrong)).body.error, wrong).toBe('invalid_grant');
    expect((await redeem(code)).status).toBe(200);
  });

  test('a session', async () => {
    const cookie = person.browser.cookie('latchkey_session') ?? '';
    const name = `latchkey_session_${new URL(app.issuer).port}`;
    for (const wrong of [...distorted(cookie), `"${cookie}"`, encodeURIComponent(`${cookie} `)]) {
      const browser = new TestBrowser(app.issuer);
      browser.setCookie(name, wrong);
      expect((await browser.get('/sign-out')).body, wrong).not.toContain('id="sign-out"');
    }
  });

  test('a client secret, in the body and by Basic', async () => {
    const posting = await anApp(app, { authMethod: 'client_secret_post' });
    for (const wrong of distorted(posting.clientSecret)) {
      const fields = { grant_type: 'client_credentials', client_id: posting.clientId, client_secret: wrong };
      expect((await tokenRequest(app, null, fields)).status, wrong).toBe(401);
    }
    for (const wrong of distorted(client.clientSecret)) {
      const named = { ...client, clientSecret: wrong };
      expect((await tokenRequest(app, named, { grant_type: 'client_credentials' })).status, wrong).toBe(401);
    }
  });
});

describe('whoever is locked out has access to nothing (authentik CVE-2025-64521, better-auth GHSA-2vg6-77g8-24mp)', () => {
  test('from the same moment, on every node', async () => {
    const somebody = await aSignedInPerson(app);
    const tokens = await party.signIn(somebody, 'openid read profile offline_access');
    const pending = await party.begin('openid');
    const callback = await party.authorize(somebody, pending);
    const authorization = `Bearer ${tokens.access_token}`;
    const seen = async (node: TestApp) => {
      const graphql = { method: 'POST', body: '{"query":"{ me { id } }"}' };
      const json = { authorization, 'content-type': 'application/json' };
      const silent = await party.begin('openid', { prompt: 'none' });
      const { location } = await somebody.browser.get(`${node.origin}${silent.url.pathname}${silent.url.search}`);
      return [
        (await send(node.origin, '/graphql', { ...graphql, headers: json })).status,
        (await send(node.origin, '/oauth/userinfo', { headers: { authorization } })).status,
        (await send(node.origin, '/profile/', { headers: { authorization } })).status,
        (await tokenRequest({ issuer: node.origin }, client, { token: tokens.access_token }, '/oauth/introspect')).body
          .active,
        (
          await tokenRequest(
            { issuer: node.origin },
            client,
            { token: tokens.refresh_token ?? '' },
            '/oauth/introspect',
          )
        ).body.active,
        (await somebody.browser.get(`${node.origin}/sign-out`)).body.includes('id="sign-out"'),
        new URL(location ?? '').searchParams.get('error'),
      ];
    };
    for (const node of [app, other]) expect(await seen(node)).toEqual([200, 200, 200, true, true, true, null]);
    await app.orm.em.fork().nativeUpdate(Account, { id: somebody.account.id }, { lockedAt: app.clock.now() });
    for (const node of [other, app]) {
      expect(await seen(node)).toEqual([401, 401, 401, false, false, false, 'login_required']);
    }
    const refreshed = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    expect((await tokenRequest(app, client, refreshed)).body.error).toBe('invalid_grant');
    await expect(party.finish(callback, pending)).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

describe('what a request says of its host is not believed (Zitadel CVE-2025-64101, GHSA-93m4-mfpg-c3xf)', () => {
  const spoofed = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '666',
    'x-original-host': 'evil.example',
    'x-forwarded-prefix': '/evil',
    'x-original-url': '/evil',
    'x-rewrite-url': '/evil',
    forwarded: 'for=1.2.3.4;host=evil.example;proto=https',
  };

  test.each([
    ...['/', '/sign-in', '/sign-up?continue=/account', '/sign-out', '/oauth/jwks', '/.well-known/openid-configuration'],
    ...['/.well-known/oauth-authorization-server', '/.well-known/oauth-protected-resource/graphql', '/no/such/place'],
    ...['/oauth/authorize?client_id=nobody', '/oauth/userinfo', '/profile/', '/callback?code=x'],
  ])('at %s', async (path) => {
    for (const accept of ['text/html', 'application/json']) {
      const { headers, body } = await send(app.issuer, path, { headers: { ...spoofed, accept } });
      expect(`${JSON.stringify(headers)}${body}`).not.toMatch(/evil|:666\b/);
    }
  });

  test('nor where a person signs up: the link in the mail is the issuer’s', async () => {
    const page = await person.browser.get('/sign-up');
    const answer = await send(app.issuer, '/sign-up?continue=//evil.example/', {
      method: 'POST',
      headers: { ...spoofed, cookie: person.browser.cookieHeader, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...hiddenFields(page.body),
        username: 'spoofed',
        email: 'spoofed@example.org',
        password: 'correct horse',
      }).toString(),
    });
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
    const inbox = await new TestBrowser(app.issuer).get('/inbox');
    expect(inbox.body).toContain(`href="${app.issuer}/confirm-email?`);
    expect(inbox.body).not.toContain('evil');
  });

  test('nor where an app authenticates', async () => {
    const answer = await send(app.issuer, '/oauth/token', {
      method: 'POST',
      headers: { ...spoofed, authorization: basic(client), 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer)).not.toContain('evil');
  });
});
