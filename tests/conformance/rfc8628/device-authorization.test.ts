/** What a device is given, and what it is told while its person makes up their mind. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from '../../../server/accounts/account.entity.ts';
import { aKey, aProof } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { answerDevice, type BegunDevice, beginDevice, deviceGrant, poll, typeCode } from '../../support/device.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { basic, tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let publicClient: TestClient;
let person: Person;
const clock = new TestClock();

beforeAll(async () => {
  app = await createTestApp({ clock });
  client = await anApp(app, { name: 'Television', grantTypes: [deviceGrant, 'refresh_token'], redirectUris: [] });
  publicClient = await anApp(app, {
    type: 'native',
    authMethod: 'none',
    grantTypes: [deviceGrant, 'refresh_token'],
    redirectUris: [],
  });
  person = await aSignedInPerson(app);
});
afterAll(() => app.close());

const post = (
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
  path = '/oauth/device-authorization',
) => fetch(app.issuer + path, { method: 'POST', body: new URLSearchParams(parameters), headers });

describe('the device authorization endpoint', () => {
  requirement('RFC 8628 §3.2', 'answers a device with all that the standard names, kept by nobody', async () => {
    const response = await post({ scope: 'openid' }, { authorization: basic(client) });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = (await response.json()) as BegunDevice;
    expect(body).toEqual({
      device_code: expect.stringMatching(/^lk_dc_/),
      user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
      verification_uri: `${app.issuer}/device`,
      verification_uri_complete: `${app.issuer}/device?user_code=${body.user_code}`,
      expires_in: 900,
      interval: 5,
    });
  });

  requirement('RFC 8628 §3.1', 'a public client begins by its client_id alone', async () => {
    const response = await post({ client_id: publicClient.clientId, scope: 'openid' });
    expect(response.status).toBe(200);
  });

  requirement('RFC 8628 §3.1', 'a confidential client must prove itself', async () => {
    const response = await post({ client_id: client.clientId, scope: 'openid' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  requirement('RFC 8628 §5.2', 'one network gets no codes without end', async () => {
    const busy = await createTestApp({ settings: { LATCHKEY_DEVICES_PER_ADDRESS: '2' } });
    try {
      const television = await anApp(busy, {
        type: 'native',
        authMethod: 'none',
        grantTypes: [deviceGrant],
        redirectUris: [],
      });
      const begin = () =>
        fetch(`${busy.issuer}/oauth/device-authorization`, {
          method: 'POST',
          body: new URLSearchParams({ client_id: television.clientId, scope: 'openid' }),
        });
      expect([(await begin()).status, (await begin()).status]).toEqual([200, 200]);
      const refused = await begin();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
      expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' });
    } finally {
      await busy.close();
    }
  });

  requirement('RFC 8628 §3.1', 'a client that is not registered for the grant is refused', async () => {
    const other = await anApp(app);
    const response = await post({ scope: 'openid' }, { authorization: basic(other) });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'unauthorized_client' });
  });

  requirement('RFC 8628 §3.1', 'a scope that the client may not ask for is refused', async () => {
    for (const scope of ['admin:users:read', 'unheard-of', 'a"b']) {
      const response = await post({ scope }, { authorization: basic(client) });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_scope' });
    }
  });

  requirement('RFC 8628 §4', 'discovery tells where it is', async () => {
    for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']) {
      const metadata = (await (await fetch(app.issuer + path)).json()) as Record<string, unknown>;
      expect(metadata.device_authorization_endpoint).toBe(`${app.issuer}/oauth/device-authorization`);
      expect(metadata.grant_types_supported).toContain(deviceGrant);
    }
  });

  requirement('RFC 8628 §6.1', 'user codes are drawn at random from twenty consonants', async () => {
    const codes = new Set<string>();
    const letters = new Set<string>();
    for (let index = 0; index < 40; index += 1) {
      const { user_code: code } = await beginDevice(app, client);
      codes.add(code);
      for (const letter of code.replace('-', '')) letters.add(letter);
    }
    expect(codes.size).toBe(40);
    expect([...letters].sort().join('')).toBe('BCDFGHJKLMNPQRSTVWXZ');
  });

  test('every origin may call it, and the path of django-oauth-toolkit too', async () => {
    for (const path of ['/oauth/device-authorization', '/o/device-authorization', '/o/device-authorization/']) {
      const response = await post(
        { scope: 'openid' },
        { authorization: basic(client), origin: 'https://elsewhere.example' },
        path,
      );
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  test.each([
    ['GET', 405],
    ['PUT', 405],
  ])('%s is answered with %i', async (method, status) => {
    const response = await fetch(`${app.issuer}/oauth/device-authorization`, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('allow')).toContain('POST');
  });

  test.each(['scope=openid&scope=profile', 'scope=%00', 'scope=%ff', 'client_id=a&client_id=b'])(
    'a request that is malformed (%s) is refused in the words of the standard',
    async (body) => {
      const response = await fetch(`${app.issuer}/oauth/device-authorization`, {
        method: 'POST',
        headers: { authorization: basic(client), 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_request' });
    },
  );
});

describe('the device at the token endpoint', () => {
  requirement('RFC 8628 §3.5', 'while the person has not answered, it is told authorization_pending', async () => {
    const device = await beginDevice(app, client);
    expect(await poll(app, client, device)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });
    await typeCode(person, device.user_code);
    clock.advance(5);
    expect(await poll(app, client, device)).toMatchObject({ status: 400, body: { error: 'authorization_pending' } });
  });

  requirement(
    'RFC 8628 §3.5',
    'who asks too often is slowed down, by five seconds each time and for good',
    async () => {
      const device = await beginDevice(app, client);
      const ask = async (after: number) => {
        clock.advance(after);
        return (await poll(app, client, device)).body.error;
      };
      expect(await ask(0)).toBe('authorization_pending');
      expect(await ask(4)).toBe('slow_down');
      expect(await ask(6)).toBe('slow_down');
      expect(await ask(15)).toBe('authorization_pending');
      expect(await ask(14)).toBe('slow_down');
      expect(await ask(20)).toBe('authorization_pending');
    },
  );

  requirement('RFC 8628 §3.5', 'a person who refuses is told to it as access_denied', async () => {
    const device = await beginDevice(app, client);
    const page = await answerDevice(person, device, 'deny');
    expect(page.body).toContain('You did not allow it');
    expect(await poll(app, client, device)).toMatchObject({ status: 400, body: { error: 'access_denied' } });
  });

  requirement('RFC 8628 §3.5', 'a code that is too old is told to it as expired_token', async () => {
    const device = await beginDevice(app, client);
    clock.advance(901);
    expect(await poll(app, client, device)).toMatchObject({ status: 400, body: { error: 'expired_token' } });
  });

  requirement(
    'RFC 8628 §3.5',
    'once the person has allowed it, it is given tokens as by every other grant',
    async () => {
      const device = await beginDevice(app, client, { scope: 'openid profile offline_access' });
      const page = await answerDevice(person, device);
      expect(page.body).toContain('Your device is connected');
      const { status, body, headers } = await poll(app, client, device);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({
        access_token: expect.stringMatching(/^lk_at_/),
        refresh_token: expect.stringMatching(/^lk_rt_/),
        id_token: expect.any(String),
        token_type: 'Bearer',
        scope: 'openid profile offline_access',
      });
      const userinfo = await fetch(`${app.issuer}/oauth/userinfo`, {
        headers: { authorization: `Bearer ${body.access_token}` },
      });
      expect(await userinfo.json()).toMatchObject({ sub: person.account.id });
      const refreshed = await tokenRequest(app, client, {
        grant_type: 'refresh_token',
        refresh_token: body.refresh_token ?? '',
      });
      expect(refreshed.status).toBe(200);
    },
  );

  requirement('RFC 8628 §3.4', 'the device code works once', async () => {
    const device = await beginDevice(app, client);
    await answerDevice(person, device);
    expect((await poll(app, client, device)).status).toBe(200);
    expect(await poll(app, client, device)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  requirement(
    'RFC 8628 §3.4',
    'the device code works for its client alone, whom another does not disturb',
    async () => {
      const thief = await anApp(app, { grantTypes: [deviceGrant], redirectUris: [] });
      const device = await beginDevice(app, client);
      await answerDevice(person, device);
      expect(await poll(app, thief, device)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      expect((await poll(app, client, device)).status).toBe(200);
    },
  );

  requirement('RFC 8628 §3.4', 'a refused client authentication does not use the device code up', async () => {
    const device = await beginDevice(app, client);
    await answerDevice(person, device);
    const refused = await poll(app, { clientId: client.clientId, clientSecret: 'wrong' }, device);
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await poll(app, client, device)).status).toBe(200);
  });

  requirement('RFC 8628 §3.4', 'the device code is required, and what is none is no grant', async () => {
    expect(await tokenRequest(app, client, { grant_type: deviceGrant })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    const { device_code: real } = await beginDevice(app, client);
    for (const code of ['x', real.slice(0, -1), `${real}A`, real.toUpperCase(), real.replace('_dc_', '_ac_')]) {
      expect(await poll(app, client, { device_code: code })).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
    }
  });

  requirement(
    'RFC 9449 §5',
    'a device that proved a key when it began must prove the same when it is given tokens',
    async () => {
      const key = await aKey();
      const path = '/oauth/device-authorization';
      const begun = await post(
        { scope: 'openid' },
        { authorization: basic(client), dpop: await aProof(key, app, { path }) },
      );
      const device = (await begun.json()) as BegunDevice;
      await answerDevice(person, device);
      const ask = (dpop?: string) =>
        tokenRequest(
          app,
          client,
          { grant_type: deviceGrant, device_code: device.device_code },
          '/oauth/token',
          dpop === undefined ? {} : { dpop },
        );
      expect((await ask()).body.error).toBe('invalid_grant');
      expect((await ask(await aProof(await aKey(), app, { path: '/oauth/token' }))).body.error).toBe('invalid_grant');
      expect((await ask('no proof')).body.error).toBe('invalid_dpop_proof');
      const { status, body } = await ask(await aProof(key, app, { path: '/oauth/token' }));
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'DPoP' });
    },
  );

  test('nobody is given tokens for a person who was locked after they allowed it', async () => {
    const locked = await aSignedInPerson(app);
    const device = await beginDevice(app, client);
    await answerDevice(locked, device);
    await app.inContext(() => app.orm.em.nativeUpdate(Account, { id: locked.account.id }, { lockedAt: clock.now() }));
    expect(await poll(app, client, device)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});
