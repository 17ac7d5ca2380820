/** What ends while something begins: once both have been answered, nothing of what ended works any more. */
import { lookup } from 'node:dns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { Passwords } from '../../server/accounts/password.ts';
import { AppRegistration } from '../../server/apps/app-registration.ts';
import { AppSecrets } from '../../server/apps/app-secret.ts';
import { ConnectedApps } from '../../server/apps/connected-apps.ts';
import { SectorIdentifiers } from '../../server/apps/sector-identifier.ts';
import { readConfig } from '../../server/config.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { OutboundRequests } from '../../server/http/outbound.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { TestBrowser } from '../support/test-browser.ts';
import { type TokenAnswer, tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  app = await createTestApp();
  other = await createTestApp({ beside: app });
});
afterAll(async () => {
  await other.close();
  await app.close();
});

interface Situation {
  client: TestClient;
  party: RelyingParty;
  person: Person;
}

const situation = async (): Promise<Situation> => {
  const client = await anApp(app);
  return { client, party: await RelyingParty.discover(app, client), person: await aSignedInPerson(app) };
};

const services = () => {
  const { em } = app.orm;
  const inTransaction = unitOfWork(app.orm);
  const secrets = new AppSecrets({ passwords: new Passwords() });
  const config = readConfig({});
  const outbound = new OutboundRequests({ lookup, allow: [], local: true });
  const sectors = new SectorIdentifiers({ outbound });
  return {
    connectedApps: new ConnectedApps({ em, inTransaction, clock: app.clock }),
    registration: new AppRegistration({ inTransaction, clock: app.clock, secrets, sectors, config }),
  };
};

/** Each ends everything that the app may do for the person. */
const endings: Record<string, (situation: Situation) => Promise<unknown>> = {
  'the app is revoked': async ({ person, client }) => {
    const { connectedApps } = services();
    const found = await app.orm.em
      .fork()
      .execute<{ id: string }[]>(
        'select id from connected_app where account_id = ? and app_id = ? and revoked_at is null',
        [person.account.id, client.id],
      );
    for (const { id } of found) await app.inContext(() => connectedApps.revoke(person.account.id, id));
  },
  'the account is locked': ({ person }) =>
    app.orm.em.fork().nativeUpdate(Account, { id: person.account.id }, { lockedAt: app.clock.now() }),
  'the app is deleted': ({ client }) =>
    app.inContext(() => services().registration.delete(client.id, { accountId: null, mayAdminister: true })),
};

/** Each asks for tokens many times at once, on two nodes. */
const beginnings: Record<string, (situation: Situation) => Promise<() => Promise<TokenAnswer>[]>> = {
  'codes are redeemed': async ({ party, person, client }) => {
    const codes = await Promise.all(
      [0, 1, 2, 3].map(async () => {
        const request = await party.begin('openid profile offline_access');
        const callback = await party.authorize(person, request);
        return { code: callback.searchParams.get('code') ?? '', code_verifier: request.verifier };
      }),
    );
    return () =>
      codes.map((code, index) =>
        tokenRequest(index % 2 ? app : other, client, {
          grant_type: 'authorization_code',
          redirect_uri: client.redirectUri,
          ...code,
        }),
      );
  },
  'tokens are refreshed': async ({ party, person, client }) => {
    const tokens = await party.signIn(person, 'openid profile offline_access');
    return () =>
      [0, 1, 2, 3].map((index) =>
        tokenRequest(index % 2 ? app : other, client, {
          grant_type: 'refresh_token',
          refresh_token: tokens.refresh_token ?? '',
        }),
      );
  },
};

const isLive = async (token: string): Promise<boolean> =>
  (await fetch(`${app.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status !== 401;

describe.each(Object.entries(endings))('while %s', (_ending, end) => {
  test.each(Object.entries(beginnings))('%s: no token that is given outlives it', async (_beginning, prepare) => {
    for (let round = 0; round < 2; round++) {
      const given = await situation();
      const begin = await prepare(given);
      const [answers] = await Promise.all([Promise.all(begin()), end(given)]);
      for (const { status, body } of answers) {
        expect([200, 400, 401]).toContain(status);
        if (status !== 200) continue;
        expect(await isLive(body.access_token ?? '')).toBe(false);
        const refreshed = await tokenRequest(app, given.client, {
          grant_type: 'refresh_token',
          refresh_token: body.refresh_token ?? '',
        });
        expect([400, 401]).toContain(refreshed.status);
      }
    }
  });
});

test('while an app is deleted, it is given nothing for itself that outlives it', async () => {
  const client = await anApp(app);
  const speak = Array.from({ length: 12 }, (_, index) =>
    tokenRequest(index % 2 ? app : other, client, { grant_type: 'client_credentials' }),
  );
  const [answers] = await Promise.all([Promise.all(speak), endings['the app is deleted']?.({ client } as Situation)]);
  for (const { status, body } of answers) {
    expect([200, 401]).toContain(status);
    if (status === 200) expect(await isLive(body.access_token ?? '')).toBe(false);
  }
});

test('while an account is locked, sign-ins that began before give nothing', async () => {
  const { person } = await situation();
  const browsers = [0, 1, 2, 3].map((index) => new TestBrowser((index % 2 ? app : other).issuer));
  const signIns = browsers.map((browser) => browser.signIn(person.username, person.password));
  await Promise.all([...signIns, endings['the account is locked']?.({ person } as Situation)]);
  for (const browser of browsers) {
    expect((await browser.get('/sign-out')).body).not.toContain('id="sign-out"');
  }
});

test('of many who sign out and in with one cookie, nobody keeps a session that was replaced', async () => {
  const { person } = await situation();
  const before = person.browser.cookieHeader;
  const again = [0, 1, 2].map(() => {
    const browser = new TestBrowser(app.issuer);
    for (const pair of before.split('; '))
      browser.setCookie(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    return browser;
  });
  const answers = await Promise.all(again.map((browser) => browser.signIn(person.username, person.password)));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect((await person.browser.get('/sign-out')).body).not.toContain('id="sign-out"');
});

test('two consents to one app at once leave one connected app, with everything that was allowed', async () => {
  const { party, person, client } = await situation();
  const requests = await Promise.all(
    ['openid', 'openid email', 'profile', 'openid offline_access'].map((scope) => party.begin(scope)),
  );
  const callbacks = await Promise.all(requests.map((request) => party.authorize(person, request)));
  for (const callback of callbacks) expect(callback.searchParams.get('code')).toBeTruthy();
  const rows = await app.orm.em
    .fork()
    .execute<{ scopes: string[] }[]>('select scopes from connected_app where account_id = ? and app_id = ?', [
      person.account.id,
      client.id,
    ]);
  expect(rows).toHaveLength(1);
  expect([...(rows[0]?.scopes ?? [])].sort()).toEqual(['email', 'offline_access', 'openid', 'profile']);
});
