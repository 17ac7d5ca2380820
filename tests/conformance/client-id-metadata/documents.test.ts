/** OAuth Client ID Metadata Document (the IETF draft): the client id is the address of a document that describes the client. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isDocumentAddress } from '../../../server/apps/client-documents.ts';
import { aKey } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { aSignedInPerson } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { TestBrowser } from '../../support/test-browser.ts';

interface Served {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

const redirectUri = 'http://localhost:9999/callback';
const clock = new TestClock();
let app: TestApp;
let off: TestApp;
let host: Server;
let origin: string;
/** What the documents' host answers, by path, and how often it was asked. */
const served = new Map<string, Served>();
const asked = new Map<string, number>();

beforeAll(async () => {
  host = createServer((req, res) => {
    const path = req.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    const { status = 200, headers = {}, body } = served.get(path) ?? { status: 404, body: '' };
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  }).listen(0, '127.0.0.1');
  await once(host, 'listening');
  origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  app = await createTestApp({
    clock,
    settings: { LATCHKEY_CLIENT_ID_METADATA: 'on', LATCHKEY_CLIENT_DOCUMENTS_PER_ADDRESS: '1000' },
  });
  off = await createTestApp();
});
afterAll(async () => {
  host.close();
  await app.close();
  await off.close();
});
beforeEach(() => asked.clear());

let count = 0;

/** Serves a document and answers its address. */
const publish = (changes: object = {}, answer: Omit<Served, 'body'> = {}, path = `/client-${++count}.json`): string => {
  const clientId = origin + path;
  const document = {
    client_id: clientId,
    client_name: 'Reader',
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'none',
    ...changes,
  };
  served.set(path, { ...answer, body: JSON.stringify(document) });
  return clientId;
};

const pathOf = (clientId: string): string => new URL(clientId).pathname;

/** Whether the authorization endpoint takes this client. */
const isTaken = async (clientId: string, at: TestApp = app): Promise<boolean> => {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const { status } = await new TestBrowser(at.origin).get(`/oauth/authorize?${query}`);
  return status === 303;
};

requirement(
  'OAuth Client ID Metadata Document §3',
  'only an https URL with a path, without fragment, credentials or dot segments, is a document’s',
  () => {
    for (const yes of [
      'https://app.example/client.json',
      'https://app.example/',
      'https://app.example:8443/a/b?c=d',
      'https://[2001:db8::1]/client',
    ]) {
      expect(isDocumentAddress(yes, false), yes).toBe(true);
    }
    for (const no of [
      'https://app.example',
      'http://app.example/client',
      'http://localhost/client',
      'https://app.example/client#x',
      'https://app.example/client#',
      'https://kim@app.example/client',
      'https://kim:secret@app.example/client',
      'https://app.example/a/../client',
      'https://app.example/./client',
      'https://app.example/%2e%2e/client',
      'https://APP.example/client',
      'https://app.example:443/client',
      'https:/app.example/client',
      'https://app.example\\client',
      ' https://app.example/client',
      'https://äpp.example/client',
      'ftp://app.example/client',
      'javascript:alert(1)',
      'client',
      '',
    ]) {
      expect(isDocumentAddress(no, false), no).toBe(false);
    }
    expect(isDocumentAddress('http://localhost:5000/client', true)).toBe(true);
    expect(isDocumentAddress('http://app.example/client', true)).toBe(false);
  },
);

requirement(
  'OAuth Client ID Metadata Document §4',
  'a person signs in to a client that was never registered, and sees which host it is of',
  async () => {
    const clientId = publish({ scope: 'openid profile', application_type: 'native' });
    const person = await aSignedInPerson(app);
    const party = await RelyingParty.discover(app, { clientId, clientSecret: '', redirectUri }, oidc.None());
    const request = await party.begin('openid profile');
    const waiting = await person.browser.get(request.url.href);
    const page = await person.browser.get(waiting.location ?? '');
    expect(page.body).toContain('Reader');
    expect(page.body).toContain(new URL(origin).host);
    const tokens = await party.signIn(person, 'openid profile');
    expect(tokens.claims()?.aud).toBe(clientId);
    expect(asked.get(pathOf(clientId))).toBe(1);
  },
);

requirement(
  'OAuth Client ID Metadata Document §4',
  'the document must be a 200 in JSON, and no redirect is followed',
  async () => {
    const good = publish();
    expect(await isTaken(good)).toBe(true);
    expect(await isTaken(`${origin}/missing.json`)).toBe(false);
    for (const status of [201, 204, 301, 302, 307, 400, 500]) {
      const { pathname } = new URL(good);
      expect(await isTaken(publish({}, { status, headers: { location: pathname } }))).toBe(false);
    }
    expect(await isTaken(publish({}, { headers: { 'content-type': 'text/html' } }))).toBe(false);
    expect(
      await isTaken(publish({}, { headers: { 'content-type': 'application/oauth-client+json; charset=utf-8' } })),
    ).toBe(true);
    for (const body of ['', '{', '[]', 'null', '"text"']) {
      served.set('/odd.json', { body });
      expect(await isTaken(`${origin}/odd.json`)).toBe(false);
    }
  },
);

requirement(
  'OAuth Client ID Metadata Document §4.1',
  'the client_id of the document is its address, character by character',
  async () => {
    for (const client_id of [
      undefined,
      'another',
      `${origin}/other.json`,
      `${origin}/same.json?`,
      `${origin}/Same.json`,
    ]) {
      expect(await isTaken(publish({ client_id }, {}, '/same.json'))).toBe(false);
    }
    expect(await isTaken(publish({}, {}, '/same.json'))).toBe(true);
  },
);

requirement('OAuth Client ID Metadata Document §4.1', 'a document shares no secret', async () => {
  for (const wrong of [
    { token_endpoint_auth_method: 'client_secret_basic' },
    { token_endpoint_auth_method: 'client_secret_post' },
    { token_endpoint_auth_method: 'client_secret_jwt' },
    { client_secret: 'a secret that all can read' },
    { client_secret_expires_at: 0 },
  ]) {
    expect(await isTaken(publish(wrong)), JSON.stringify(wrong)).toBe(false);
  }
  const { jwks } = await aKey();
  expect(await isTaken(publish({ token_endpoint_auth_method: 'private_key_jwt', jwks }))).toBe(true);
});

requirement('OAuth Client ID Metadata Document §4.1', 'a document is bound by the rules for every app', async () => {
  for (const wrong of [
    { redirect_uris: ['http://elsewhere.example/callback'] },
    { redirect_uris: [] },
    { scope: 'openid admin:users:read' },
    { grant_types: ['implicit'] },
    { client_name: 'a\u202eb' },
  ]) {
    expect(await isTaken(publish(wrong)), JSON.stringify(wrong)).toBe(false);
  }
  const clientId = publish({ trusted: true, owner: 'somebody', access_token_lifetime: 86_400 });
  expect(await isTaken(clientId)).toBe(true);
  const rows = await app.inContext(() =>
    app.orm.em
      .getConnection()
      .execute('select origin, trusted, owner_id, access_token_lifetime from app where client_id = ?', [clientId]),
  );
  expect(rows).toEqual([{ origin: 'document', trusted: false, owner_id: null, access_token_lifetime: null }]);
});

requirement(
  'OAuth Client ID Metadata Document §4.2',
  'a document is kept as long as it says, between five minutes and a day',
  async () => {
    const lives: [Record<string, string>, number][] = [
      [{}, 300],
      [{ 'cache-control': 'no-store, max-age=3600' }, 300],
      [{ 'cache-control': 'max-age=1' }, 300],
      [{ 'cache-control': 'public, max-age=3600' }, 3600],
      [{ 'cache-control': 'max-age=99999999' }, 86_400],
    ];
    for (const [headers, seconds] of lives) {
      const clientId = publish({}, { headers });
      const path = pathOf(clientId);
      await isTaken(clientId);
      clock.advance(seconds - 1);
      await isTaken(clientId);
      expect(asked.get(path)).toBe(1);
      clock.advance(2);
      await isTaken(clientId);
      expect(asked.get(path)).toBe(2);
    }
  },
);

requirement('OAuth Client ID Metadata Document §4.2', 'a changed document changes the client', async () => {
  const clientId = publish({}, {}, '/changing.json');
  expect(await isTaken(clientId)).toBe(true);
  publish({ redirect_uris: ['http://localhost:9999/elsewhere'] }, {}, '/changing.json');
  expect(await isTaken(clientId)).toBe(true);
  clock.advance(301);
  expect(await isTaken(clientId)).toBe(false);
});

requirement(
  'OAuth Client ID Metadata Document §4.2',
  'while its host is away the last good document counts for a day more, and no longer',
  async () => {
    const clientId = publish({}, {}, '/away.json');
    expect(await isTaken(clientId)).toBe(true);
    served.set('/away.json', { status: 503, body: '' });
    clock.advance(301);
    for (let times = 0; times < 3; times++) expect(await isTaken(clientId)).toBe(true);
    // Tried again once a minute at most.
    expect(asked.get('/away.json')).toBe(2);
    clock.advance(61);
    expect(await isTaken(clientId)).toBe(true);
    expect(asked.get('/away.json')).toBe(3);
    clock.advance(86_400);
    expect(await isTaken(clientId)).toBe(false);
    publish({}, {}, '/away.json');
    expect(await isTaken(clientId)).toBe(true);
  },
);

test('a document that cannot be had any more gives no tokens either', async () => {
  const clientId = publish({ grant_types: ['authorization_code', 'refresh_token'] }, {}, '/gone.json');
  const person = await aSignedInPerson(app);
  const party = await RelyingParty.discover(app, { clientId, clientSecret: '', redirectUri }, oidc.None());
  const tokens = await party.signIn(person, 'openid offline_access', { prompt: 'consent' });
  served.delete('/gone.json');
  clock.advance(86_400 + 302);
  await expect(oidc.refreshTokenGrant(party.configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
    status: 401,
  });
});

requirement(
  'OAuth Client ID Metadata Document §6',
  'no document is read from a private address, nor a large one',
  async () => {
    for (const clientId of [
      'https://10.0.0.1/client.json',
      'https://192.168.1.1/client.json',
      'https://169.254.169.254/latest/meta-data',
      'https://[fd00::1]/client.json',
      'https://localhost.invalid/client.json',
    ]) {
      expect(await isTaken(clientId), clientId).toBe(false);
    }
    expect(await isTaken(publish({ filler: 'x'.repeat(5000) }))).toBe(false);
  },
);

test('twenty at once read one document once', async () => {
  const clientId = publish({}, {}, '/busy.json');
  const answers = await Promise.all(Array.from({ length: 20 }, () => isTaken(clientId)));
  expect(answers.every(Boolean)).toBe(true);
  expect(asked.get('/busy.json')).toBe(1);
});

test('two nodes that read the same document at once make one app of it', async () => {
  const beside = await createTestApp({ beside: app, clock, settings: { LATCHKEY_CLIENT_ID_METADATA: 'on' } });
  try {
    const clientId = publish({}, {}, '/both.json');
    expect(await Promise.all([isTaken(clientId), isTaken(clientId, beside)])).toEqual([true, true]);
  } finally {
    await beside.close();
  }
});

test('for one network only so many documents are read in an hour', async () => {
  const settings = { LATCHKEY_CLIENT_ID_METADATA: 'on', LATCHKEY_CLIENT_DOCUMENTS_PER_ADDRESS: '2' };
  const limited = await createTestApp({ settings });
  try {
    const [one, two, three] = [publish(), publish(), publish()];
    expect(await isTaken(one, limited)).toBe(true);
    expect(await isTaken(two, limited)).toBe(true);
    const refused = await fetch(`${limited.origin}/oauth/authorize?${new URLSearchParams({ client_id: three })}`);
    expect(refused.status).toBe(429);
    expect(await isTaken(one, limited)).toBe(true);
    const pushed = await fetch(`${limited.origin}/oauth/par`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: three }),
    });
    expect(pushed.status).toBe(429);
  } finally {
    await limited.close();
  }
});

test('an app that came by its document is refused everywhere once the setting is off', async () => {
  const clientId = publish({ grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'] });
  const refused = await createTestApp({ beside: app, clock });
  const ask = async (at: TestApp, path: string, more: Record<string, string>): Promise<string | undefined> => {
    const body = new URLSearchParams({ client_id: clientId, ...more });
    const response = await fetch(at.origin + path, { method: 'POST', body });
    return (JSON.parse((await response.text()) || '{}') as { error?: string }).error;
  };
  const requests: [string, Record<string, string>][] = [
    ['/oauth/token', { grant_type: 'authorization_code', code: 'x', redirect_uri: redirectUri }],
    ['/oauth/par', { response_type: 'code', redirect_uri: redirectUri }],
    ['/oauth/device-authorization', { scope: 'openid' }],
    ['/oauth/revoke', { token: 'x' }],
  ];
  try {
    expect(await isTaken(clientId)).toBe(true);
    expect(await isTaken(clientId, refused)).toBe(false);
    for (const [path, more] of requests) {
      expect([path, await ask(app, path, more)]).not.toEqual([path, 'invalid_client']);
      expect([path, await ask(refused, path, more)]).toEqual([path, 'invalid_client']);
    }
    expect(await isTaken(clientId)).toBe(true);
  } finally {
    await refused.close();
  }
});

requirement(
  'OAuth Client ID Metadata Document §5',
  'it is announced where the operator lets it be, and only there',
  async () => {
    const announced = async (at: TestApp): Promise<unknown> => {
      const response = await fetch(`${at.origin}/.well-known/oauth-authorization-server`);
      return ((await response.json()) as Record<string, unknown>).client_id_metadata_document_supported;
    };
    expect(await announced(app)).toBe(true);
    expect(await announced(off)).toBeUndefined();
    const clientId = publish();
    expect(await isTaken(clientId, off)).toBe(false);
    expect(asked.get(pathOf(clientId))).toBeUndefined();
  },
);
