/** A token becomes another one: narrower, for another API, with whoever acts named in it; never wider or longer. */
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Account } from '../../../server/accounts/account.entity.ts';
import type { Api } from '../../../server/apis/api.entity.ts';
import { ConnectedApp } from '../../../server/apps/connected-app.entity.ts';
import { anApi, giveAccess, signInFor } from '../../support/apis.ts';
import { aKey, aProof } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { accessTokenType, exchange, exchangeGrant, introspect } from '../../support/token-exchange.ts';
import { tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let orders: Api;
let stock: Api;
/** Signs people in, and asks for the API. */
let shop: TestClient;
/** Stands behind the API, and calls the next. */
let warehouse: TestClient;
/** May exchange tokens, but works with no API. */
let stranger: TestClient;
let party: RelyingParty;
let person: Person;
const clock = new TestClock();

beforeAll(async () => {
  app = await createTestApp({ clock });
  orders = await anApi(app);
  stock = await anApi(app, {
    scopes: [
      { name: 'orders:read', description: 'See what is ordered' },
      { name: 'stock:read', description: 'See the stock' },
    ],
  });
  shop = await anApp(app, {
    grantTypes: ['authorization_code', 'refresh_token', 'client_credentials', exchangeGrant],
  });
  warehouse = await anApp(app, {
    type: 'service',
    grantTypes: ['client_credentials', exchangeGrant],
    redirectUris: [],
    scopes: ['read'],
  });
  stranger = await anApp(app, { grantTypes: ['client_credentials', exchangeGrant] });
  await giveAccess(app, shop, orders);
  await giveAccess(app, warehouse, orders);
  await giveAccess(app, warehouse, stock);
  party = await RelyingParty.discover(app, shop);
});
afterAll(() => app.close());

beforeEach(async () => {
  person = await aSignedInPerson(app);
});

const forOrders = async (scope = 'orders:read orders:write'): Promise<string> =>
  (await signInFor(app, party, person, orders, scope)).access_token ?? '';

const forItself = async (client: TestClient, more: Record<string, string> = {}): Promise<string> =>
  (await tokenRequest(app, client, { grant_type: 'client_credentials', ...more })).body.access_token ?? '';

describe('the request', () => {
  requirement('RFC 8693 §2.1', 'must say which token of which type it is about', async () => {
    for (const missing of ['subject_token', 'subject_token_type']) {
      const { status, body } = await exchange(app, shop, await forOrders(), { [missing]: '' });
      expect([status, body.error]).toEqual([400, 'invalid_request']);
    }
    for (const type of [
      'urn:ietf:params:oauth:token-type:refresh_token',
      'urn:ietf:params:oauth:token-type:id_token',
      'x',
    ]) {
      const { body } = await exchange(app, shop, await forOrders(), { subject_token_type: type });
      expect(body.error).toBe('invalid_request');
    }
  });

  requirement('RFC 8693 §2.1', 'has an actor_token with its type, or neither', async () => {
    const actor = await forItself(shop);
    for (const half of [{ actor_token: actor }, { actor_token_type: accessTokenType }]) {
      expect((await exchange(app, shop, await forOrders(), half)).body.error).toBe('invalid_request');
    }
  });

  requirement('RFC 8693 §2.1', 'gets access tokens alone', async () => {
    for (const type of [
      'urn:ietf:params:oauth:token-type:refresh_token',
      'urn:ietf:params:oauth:token-type:id_token',
    ]) {
      const { body } = await exchange(app, shop, await forOrders(), { requested_token_type: type });
      expect(body.error).toBe('invalid_request');
    }
    expect((await exchange(app, shop, await forOrders(), { requested_token_type: accessTokenType })).status).toBe(200);
  });

  requirement(
    'RFC 8693 §5',
    'is for clients that prove themselves and that an administrator let exchange tokens',
    async () => {
      const token = await forOrders();
      expect((await exchange(app, null, token)).status).toBe(401);
      const publicClient = await anApp(app, { authMethod: 'none', grantTypes: [exchangeGrant] });
      const { body } = await exchange(app, null, token, { client_id: publicClient.clientId });
      expect(body.error).toBe('unauthorized_client');
      const plain = await anApp(app);
      expect((await exchange(app, plain, token)).body.error).toBe('unauthorized_client');
    },
  );

  requirement(
    'RFC 8693 §2.2.2',
    'with a token that is unknown, malformed, expired or revoked is an invalid_request',
    async () => {
      const token = await forOrders();
      const refused = ['x', token.slice(0, -2), `${token}A`, 'lk_at_x', token.split('.').slice(0, 2).join('.')];
      for (const forged of refused) {
        expect(await exchange(app, shop, forged)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
      }
      await tokenRequest(app, shop, { token }, '/oauth/revoke');
      expect((await exchange(app, shop, token)).body.error).toBe('invalid_request');
      const old = await forOrders();
      clock.advance(601);
      expect((await exchange(app, shop, old)).body.error).toBe('invalid_request');
    },
  );
});

describe('the answer', () => {
  requirement('RFC 8693 §2.2.1', 'names what was issued, and holds neither refresh nor ID token', async () => {
    const { access_token: token } = await signInFor(app, party, person, orders, 'openid offline_access orders:read');
    const { status, body, headers } = await exchange(app, shop, token);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      access_token: expect.any(String),
      issued_token_type: accessTokenType,
      token_type: 'Bearer',
      expires_in: expect.any(Number),
      scope: 'orders:read',
    });
  });

  requirement('RFC 8693 §2.1', 'has fewer scopes where fewer are asked for, and never more', async () => {
    const token = await forOrders('orders:read orders:write');
    const narrow = await exchange(app, shop, token, { scope: 'orders:read' });
    expect(narrow.body.scope).toBe('orders:read');
    expect(decodeJwt(narrow.body.access_token ?? '').scope).toBe('orders:read');
    const wider = await exchange(app, shop, narrow.body.access_token, { scope: 'orders:read orders:write' });
    expect(wider.body.error).toBe('invalid_scope');
    expect((await exchange(app, shop, token, { scope: 'openid' })).body.error).toBe('invalid_scope');
    expect((await exchange(app, shop, token, { scope: 'a"b' })).body.error).toBe('invalid_scope');
  });

  test('never has what the exchanging app may not ask for itself', async () => {
    const limited = await anApp(app, { grantTypes: [exchangeGrant] });
    await giveAccess(app, limited, orders, ['orders:read']);
    const token = await forOrders('orders:read orders:write');
    expect((await exchange(app, limited, token)).body.scope).toBe('orders:read');
    expect((await exchange(app, limited, token, { scope: 'orders:write' })).body.error).toBe('invalid_scope');
  });

  test('never lasts longer than what went in', async () => {
    const token = await forOrders();
    clock.advance(500);
    const { body } = await exchange(app, shop, token);
    expect(body.expires_in).toBe(100);
    expect(decodeJwt(body.access_token ?? '').exp).toBe(decodeJwt(token).exp);
    const actor = await forItself(shop);
    clock.advance(50);
    const acted = await exchange(app, shop, await forOrders(), {
      actor_token: actor,
      actor_token_type: accessTokenType,
    });
    expect(acted.body.expires_in).toBe(550);
  });

  test('may be for this server’s own API, if what went in was', async () => {
    const tokens = await party.signIn(person, 'openid profile email');
    const { body } = await exchange(app, shop, tokens.access_token, { scope: 'openid' });
    expect(body.access_token).toMatch(/^lk_at_/);
    const userinfo = await fetch(`${app.issuer}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(await userinfo.json()).toEqual({ sub: person.account.id });
  });
});

describe('where it is for', () => {
  requirement('RFC 8693 §2.1', 'is said by resource or by audience', async () => {
    for (const name of ['resource', 'audience']) {
      const { body } = await exchange(app, warehouse, await forOrders('orders:read'), { [name]: stock.identifier });
      const keys = createRemoteJWKSet(new URL(`${app.issuer}/oauth/jwks`));
      const { payload } = await jwtVerify(body.access_token ?? '', keys, {
        issuer: app.issuer,
        audience: stock.identifier,
        typ: 'at+jwt',
        currentDate: clock.now(),
      });
      expect(payload).toMatchObject({ sub: person.account.id, client_id: warehouse.clientId, scope: 'orders:read' });
    }
  });

  requirement(
    'RFC 8693 §2.2.2',
    'an API that is unknown, not for this app, or one of several is an invalid_target',
    async () => {
      const foreign = await anApi(app);
      const token = await forOrders();
      for (const more of [
        { audience: foreign.identifier },
        { audience: 'unknown' },
        { resource: stock.identifier, audience: orders.identifier },
        { resource: `${app.issuer}/graphql` },
      ]) {
        expect((await exchange(app, warehouse, token, more)).body.error).toBe('invalid_target');
      }
    },
  );

  test('an app takes a person’s token no further than the person allowed', async () => {
    await giveAccess(app, shop, stock);
    const token = await forOrders('orders:read');
    expect((await exchange(app, shop, token, { audience: stock.identifier })).body.error).toBe('invalid_target');
    const { access_token: own } = await party.signIn(person, 'openid');
    expect((await exchange(app, shop, own, { audience: orders.identifier })).body.error).toBe('invalid_target');
  });
});

describe('who acts', () => {
  requirement('RFC 8693 §4.1', 'the actor of the actor_token is named, for whomever acted before', async () => {
    const token = await forOrders('orders:read');
    const first = await exchange(app, warehouse, token, {
      actor_token: await forItself(warehouse),
      actor_token_type: accessTokenType,
    });
    expect(decodeJwt(first.body.access_token ?? '')).toMatchObject({
      sub: person.account.id,
      act: { sub: warehouse.clientId },
    });
    const colleague = await aSignedInPerson(app);
    const { access_token: colleagues } = await signInFor(app, party, colleague, orders, 'orders:read');
    const second = await exchange(app, shop, token, {
      actor_token: colleagues ?? '',
      actor_token_type: accessTokenType,
    });
    const third = await exchange(app, warehouse, second.body.access_token);
    const act = { sub: warehouse.clientId, act: { sub: colleague.account.id } };
    expect(decodeJwt(third.body.access_token ?? '').act).toEqual(act);
    expect((await introspect(app, warehouse, third.body.access_token)).act).toEqual(act);
  });

  test('a service that exchanges another app’s token is named even if it names nobody', async () => {
    const { body } = await exchange(app, warehouse, await forOrders());
    expect(decodeJwt(body.access_token ?? '').act).toEqual({ sub: warehouse.clientId });
    const own = await exchange(app, shop, await forOrders());
    expect(decodeJwt(own.body.access_token ?? '')).not.toHaveProperty('act');
  });

  requirement('RFC 8693 §2.2.2', 'an actor_token that is not the client’s own is an invalid_request', async () => {
    for (const actor of [await forItself(stranger), await forOrders(), 'x']) {
      const { body } = await exchange(app, warehouse, await forOrders(), {
        actor_token: actor,
        actor_token_type: accessTokenType,
      });
      expect(body.error).toBe('invalid_request');
    }
  });

  test('a chain ends somewhere', async () => {
    let token = await forOrders();
    const actor = await forItself(shop);
    const answers: (string | undefined)[] = [];
    for (let round = 0; round < 7; round += 1) {
      const { body } = await exchange(app, shop, token, { actor_token: actor, actor_token_type: accessTokenType });
      answers.push(body.error);
      token = body.access_token ?? token;
    }
    expect(answers).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'invalid_request',
      'invalid_request',
    ]);
  });
});

describe('who may exchange which token', () => {
  test('nobody those of others that were not presented at an API they work with', async () => {
    const { access_token: opaque } = await party.signIn(person, 'openid');
    for (const [client, token] of [
      [stranger, await forOrders()],
      [stranger, opaque],
      [warehouse, opaque],
      [warehouse, await forItself(shop, { resource: orders.identifier })],
      [stranger, await forItself(shop)],
    ] as const) {
      expect(await exchange(app, client, token)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    }
  });

  test('an app its own, without a person', async () => {
    const token = await forItself(warehouse, { resource: orders.identifier });
    const { body } = await exchange(app, warehouse, token, { audience: stock.identifier });
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({ sub: warehouse.clientId, aud: stock.identifier });
  });

  test('an app knows a person by the name of its own sector', async () => {
    const pairwise = await anApp(app, {
      grantTypes: ['authorization_code', exchangeGrant],
      subjectType: 'pairwise',
      redirectUris: ['https://sector.example/callback'],
    });
    await giveAccess(app, pairwise, orders);
    const { body } = await exchange(app, pairwise, await forOrders());
    const { sub } = decodeJwt(body.access_token ?? '');
    expect(sub).toBeTruthy();
    expect(sub).not.toBe(person.account.id);
    expect((await introspect(app, pairwise, body.access_token)).sub).toBe(sub);
  });
});

describe('a token that is bound to a key', () => {
  const bound = async (key: Awaited<ReturnType<typeof aKey>>) => {
    const request = await party.begin('orders:read', { resource: orders.identifier });
    const callback = await party.authorize(person, request);
    const { body } = await tokenRequest(
      app,
      shop,
      {
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code') ?? '',
        redirect_uri: shop.redirectUri,
        code_verifier: request.verifier,
        resource: orders.identifier,
      },
      '/oauth/token',
      { dpop: await aProof(key, app, { path: '/oauth/token' }) },
    );
    return body.access_token ?? '';
  };

  requirement('RFC 9449 §7', 'is worth nothing to its client without the key', async () => {
    const key = await aKey();
    const token = await bound(key);
    expect((await exchange(app, shop, token)).body.error).toBe('invalid_request');
    const wrong = { dpop: await aProof(await aKey(), app, { path: '/oauth/token' }) };
    expect((await exchange(app, shop, token, {}, wrong)).body.error).toBe('invalid_request');
    const right = { dpop: await aProof(key, app, { path: '/oauth/token' }) };
    const { status, body } = await exchange(app, shop, token, {}, right);
    expect([status, body.token_type]).toEqual([200, 'DPoP']);
    expect(decodeJwt(body.access_token ?? '').cnf).toEqual({ jkt: key.thumbprint });
  });

  test('can be exchanged by the API at which it was presented, which binds it to its own key', async () => {
    const token = await bound(await aKey());
    const own = await aKey();
    const { body } = await exchange(
      app,
      warehouse,
      token,
      { audience: stock.identifier },
      {
        dpop: await aProof(own, app, { path: '/oauth/token' }),
      },
    );
    expect(decodeJwt(body.access_token ?? '').cnf).toEqual({ jkt: own.thumbprint });
  });
});

describe('what came out ends with what went in', () => {
  const chained = async () => {
    const token = await forOrders();
    const { body } = await exchange(app, warehouse, token);
    expect((await introspect(app, warehouse, body.access_token)).active).toBe(true);
    return { token, exchanged: body.access_token ?? '' };
  };

  test.each<[string, (token: string) => Promise<unknown>]>([
    ['the app gives it back', (token) => tokenRequest(app, shop, { token }, '/oauth/revoke')],
    [
      'the person ends the permission',
      () =>
        app.inContext(() =>
          app.orm.em.nativeUpdate(ConnectedApp, { account: person.account.id }, { revokedAt: clock.now() }),
        ),
    ],
    [
      'the account is locked',
      () => app.inContext(() => app.orm.em.nativeUpdate(Account, { id: person.account.id }, { lockedAt: clock.now() })),
    ],
  ])('when %s', async (_what, end) => {
    const { token, exchanged } = await chained();
    await end(token);
    expect(await introspect(app, warehouse, exchanged)).toEqual({ active: false });
    expect((await exchange(app, warehouse, exchanged)).body.error).toBe('invalid_request');
  });

  test('when an app gives back what it had for itself, however many exchanges before', async () => {
    const token = await forItself(shop, { resource: orders.identifier });
    const { body: first } = await exchange(app, shop, token);
    const { body: second } = await exchange(app, shop, first.access_token ?? '');
    expect((await introspect(app, shop, second.access_token)).active).toBe(true);
    await tokenRequest(app, shop, { token }, '/oauth/revoke');
    for (const ended of [first, second]) {
      expect(await introspect(app, shop, ended.access_token)).toEqual({ active: false });
      expect((await exchange(app, shop, ended.access_token ?? '')).body.error).toBe('invalid_request');
    }
  });

  test('when a service gives back what it had exchanged itself', async () => {
    const { exchanged, token } = await chained();
    const { body } = await exchange(app, warehouse, exchanged);
    await tokenRequest(app, warehouse, { token: exchanged }, '/oauth/revoke');
    expect(await introspect(app, warehouse, body.access_token)).toEqual({ active: false });
    expect((await introspect(app, shop, token)).active).toBe(true);
  });

  test('so that chains have an end', async () => {
    let token = await forItself(shop);
    for (let link = 1; link < 16; link++) {
      const { status, body } = await exchange(app, shop, token);
      expect([link, status]).toEqual([link, 200]);
      token = body.access_token ?? '';
    }
    expect((await exchange(app, shop, token)).body.error).toBe('invalid_request');
  });

  test('but not the other way round: who gives an exchanged token back ends that alone', async () => {
    const { token, exchanged } = await chained();
    expect((await tokenRequest(app, warehouse, { token: exchanged }, '/oauth/revoke')).status).toBe(200);
    expect(await introspect(app, warehouse, exchanged)).toEqual({ active: false });
    expect((await introspect(app, shop, token)).active).toBe(true);
  });
});
