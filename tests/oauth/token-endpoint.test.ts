import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClock } from '../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { requirement } from '../support/requirement.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { basic, tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let other: TestApp;
const clock = new TestClock();
let client: TestClient;
let party: RelyingParty;
let person: Person;

beforeAll(async () => {
  app = await createTestApp({ clock });
  other = await createTestApp({ clock, beside: app });
  client = await anApp(app);
  party = await RelyingParty.discover(app, client);
  person = await aSignedInPerson(app);
});
afterAll(async () => {
  await other.close();
  await app.close();
});

interface Code {
  code: string;
  verifier: string;
}

const aCode = async (scope?: string): Promise<Code> => {
  const request = await party.begin(scope);
  const callback = await party.authorize(person, request);
  return { code: callback.searchParams.get('code') ?? '', verifier: request.verifier };
};

const redeem = ({ code, verifier }: Code, more: Record<string, string> = {}, by = client, on = app) =>
  tokenRequest(on, by, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUri,
    code_verifier: verifier,
    ...more,
  });

const isActive = async (token: string | undefined): Promise<boolean> =>
  (await oidc.tokenIntrospection(party.configuration, token ?? '')).active;

describe('an authorization code', () => {
  requirement(
    'RFC 6749 §4.1.2',
    'a code is redeemed once in fifty parallel requests on two nodes, and the replays end what it gave',
    async () => {
      const code = await aCode();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => redeem(code, {}, client, index % 2 === 0 ? app : other)),
      );
      const good = answers.filter((answer) => answer.status === 200);
      expect(good.length).toBe(1);
      expect(answers.filter((answer) => answer.body.error === 'invalid_grant').length).toBe(49);
      expect(await isActive(good[0]?.body.access_token)).toBe(false);
    },
  );

  requirement(
    'RFC 6749 §10.5',
    'a code that is used again half a minute later ends everything that it gave',
    async () => {
      for (const seconds of [30, 90]) {
        const code = await aCode();
        const { body } = await redeem(code);
        expect(await isActive(body.access_token)).toBe(true);
        clock.advance(seconds);
        expect((await redeem(code)).body.error).toBe('invalid_grant');
        expect(await isActive(body.access_token)).toBe(false);
        const refreshed = await tokenRequest(app, client, {
          grant_type: 'refresh_token',
          refresh_token: body.refresh_token ?? '',
        });
        expect(refreshed.body.error).toBe('invalid_grant');
      }
    },
  );

  test('is worth nothing after a minute', async () => {
    const code = await aCode();
    clock.advance(60);
    expect((await redeem(code)).body.error).toBe('invalid_grant');
  });

  requirement(
    'RFC 6749 §4.1.3',
    'a code is worth nothing to another client, which does not use it up either',
    async () => {
      const code = await aCode();
      const thief = await anApp(app);
      expect((await redeem(code, {}, thief)).body.error).toBe('invalid_grant');
      expect((await redeem(code)).status).toBe(200);
    },
  );

  test.each([
    ['without the verifier', { code_verifier: '' }],
    ['with another verifier', { code_verifier: 'a'.repeat(43) }],
    ['with the challenge as verifier', { code_verifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }],
    ['with another redirect URI', { redirect_uri: 'http://localhost:9999/other' }],
    ['without the redirect URI that the request named', { redirect_uri: '' }],
    ['with a code of another kind', { code: 'lk_at_0000000000000000000000000000000000000000000AAAAAA' }],
  ])('is refused %s', async (_how, more) => {
    const code = await aCode();
    const { status, body } = await redeem(code, more as Record<string, string>);
    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });

  requirement('RFC 9700 §4.8.2', 'a code that was asked for without PKCE takes no verifier', async () => {
    const old = await anApp(app, { requirePkce: false, trusted: true });
    const query = new URLSearchParams({
      client_id: old.clientId,
      redirect_uri: old.redirectUri,
      response_type: 'code',
      scope: 'openid',
    });
    const codeOf = async () =>
      new URL((await person.browser.get(`/oauth/authorize?${query}`)).location ?? '').searchParams.get('code') ?? '';
    const parameters = { grant_type: 'authorization_code', redirect_uri: old.redirectUri };
    const downgraded = await tokenRequest(app, old, {
      ...parameters,
      code: await codeOf(),
      code_verifier: 'a'.repeat(43),
    });
    expect(downgraded.body.error).toBe('invalid_grant');
    expect((await tokenRequest(app, old, { ...parameters, code: await codeOf() })).status).toBe(200);
  });

  test('is worth nothing once the person has signed out, revoked the app or was locked', async () => {
    const code = await aCode('openid');
    await person.browser.fillIn('/sign-out', {});
    expect((await redeem(code)).body.error).toBe('invalid_grant');
    await person.browser.signIn(person.username, person.password);
  });
});

describe('client credentials', () => {
  requirement(
    'RFC 6749 §4.4.3',
    'client credentials give an app a token of its own, without a refresh token',
    async () => {
      const { status, headers, body } = await tokenRequest(app, client, { grant_type: 'client_credentials' });
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        access_token: expect.stringMatching(/^lk_at_/),
        token_type: 'Bearer',
        expires_in: 600,
        scope: 'read',
      });
      expect(await oidc.tokenIntrospection(party.configuration, body.access_token ?? '')).toMatchObject({
        active: true,
        sub: client.clientId,
        client_id: client.clientId,
      });
      const userinfo = await fetch(`${app.issuer}/oauth/userinfo`, {
        headers: { authorization: `Bearer ${body.access_token}` },
      });
      expect(userinfo.status).toBe(403);
    },
  );

  test('give no scope that is a person’s or that the app may not have', async () => {
    for (const scope of ['openid', 'profile', 'admin:users:read', 'nonsense', '"']) {
      const { status, body } = await tokenRequest(app, client, { grant_type: 'client_credentials', scope });
      expect([status, body.error], scope).toEqual([400, 'invalid_scope']);
    }
  });

  test('are not for public clients, nor for apps that did not register the grant', async () => {
    const spa = await anApp(app, { authMethod: 'none', type: 'spa' });
    const asSpa = await tokenRequest(app, null, { grant_type: 'client_credentials', client_id: spa.clientId });
    expect([asSpa.status, asSpa.body.error]).toEqual([400, 'unauthorized_client']);
    const web = await anApp(app, { grantTypes: ['authorization_code'] });
    const asWeb = await tokenRequest(app, web, { grant_type: 'client_credentials' });
    expect([asWeb.status, asWeb.body.error]).toEqual([400, 'unauthorized_client']);
  });
});

describe('client authentication', () => {
  const parameters = { grant_type: 'client_credentials' };

  test('works by Basic and by the body', async () => {
    for (const [authMethod, method] of [
      ['client_secret_basic', oidc.ClientSecretBasic],
      ['client_secret_post', oidc.ClientSecretPost],
    ] as const) {
      const registered = await anApp(app, { authMethod });
      const by = await RelyingParty.discover(app, registered, method(registered.clientSecret));
      expect((await oidc.clientCredentialsGrant(by.configuration)).access_token).toMatch(/^lk_at_/);
    }
  });

  test.each([
    ['nobody', null, {}, 401, 'invalid_client'],
    ['an unknown client', { clientId: 'nobody', clientSecret: 'x' }, {}, 401, 'invalid_client'],
    ['a wrong secret', { clientSecret: 'wrong' }, {}, 401, 'invalid_client'],
    ['a secret in another case', { clientSecret: 'UPPER' }, {}, 401, 'invalid_client'],
    ['two methods at once', {}, { client_secret: 'BODY' }, 400, 'invalid_request'],
    ['two clients at once', {}, { client_id: 'other' }, 400, 'invalid_request'],
    ['an unknown grant', {}, { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant', {}, { grant_type: '' }, 400, 'invalid_request'],
  ] as const)('%s is refused as RFC 6749 §5.2 says', async (_who, as, more, status, error) => {
    const named = as === null ? null : { ...client, ...as };
    if (named?.clientSecret === 'UPPER') named.clientSecret = client.clientSecret.toUpperCase();
    const answer = await tokenRequest(app, named, { ...parameters, ...more });
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  });

  test('a public client says who it is and has no secret', async () => {
    const spa = await anApp(app, { authMethod: 'none', type: 'spa', trusted: true });
    const request = await party.begin('openid');
    request.url.searchParams.set('client_id', spa.clientId);
    const code = (await party.authorize(person, request)).searchParams.get('code') ?? '';
    const fields = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: spa.redirectUri,
      code_verifier: request.verifier,
      client_id: spa.clientId,
    };
    expect((await tokenRequest(app, null, { ...fields, client_secret: 'anything' })).body.error).toBe('invalid_client');
    expect((await tokenRequest(app, null, fields)).status).toBe(200);
  });

  test('a confidential client cannot pass for a public one', async () => {
    const { status, body } = await tokenRequest(app, null, { ...parameters, client_id: client.clientId });
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });
});

describe('hostile requests to the endpoints of apps', () => {
  const form = 'application/x-www-form-urlencoded';
  const paths = [
    '/oauth/token',
    '/oauth/revoke',
    '/oauth/introspect',
    '/o/token/',
    '/o/revoke_token/',
    '/o/introspect/',
  ];

  test.each(paths)('%s answers each with a 4xx and OAuth JSON', async (path) => {
    const good = { authorization: basic(client) };
    const bodies: [string, RequestInit, number][] = [
      ['GET', { method: 'GET' }, 405],
      ['PUT', { method: 'PUT', body: 'a=b' }, 405],
      ['no body', { method: 'POST', headers: good }, 400],
      [
        'JSON',
        {
          method: 'POST',
          body: '{"grant_type":"client_credentials"}',
          headers: { ...good, 'content-type': 'application/json' },
        },
        415,
      ],
      ['multipart', { method: 'POST', body: new FormData(), headers: good }, 415],
      [
        'another charset',
        { method: 'POST', body: 'a=b', headers: { ...good, 'content-type': `${form}; charset=utf-16` } },
        415,
      ],
      [
        'a repeated field',
        {
          method: 'POST',
          body: 'token=a&token=b&grant_type=x&grant_type=x',
          headers: { ...good, 'content-type': form },
        },
        400,
      ],
      [
        'NUL',
        {
          method: 'POST',
          body: 'token=%00&grant_type=client_credentials%00',
          headers: { ...good, 'content-type': form },
        },
        400,
      ],
      [
        'broken UTF-8',
        { method: 'POST', body: 'token=%ff&grant_type=%c3%28', headers: { ...good, 'content-type': form } },
        400,
      ],
      [
        'broken encoding',
        { method: 'POST', body: 'token=%&grant_type=%zz', headers: { ...good, 'content-type': form } },
        400,
      ],
      [
        'too large',
        { method: 'POST', body: `token=${'a'.repeat(1_000_000)}`, headers: { ...good, 'content-type': form } },
        413,
      ],
      [
        'too many fields',
        {
          method: 'POST',
          body: Array.from({ length: 5000 }, (_, i) => `a${i}=1`)
            .join('&')
            .slice(0, 16_000),
          headers: { ...good, 'content-type': form },
        },
        400,
      ],
      [
        'arrays',
        {
          method: 'POST',
          body: 'token[]=a&token[x]=b&grant_type[]=client_credentials',
          headers: { ...good, 'content-type': form },
        },
        400,
      ],
      [
        'a long Basic',
        {
          method: 'POST',
          body: 'token=x',
          headers: { authorization: `Basic ${'A'.repeat(9000)}`, 'content-type': form },
        },
        401,
      ],
      [
        'Bearer instead of Basic',
        { method: 'POST', body: 'token=x', headers: { authorization: 'Bearer x', 'content-type': form } },
        401,
      ],
    ];
    for (const [what, init, status] of bodies) {
      const response = await fetch(app.issuer + path, init);
      const text = await response.text();
      expect([what, response.status]).toEqual([what, status]);
      expect(JSON.parse(text)).toEqual({ error: expect.any(String), error_description: expect.any(String) });
      expect(text).not.toMatch(/at .+\.[jt]s/);
    }
  });
});
