/** Which API a token is for is said by `resource`, in every request that leads to one. */
import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Api } from '../../../server/apis/api.entity.ts';
import { ApiAccess } from '../../../server/apps/api-access.entity.ts';
import { anApi, giveAccess } from '../../support/apis.ts';
import { answerDevice, beginDevice, deviceGrant, poll, typeCode } from '../../support/device.ts';
import { callerFor } from '../../support/graphql-caller.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { basic, tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
let orders: Api;
let stock: Api;
let foreign: Api;
let person: Person;

beforeAll(async () => {
  app = await createTestApp();
  orders = await anApi(app, { name: 'Orders' });
  stock = await anApi(app, {
    name: 'Stock',
    scopes: [
      { name: 'orders:read', description: 'See what is ordered from the stock' },
      { name: 'stock:read', description: 'See the stock' },
    ],
  });
  foreign = await anApi(app);
  client = await anApp(app, {
    name: 'Shop',
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials', deviceGrant],
  });
  await giveAccess(app, client, orders);
  await giveAccess(app, client, stock);
  party = await RelyingParty.discover(app, client);
});
afterAll(() => app.close());

beforeEach(async () => {
  person = await aSignedInPerson(app);
});

const audienceOf = (token: string | undefined): unknown => decodeJwt(token ?? '').aud;
const isOpaque = (token: string | undefined): boolean => /^lk_at_/.test(token ?? '');

/** The authorization response's parameters. */
const authorize = async (scope: string, more: Record<string, string> = {}, resources: string[] = []) => {
  const request = await party.begin(scope, more);
  for (const resource of resources) request.url.searchParams.append('resource', resource);
  return { request, callback: await party.authorize(person, request) };
};

const redeem = async (scope: string, resources: string[], resource?: string) => {
  const { request, callback } = await authorize(scope, {}, resources);
  return tokenRequest(app, client, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    code_verifier: request.verifier,
    ...(resource === undefined ? {} : { resource }),
  });
};

describe('the authorization request', () => {
  requirement(
    'RFC 8707 §2',
    'a resource that is unknown, malformed or not for this app is an invalid_target',
    async () => {
      for (const resource of [
        foreign.identifier,
        'https://unknown.example',
        'no uri',
        `${orders.identifier}#x`,
        `${orders.identifier}/`,
      ]) {
        const { callback } = await authorize('openid', {}, [resource]);
        expect(callback.searchParams.get('error')).toBe('invalid_target');
        expect(callback.searchParams.get('iss')).toBe(app.issuer);
        expect(callback.searchParams.get('code')).toBeNull();
      }
    },
  );

  requirement('RFC 8707 §2', 'it may name several', async () => {
    const { callback } = await authorize('orders:read', {}, [orders.identifier, stock.identifier]);
    expect(callback.searchParams.get('code')).toMatch(/^lk_ac_/);
  });

  requirement('RFC 8707 §2.1', 'a scope of an API is asked for together with it, and never without', async () => {
    expect((await authorize('openid orders:read')).callback.searchParams.get('error')).toBe('invalid_scope');
    expect((await authorize('stock:read', {}, [orders.identifier])).callback.searchParams.get('error')).toBe(
      'invalid_scope',
    );
  });

  test('of an API, an app may ask for what it was given alone', async () => {
    const limited = await anApp(app);
    await giveAccess(app, limited, orders, ['orders:read']);
    const limitedParty = await RelyingParty.discover(app, limited);
    for (const [scope, error] of [
      ['orders:read', null],
      ['orders:write', 'invalid_scope'],
    ] as const) {
      const request = await limitedParty.begin(scope, { resource: orders.identifier });
      expect((await limitedParty.authorize(person, request)).searchParams.get('error')).toBe(error);
    }
  });

  requirement('RFC 8707 §2', 'it may be pushed before, with all its resources', async () => {
    const response = await fetch(`${app.issuer}/oauth/par`, {
      method: 'POST',
      headers: { authorization: basic(client), 'content-type': 'application/x-www-form-urlencoded' },
      body: `${new URLSearchParams({
        response_type: 'code',
        redirect_uri: client.redirectUri,
        scope: 'orders:read',
        code_challenge: await oidc.calculatePKCECodeChallenge('v'.repeat(43)),
        code_challenge_method: 'S256',
        resource: orders.identifier,
      })}&resource=${encodeURIComponent(stock.identifier)}`,
    });
    expect(response.status).toBe(201);
    const { request_uri } = (await response.json()) as { request_uri: string };
    const url = new URL(`${app.issuer}/oauth/authorize`);
    url.search = new URLSearchParams({ client_id: client.clientId, request_uri }).toString();
    const callback = await party.authorize(person, { url, verifier: '', state: '', nonce: '' });
    const tokens = await tokenRequest(app, client, {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: client.redirectUri,
      code_verifier: 'v'.repeat(43),
      resource: stock.identifier,
    });
    expect(audienceOf(tokens.body.access_token)).toBe(stock.identifier);
  });
});

describe('the token request', () => {
  requirement(
    'RFC 8707 §2.2',
    'a code gives a token for the API that the request names, with the scopes of that API',
    async () => {
      const { status, body } = await redeem(
        'openid orders:read stock:read',
        [orders.identifier, stock.identifier],
        stock.identifier,
      );
      expect(status).toBe(200);
      expect(audienceOf(body.access_token)).toBe(stock.identifier);
      expect(body.scope).toBe('orders:read stock:read');
      expect(body.id_token).toBeDefined();
    },
  );

  requirement('RFC 8707 §2.2', 'each refresh may name another of those that were allowed', async () => {
    const { body } = await redeem(
      'orders:read offline_access',
      [orders.identifier, stock.identifier],
      orders.identifier,
    );
    let refreshToken = body.refresh_token ?? '';
    for (const api of [stock, orders, stock]) {
      const refreshed = await tokenRequest(app, client, {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        resource: api.identifier,
      });
      expect(audienceOf(refreshed.body.access_token)).toBe(api.identifier);
      refreshToken = refreshed.body.refresh_token ?? '';
    }
  });

  requirement(
    'RFC 8707 §2.2',
    'an API that was not allowed is an invalid_target, and uses neither code nor refresh token up',
    async () => {
      const { request, callback } = await authorize('openid offline_access orders:read', {}, [orders.identifier]);
      const ask = (more: Record<string, string>) =>
        tokenRequest(app, client, {
          grant_type: 'authorization_code',
          code: callback.searchParams.get('code') ?? '',
          redirect_uri: client.redirectUri,
          code_verifier: request.verifier,
          ...more,
        });
      for (const resource of [stock.identifier, foreign.identifier, 'https://unknown.example']) {
        expect(await ask({ resource })).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
      }
      const { body } = await ask({});
      const refresh = (more: Record<string, string>) =>
        tokenRequest(app, client, { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '', ...more });
      expect(await refresh({ resource: stock.identifier })).toMatchObject({
        status: 400,
        body: { error: 'invalid_target' },
      });
      expect((await refresh({})).status).toBe(200);
    },
  );

  requirement('RFC 8707 §2', 'a token is for one API: several at once are an invalid_target', async () => {
    const both = `${orders.identifier} ${stock.identifier}`;
    const { body } = await redeem('orders:read', [orders.identifier, stock.identifier], both);
    expect(body.error).toBe('invalid_target');
    expect(
      (await redeem('openid orders:read', [orders.identifier], `${app.issuer}/graphql ${orders.identifier}`)).body
        .error,
    ).toBe('invalid_target');
  });

  test('who asked for one API alone gets a token for it, without naming it again, also at each refresh', async () => {
    const { body } = await redeem('orders:read', [orders.identifier]);
    expect(audienceOf(body.access_token)).toBe(orders.identifier);
    const refreshed = await tokenRequest(app, client, {
      grant_type: 'refresh_token',
      refresh_token: body.refresh_token ?? '',
    });
    expect(audienceOf(refreshed.body.access_token)).toBe(orders.identifier);
    expect(refreshed.body.scope).toBe('orders:read');
  });

  requirement('RFC 9728 §2', 'the address of this server’s own API names it, and its tokens stay opaque', async () => {
    const own = `${app.issuer}/graphql`;
    const { body } = await redeem('openid profile orders:read', [own, orders.identifier], own);
    expect(isOpaque(body.access_token)).toBe(true);
    expect(body.scope).toBe('openid profile');
    const alone = await redeem('orders:read', [own, orders.identifier], own);
    expect(isOpaque(alone.body.access_token)).toBe(true);
    expect(alone.body.scope).toBe('');
    const refreshed = await tokenRequest(app, client, {
      grant_type: 'refresh_token',
      refresh_token: alone.body.refresh_token ?? '',
      resource: own,
    });
    expect(isOpaque(refreshed.body.access_token)).toBe(true);
  });

  requirement('RFC 8707 §2.2', 'an app for itself gets a token for an API by client credentials', async () => {
    const ask = (more: Record<string, string>) =>
      tokenRequest(app, client, { grant_type: 'client_credentials', ...more });
    const { body } = await ask({ resource: orders.identifier, scope: 'orders:write' });
    expect(audienceOf(body.access_token)).toBe(orders.identifier);
    expect(body.scope).toBe('orders:write');
    expect((await ask({ resource: foreign.identifier })).body.error).toBe('invalid_target');
    expect((await ask({ resource: orders.identifier, scope: 'stock:read' })).body.error).toBe('invalid_scope');
    expect((await ask({ scope: 'orders:read' })).body.error).toBe('invalid_scope');
  });

  requirement('RFC 8707 §2', 'a device asks for an API in the same way', async () => {
    const refused = await fetch(`${app.issuer}/oauth/device-authorization`, {
      method: 'POST',
      headers: { authorization: basic(client) },
      body: new URLSearchParams({ resource: foreign.identifier }),
    });
    expect(await refused.json()).toMatchObject({ error: 'invalid_target' });
    const device = await beginDevice(app, client, { scope: 'stock:read', resource: stock.identifier });
    const { location } = await typeCode(person, device.user_code);
    const page = await person.browser.get(location ?? '');
    expect(page.body).toContain('At Stock, it may');
    expect(page.body).toContain('See the stock');
    await answerDevice(person, device);
    const { body } = await poll(app, client, device);
    expect(audienceOf(body.access_token)).toBe(stock.identifier);
    expect(body.scope).toBe('stock:read');
  });
});

describe('what people allow', () => {
  const consentPage = async (scope: string, ...resources: string[]) => {
    const request = await party.begin(scope);
    for (const resource of resources) request.url.searchParams.append('resource', resource);
    const first = await person.browser.get(request.url.href);
    return first.location?.startsWith('/oauth/authorize/') ? (await person.browser.get(first.location)).body : null;
  };

  test('is told by the names and words of the API', async () => {
    const page = await consentPage('openid orders:read', orders.identifier, stock.identifier);
    for (const text of [
      'At Orders, it may',
      'Read your orders',
      'At Stock, it may',
      'See what is ordered from the stock',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('Order in your name');
  });

  test('is remembered for that API alone, also where another has a scope of the same name', async () => {
    await redeem('openid orders:read', [orders.identifier]);
    expect(await consentPage('openid orders:read', orders.identifier)).toBeNull();
    expect(await consentPage('openid orders:read', stock.identifier)).toContain('At Stock, it may');
    expect(await consentPage('openid orders:read orders:write', orders.identifier)).toContain('Order in your name');
  });

  test('stands among the connected apps', async () => {
    await redeem('openid orders:read', [orders.identifier]);
    const caller = await callerFor(app, person.account, ['openid', 'connected-apps:read']);
    const { me } = await caller.data('{ me { connectedApps { nodes { app { name } scopes { name api reads } } } } }');
    const shop = me.connectedApps.nodes.find((node: { app: { name: string } }) => node.app.name === 'Shop');
    expect(shop.scopes).toContainEqual({ name: 'orders:read', api: 'Orders', reads: ['Read your orders'] });
    expect(shop.scopes).toContainEqual(expect.objectContaining({ name: 'openid', api: null }));
  });

  test('an API with no scope asked for is told of too', async () => {
    expect(await consentPage('openid', orders.identifier)).toContain('Know that it is you');
  });
});

test('an app from which the access to an API is taken gets no more tokens for it', async () => {
  const other = await anApp(app);
  await giveAccess(app, other, orders);
  const otherParty = await RelyingParty.discover(app, other);
  const tokens = await otherParty.signIn(person, 'openid offline_access orders:read', { resource: orders.identifier });
  const request = await otherParty.begin('orders:read', { resource: orders.identifier });
  const callback = await otherParty.authorize(person, request);
  const code = callback.searchParams.get('code') ?? '';
  const implied = await tokenRequest(app, other, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: other.redirectUri,
    code_verifier: request.verifier,
  });
  expect(audienceOf(implied.body.access_token)).toBe(orders.identifier);
  await app.inContext(() => app.orm.em.nativeDelete(ApiAccess, { app: other.id }));
  const refreshed = await tokenRequest(app, other, {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token ?? '',
    resource: orders.identifier,
  });
  expect(refreshed.body.error).toBe('invalid_target');
  const unnamed = await tokenRequest(app, other, {
    grant_type: 'refresh_token',
    refresh_token: implied.body.refresh_token ?? '',
  });
  expect(unnamed.body.error).toBe('invalid_target');
});
