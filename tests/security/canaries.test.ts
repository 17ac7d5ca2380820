/** No secret comes out where it has no business: secrets are planted everywhere, then everything that came out is searched. */
import { inspect } from 'node:util';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Account } from '../../server/accounts/account.entity.ts';
import { AppSecret } from '../../server/apps/app-secret.entity.ts';
import { AccessToken } from '../../server/oauth/access-token.entity.ts';
import { AuthorizationCode } from '../../server/oauth/authorization-code.entity.ts';
import { RefreshToken } from '../../server/oauth/refresh-token.entity.ts';
import { SigningKey } from '../../server/oauth/signing-key.entity.ts';
import { BrowserSession } from '../../server/sessions/browser-session.entity.ts';
import { send } from '../http/request.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { anApp, aPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp, testSecret } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';
import { basic } from '../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let ada: Person;
let caller: GraphQLCaller;
/** Everything that must not come out again, by what it is. */
const secrets = new Map<string, string>();
/** What the server answered, by what it was asked. */
const answers: { to: string; text: string }[] = [];

const plant = (what: string, secret: string | null | undefined): string => {
  if (!secret) throw new Error(`There is no ${what}.`);
  secrets.set(what, secret);
  return secret;
};

const form = 'application/x-www-form-urlencoded';

/** Sends it and keeps the answer, headers included; cookies are what they are for. */
const ask = async (
  to: string,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<number> => {
  const { status, headers, body } = await send(app.issuer, path, init);
  const { 'set-cookie': _cookies, ...told } = headers;
  // A page gives its form token to the browser that it is for, and leads to itself in the other language.
  const text = body.replace(/name="form_token" value="[^"]*"/g, '').replace(/<footer>.*<\/footer>/, '');
  answers.push({ to: `${to} (${status})`, text: `${JSON.stringify(told)}\n${text}` });
  return status;
};

const post = (to: string, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  ask(to, path, {
    method: 'POST',
    headers: { 'content-type': form, accept: 'text/html', ...headers },
    body: new URLSearchParams(fields).toString(),
  });

beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_SIGN_IN_FAILURES_PER_ACCOUNT: '100' } });
  client = await anApp(app);
  ada = await aPerson(app, { username: 'ada' });
  caller = await callerFor(app, ada.account, [
    'openid',
    'profile',
    'email',
    'profile:write',
    'apps:read',
    'apps:write',
  ]);
  plant('the operator’s secret', testSecret);
  plant('a password', ada.password);
  plant('a client secret', client.clientSecret);
  plant('the token of a GraphQL caller', caller.token);
  plant('a client’s authorization', basic(client).slice('Basic '.length));
});
afterAll(() => app.close());

const search = (where: string, text: string): void => {
  for (const [what, secret] of secrets) {
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]) {
      const at = text.indexOf(form);
      if (at >= 0) throw new Error(`${where} shows ${what}: … ${text.slice(Math.max(0, at - 300), at + 300)} …`);
    }
  }
};

const searchEverything = (): void => {
  for (const { to, text } of answers) search(`The answer to ${to}`, text);
  search('The log', app.logLines.join('\n'));
};

/** What is given away on purpose, once: known from here on, and searched for in everything that came before and after. */
const signIn = async (): Promise<{ accessToken: string; refreshToken: string }> => {
  const party = await RelyingParty.discover(app, client);
  await ada.browser.signIn(ada.username, ada.password);
  plant('a session cookie', ada.browser.cookie('latchkey_session'));
  plant('a browser cookie', ada.browser.cookie('latchkey_browser'));
  plant('a form token', hiddenFields((await ada.browser.get('/sign-out')).body).form_token);
  const request = await party.begin('openid profile email offline_access');
  const callback = await party.authorize(ada, request);
  plant('a code', callback.searchParams.get('code'));
  plant('a code verifier', request.verifier);
  const tokens = await party.finish(callback, request);
  const renewed = await oidc.refreshTokenGrant(party.configuration, plant('a refresh token', tokens.refresh_token));
  plant('an ID token', tokens.id_token);
  plant('an access token', tokens.access_token);
  return {
    accessToken: plant('a second access token', renewed.access_token),
    refreshToken: plant('a second refresh token', renewed.refresh_token),
  };
};

/** Every way of saying each secret to each address, most of them wrong. */
const sayEverything = async (): Promise<number[]> => {
  const statuses: Promise<number>[] = [];
  const cookie = ada.browser.cookieHeader;
  const form_token = secrets.get('a form token') ?? '';
  for (const [what, secret] of secrets) {
    const plain = /^[\x21-\x7e]+$/.test(secret);
    for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/introspect']) {
      const fields = { token: secret, code: secret, refresh_token: secret, code_verifier: secret, scope: secret };
      for (const grant_type of ['authorization_code', 'refresh_token', secret]) {
        const authorization = basic(client);
        statuses.push(post(`${path} with ${what}`, path, { ...fields, grant_type }, { authorization }));
      }
      const wrong = { client_id: client.clientId, client_secret: secret, grant_type: 'client_credentials', token: 'x' };
      if (what !== 'a client secret') statuses.push(post(`${path} as a client with ${what}`, path, wrong));
      if (plain)
        statuses.push(
          ask(`${path} by Bearer ${what}`, path, { method: 'POST', headers: { authorization: `Bearer ${secret}` } }),
        );
    }
    for (const path of ['/graphql', '/oauth/userinfo', '/profile/']) {
      if (!plain || what.includes('access token') || what.includes('GraphQL')) continue;
      for (const scheme of ['Bearer', 'Basic', 'DPoP', '']) {
        const authorization = `${scheme} ${secret}`.trim();
        statuses.push(ask(`${path} by ${scheme} ${what}`, path, { method: 'POST', headers: { authorization } }));
      }
    }
    for (const path of ['/sign-in', '/sign-up']) {
      const fields = { identifier: 'ada', username: 'x', email: 'x', password: secret, form_token };
      // The right password signs in; a wrong one is enough here.
      const typed = what === 'a password' ? { ...fields, identifier: '' } : fields;
      statuses.push(post(`${path} with ${what}`, path, typed, { cookie }));
      statuses.push(post(`${path} with ${what} as form token`, path, { ...fields, form_token: secret }, { cookie }));
      statuses.push(
        ask(`${path} with a broken body`, path, { method: 'POST', headers: { cookie }, body: `password=${secret}` }),
      );
    }
    const inQuery = new URLSearchParams({ key: secret, id: secret, code: secret, state: secret, access_token: secret });
    for (const path of ['/set-up', '/confirm-email', '/oauth/userinfo', '/no/such/place', '/callback']) {
      statuses.push(
        ask(`${path} with ${what} in the query`, `${path}?${inQuery}`, { headers: { accept: 'application/json' } }),
      );
    }
    if (secret.startsWith('lk_'))
      statuses.push(
        ask(`a path of ${what}`, `/no/such/place/${encodeURIComponent(secret)}`, {
          headers: { referer: `https://x/${encodeURIComponent(secret)}` },
        }),
      );
    for (const body of [`{"query": "${secret}`, JSON.stringify({ query: `{ app(id: "${secret}") { id } }` })]) {
      const headers = { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json' };
      statuses.push(ask(`a GraphQL request with ${what}`, '/graphql', { method: 'POST', headers, body }));
    }
  }
  return Promise.all(statuses);
};

test('what is said to any address comes back in no answer, and stands in no line of the log', {
  timeout: 120_000,
}, async () => {
  await signIn();
  const statuses = await sayEverything();
  expect(statuses.length).toBeGreaterThan(400);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  expect(app.logLines.length).toBeGreaterThan(statuses.length);
  searchEverything();
});

describe('GraphQL', () => {
  const createUser =
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } userErrors { code message path } } }';

  test.each([
    ['good, by somebody who may not', {}],
    ['without what is required', { email: undefined }],
    ['with what there is not', { passwordHash: 'x' }],
    ['of the wrong type', { username: { first: 'x' } }],
    ['in a list', { password: ['the canary of a password'] }],
    ['as an object', { password: { is: 'the canary of a password' } }],
    ['with a rule broken', { email: 'no address' }],
  ])('repeats no password of an input that is %s', async (_how, change) => {
    const password = plant('a password of an input', 'the canary of a password');
    const input = { username: 'canary', email: 'canary@example.org', password, ...change };
    const administrator = await aPerson(app, { roles: ['administrator'] });
    const admin = await callerFor(app, administrator.account, ['admin:users:write', 'admin:users:read']);
    for (const by of [admin, caller]) {
      const headers = { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' };
      const body = JSON.stringify({
        query: createUser,
        variables: { input: { ...input, username: by === admin ? 'x' : 'canary' } },
      });
      await ask('createUser', '/graphql', { method: 'POST', headers, body });
    }
    searchEverything();
  });

  test.each([
    '{ app(id: { is: "CANARY" }) { id } }',
    '{ app(id: "CANARY") }',
    '{ apps(first: "CANARY") { nodes { id } } }',
    '{ apps "CANARY" }',
    '{ apps(search: """CANARY""" !) { nodes { id } } }',
    'mutation { createUser(input: { username: "x", password: "CANARY" }) { user { id } } }',
    'mutation { createUser(input: "CANARY") { user { id } } }',
    'mutation { createUser(input: { username: 1, email: [2], password: { is: "CANARY" } }) { user { id } } }',
    'mutation { setUserRoles(input: { id: "x", roles: ["CANARY"] }) { user { id } } }',
  ])('repeats nothing of the document %s', async (document) => {
    const canary = plant('a text of a document', 'the canary of a document');
    const headers = { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query: document.replace('CANARY', canary) });
    expect(await ask(document, '/graphql', { method: 'POST', headers, body })).toBeLessThan(500);
    searchEverything();
  });

  test('gives a client secret once, in the answer that makes it', async () => {
    const app = 'id clientId name secrets { id hint createdAt expiresAt }';
    const payload = `app { ${app} } clientSecret userErrors { code message }`;
    const input = '{ name: "Canary", type: WEB, redirectUris: ["https://canary.example/"] }';
    const { registerApp } = await caller.data(`mutation { registerApp(input: ${input}) { ${payload} } }`);
    plant('the secret of a new app', registerApp.clientSecret);
    const rotation = `{ id: "${registerApp.app.id}", keepOldFor: 60 }`;
    const { rotateAppSecret } = await caller.data(`mutation { rotateAppSecret(input: ${rotation}) { ${payload} } }`);
    plant('its next secret', rotateAppSecret.clientSecret);
    answers.push({ to: 'apps', text: JSON.stringify(await caller.data(`{ apps { nodes { ${app} } } }`)) });
    answers.push({ to: 'registerApp, but for its secret', text: JSON.stringify(registerApp.app) });
    searchEverything();
  });
});

describe('when the database fails', () => {
  test.each(['account', 'app', 'access_token', 'refresh_token', 'authorization_code', 'browser_session', 'rate_limit'])(
    'for want of %s, neither answers nor the log repeat what was said',
    async (table) => {
      const execute = (sql: string) => app.orm.em.fork().execute(sql);
      const { accessToken, refreshToken } = await signIn();
      const form_token = secrets.get('a form token') ?? '';
      const headers = { cookie: ada.browser.cookieHeader };
      const authorization = basic(client);
      await execute(`alter table ${table} rename to ${table}_gone`);
      try {
        const password = plant('a password that is tried', 'the canary of a failing password');
        const statuses = await Promise.all([
          post('/sign-in', '/sign-in', { identifier: 'ada', password, form_token }, headers),
          post(
            '/sign-up',
            '/sign-up',
            { username: 'canary', email: 'canary@example.org', password, form_token },
            headers,
          ),
          post(
            '/oauth/token',
            '/oauth/token',
            { grant_type: 'refresh_token', refresh_token: refreshToken },
            { authorization },
          ),
          post('/oauth/token', '/oauth/token', { grant_type: 'client_credentials' }, { authorization }),
          post(
            '/oauth/token',
            '/oauth/token',
            { grant_type: 'authorization_code', code: secrets.get('a code') ?? '' },
            { authorization },
          ),
          post('/oauth/revoke', '/oauth/revoke', { token: accessToken }, { authorization }),
          post('/oauth/introspect', '/oauth/introspect', { token: accessToken }, { authorization }),
          ask('/oauth/userinfo', '/oauth/userinfo', { headers: { authorization: `Bearer ${accessToken}` } }),
          ask('/graphql', '/graphql', {
            method: 'POST',
            headers: { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ query: '{ me { id email } apps { nodes { secrets { hint } } } }' }),
          }),
        ]);
        expect(statuses.some((status) => status >= 500)).toBe(true);
        for (const { to, text } of answers) expect(text, to).not.toMatch(/relation|select |insert |node_modules|\.ts:/);
      } finally {
        await execute(`alter table ${table}_gone rename to ${table}`);
      }
      searchEverything();
    },
  );
});

test('no row shows a secret, its hash or its hint of it to whoever prints it', async () => {
  await signIn();
  const em = app.orm.em.fork();
  for (const entity of [Account, AppSecret, BrowserSession, AccessToken, RefreshToken, AuthorizationCode, SigningKey]) {
    const rows = await em.find<object>(entity, {});
    expect(rows.length, entity.name).toBeGreaterThan(0);
    for (const row of rows) {
      const shown = inspect(row, { depth: 6, maxArrayLength: 1000 }) + JSON.stringify(row);
      search(`A row of ${entity.name}`, shown);
      expect(shown, entity.name).not.toMatch(/\$argon2|<Buffer|Uint8Array/);
    }
  }
});

test('what is kept is a hash: no table holds a secret', async () => {
  await signIn();
  const em = app.orm.em.fork();
  const tables = await em.execute<{ name: string }[]>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const rows = await em.execute<{ text: string }[]>(`select t::text as text from "${name}" t`);
    search(`The table ${name}`, rows.map(({ text }) => text).join('\n'));
  }
});
