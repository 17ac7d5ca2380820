import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Accounts } from '../../server/accounts/accounts.ts';
import { Passwords } from '../../server/accounts/password.ts';
import type { App } from '../../server/apps/app.entity.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { anApp, aSignedInPerson, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { requirement } from '../support/requirement.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let other: TestApp;
let client: TestClient;
let party: RelyingParty;

beforeAll(async () => {
  app = await createTestApp();
  other = await createTestApp({ beside: app });
  client = await anApp(app);
  party = await RelyingParty.discover(app, client);
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const userinfo = (token: string, on = app) =>
  fetch(`${on.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } });

describe('revocation (RFC 7009)', () => {
  test('of a refresh token or of an access token ends both, on every node at once', async () => {
    const person = await aSignedInPerson(app);
    for (const which of ['access_token', 'refresh_token'] as const) {
      const tokens = await party.signIn(person, 'openid offline_access');
      expect((await userinfo(tokens.access_token, other)).status).toBe(200);
      await oidc.tokenRevocation(party.configuration, tokens[which] ?? '');
      for (const node of [app, other]) expect((await userinfo(tokens.access_token, node)).status).toBe(401);
      expect((await oidc.tokenIntrospection(party.configuration, tokens.access_token)).active).toBe(false);
      expect((await oidc.tokenIntrospection(party.configuration, tokens.refresh_token ?? '')).active).toBe(false);
    }
  });

  requirement('RFC 7009 §2.1', 'revocation of a token of another client is refused and changes nothing', async () => {
    const person = await aSignedInPerson(app);
    const tokens = await party.signIn(person, 'openid offline_access');
    const stranger = await anApp(app);
    for (const token of [tokens.access_token, tokens.refresh_token ?? '']) {
      const answer = await tokenRequest(app, stranger, { token }, '/oauth/revoke');
      expect([answer.status, answer.body.error]).toEqual([400, 'unauthorized_client']);
    }
    expect((await userinfo(tokens.access_token)).status).toBe(200);
  });

  requirement('RFC 7009 §2.2', 'what is no token is as good as revoked', async () => {
    for (const token of ['nonsense', 'lk_at_', 'lk_rt_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']) {
      expect((await tokenRequest(app, client, { token, token_type_hint: 'whatever' }, '/oauth/revoke')).status).toBe(
        200,
      );
    }
    expect((await tokenRequest(app, null, { token: 'x' }, '/oauth/revoke')).status).toBe(401);
    expect((await tokenRequest(app, client, {}, '/oauth/revoke')).body.error).toBe('invalid_request');
  });

  test('of an app’s own token', async () => {
    const { access_token } = await oidc.clientCredentialsGrant(party.configuration);
    await oidc.tokenRevocation(party.configuration, access_token);
    expect((await oidc.tokenIntrospection(party.configuration, access_token)).active).toBe(false);
  });
});

describe('locking an account and setting its password', () => {
  test.each([
    [
      'a lock, even once it is taken back',
      async (accounts: Accounts, id: string) => {
        await accounts.lock(id);
        await accounts.unlock(id);
      },
    ],
    [
      'a new password',
      async (accounts: Accounts, id: string) => {
        await accounts.setPassword(id, 'a password that nobody else knows');
      },
    ],
  ])('%s ends every session and token for good, offline ones too', async (_what, change) => {
    const person = await aSignedInPerson(app);
    const bound = await party.signIn(person, 'openid');
    const offline = await party.signIn(person, 'openid offline_access');
    const code = await party.authorize(person, await party.begin('openid'));
    const accounts = new Accounts({
      em: app.orm.em,
      inTransaction: unitOfWork(app.orm),
      clock: app.clock,
      passwords: new Passwords(),
    });
    await app.inContext(() => change(accounts, person.account.id));
    for (const { access_token, refresh_token } of [bound, offline]) {
      expect((await userinfo(access_token)).status).toBe(401);
      const again = { grant_type: 'refresh_token', refresh_token: refresh_token ?? '' };
      expect((await tokenRequest(app, client, again)).body.error).toBe('invalid_grant');
    }
    expect(code.searchParams.get('code')).toMatch(/^lk_ac_/);
    const silent = await person.browser.get((await party.begin('openid', { prompt: 'none' })).url.href);
    expect(silent.location).toContain('error=login_required');
  });
});

describe('introspection (RFC 7662)', () => {
  requirement(
    'RFC 7662 §2.2',
    'an app sees its own tokens, a service of the operator also those of others for this server, and nobody else anything',
    async () => {
      const person = await aSignedInPerson(app);
      const tokens = await party.signIn(person, 'openid offline_access');
      const stranger = await anApp(app);
      const asService: Partial<App> & { owner?: never } = { type: 'service', grantTypes: ['client_credentials'] };
      const service = await anApp(app, asService);
      const ask = async (by: TestClient, token: string) =>
        (await tokenRequest(app, by, { token }, '/oauth/introspect')).body;
      expect(await ask(client, tokens.access_token)).toMatchObject({ active: true, sub: person.account.id });
      expect(await ask(service, tokens.access_token)).toMatchObject({ active: true, client_id: client.clientId });
      const anybodys = await anApp(app, { ...asService, ownedBy: person });
      const trusted = await anApp(app, { ...asService, ownedBy: person, trusted: true });
      const dynamic = await anApp(app, { ...asService, origin: 'dynamic' });
      expect(await ask(trusted, tokens.access_token)).toMatchObject({ active: true, client_id: client.clientId });
      for (const other of [stranger, anybodys, dynamic, await anApp(app, { trusted: true })]) {
        expect(await ask(other, tokens.access_token)).toEqual({ active: false });
      }
      expect(await ask(service, tokens.refresh_token ?? '')).toEqual({ active: false });
      expect(await ask(stranger, tokens.refresh_token ?? '')).toEqual({ active: false });
      expect(await ask(client, 'nonsense')).toEqual({ active: false });
    },
  );

  test('is not for public clients', async () => {
    const spa = await anApp(app, { authMethod: 'none', type: 'spa' });
    const answer = await tokenRequest(app, null, { token: 'x', client_id: spa.clientId }, '/oauth/introspect');
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  });
});

describe('a bearer token', () => {
  test.each([
    ['none', undefined],
    ['another scheme', 'Basic eDp5'],
    ['nothing after the scheme', 'Bearer'],
    ['two tokens', 'Bearer a b'],
    ['quotes', 'Bearer "a"'],
    ['an unknown one', 'Bearer lk_at_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['noise', 'Bearer \u00e9'],
  ])('%s: 401 with the challenge of RFC 6750', async (_what, authorization) => {
    for (const path of ['/oauth/userinfo', '/o/userinfo/', '/profile/']) {
      const response = await fetch(
        app.issuer + path,
        authorization === undefined ? {} : { headers: { authorization } },
      );
      expect(response.status).toBe(401);
      const challenge = response.headers.get('www-authenticate') ?? '';
      expect(challenge).toMatch(/^Bearer realm="/);
      // §3.1: no error code where no token was sent.
      expect(challenge.includes('error=')).toBe(authorization !== undefined);
    }
  });

  requirement('RFC 6750 §2.3', 'a token in the query is none', async () => {
    const person = await aSignedInPerson(app);
    const { access_token } = await party.signIn(person, 'openid');
    expect((await fetch(`${app.issuer}/oauth/userinfo?access_token=${access_token}`)).status).toBe(401);
    const both = await fetch(`${app.issuer}/oauth/userinfo?access_token=${access_token}`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(both.status).toBe(401);
  });
});
