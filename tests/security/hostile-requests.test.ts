/** Whatever is sent to whichever address: the right 4xx, one line in the log, and nothing of the inside in the answer. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '../../server/urls.ts';
import { type RawAnswer, send } from '../http/request.ts';
import { callerFor } from '../support/graphql-caller.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';
import { basic } from '../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let person: Person;
let formToken: string;
/** A good credential for each address: what is refused is refused for what is wrong with it. */
let credentials: (path: string) => Record<string, string>;

beforeAll(async () => {
  app = await createTestApp();
  person = await aSignedInPerson(app, { roles: ['administrator'] });
  client = await anApp(app, { trusted: true });
  const { token } = await callerFor(app, person.account, ['openid', 'profile', 'read', 'apps:write', 'apps:read']);
  formToken = hiddenFields((await person.browser.get('/sign-out')).body).form_token ?? '';
  credentials = (path) => {
    if (/token|revoke|introspect|par$/.test(path)) return { authorization: basic(client) };
    if (/graphql|userinfo|profile/.test(path)) return { authorization: `Bearer ${token}` };
    return { cookie: person.browser.cookieHeader };
  };
});
afterAll(() => app.close());

const addresses = [
  ...Object.values(paths),
  ...['/o/token/', '/profile/', '/oauth/authorize/00000000-0000-7000-8000-000000000000'],
  ...['/', '/account/profile', '/static/x.js', '/no/such/place'],
];

type Sent = Parameters<typeof send>[2] & { query?: string };

const inside =
  /node_modules|\.tsx?:\d|\.js:\d|\bat \S+ \(|Error:|select |insert |relation "|violates|PostgreSQL|mikro/i;

const sendTo = async (path: string, { query = '', ...sent }: Sent): Promise<RawAnswer> => {
  const headers = { accept: 'text/html', ...credentials(path), ...sent.headers };
  const answer = await send(app.issuer, path + query, { ...sent, headers });
  const what = `${sent.method ?? 'GET'} ${path}${query.slice(0, 80)} ${JSON.stringify(sent.headers ?? {}).slice(0, 200)}`;
  expect(answer.status, what).toBeLessThan(500);
  if (answer.status >= 400) expect(answer.body, what).not.toMatch(inside);
  return answer;
};

/** Sends all of it, and sees that each is answered, logged in one line, and by nothing of the inside. */
const sweep = async (path: string, requests: readonly Sent[]): Promise<RawAnswer[]> => {
  app.logLines.length = 0;
  const answers: RawAnswer[] = [];
  for (let from = 0; from < requests.length; from += 8) {
    answers.push(...(await Promise.all(requests.slice(from, from + 8).map((request) => sendTo(path, request)))));
  }
  await expect.poll(() => app.logLines.length).toBe(requests.length);
  for (const line of app.logLines) expect(JSON.parse(line)).toMatchObject({ level: 30, msg: 'request' });
  return answers;
};

const queries = [
  ...['%', '%zz', 'a=%00', 'a=%ff', 'a=%c0%80', 'a=%ed%a0%80', '%00=a', 'a=1&a=2', '&&&&', '=', '?', 'a=;b=c'],
  ...['__proto__[x]=1', 'constructor=1', 'a[]=1&a[b]=2', 'lang=xx', 'lang=fr&lang=en', 'continue=//evil.example'],
  ...['id=%00', 'id=%27%20or%201=1%20--', 'key=x&id=00000000-0000-0000-0000-00000000000g', `a=${'x'.repeat(12_000)}`],
  ...['client_id=a&client_id=b', 'ui_locales=%00', 'login_hint=%00', `${'a&'.repeat(3000)}`],
];

const headers: Record<string, string>[] = [
  ...['', '*/*', 'text/html;q=x', ','.repeat(2000), 'a'.repeat(4000)].map((accept) => ({ accept })),
  ...['', '*', 'fr;q=2', ',;,;', 'x-'.repeat(1500)].map((value) => ({ 'accept-language': value })),
  ...[
    'Bearer',
    'Bearer ',
    'Basic',
    'Basic !!!',
    'Basic Og==',
    'Basic /w==',
    'Digest x',
    `Bearer ${'a'.repeat(8000)}`,
  ].map((authorization) => ({ authorization })),
  ...['=', ';', 'a', '=;=;=', `x=${'y'.repeat(6000)}`, 'latchkey_session=%00; latchkey_browser=%ff'].map((cookie) => ({
    cookie,
  })),
  ...['null', 'https://evil.example', 'x', ''].map((origin) => ({ origin })),
  { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', forwarded: 'for=_x' },
  { 'x-forwarded-for': 'a, ,1.2.3.4.5, ::::' },
  { range: 'bytes=5-1', 'if-none-match': '"', 'if-modified-since': 'x', 'if-match': '*' },
  { 'accept-encoding': 'x;q=9, br;q=0, *;q=0' },
  { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' },
];

const form = 'application/x-www-form-urlencoded';
const bodies: Sent[] = [
  { body: 'a=b' },
  { body: '{"a":1}', headers: { 'content-type': 'application/json' } },
  { body: '', headers: { 'content-type': form } },
  { body: '', headers: { 'content-type': 'application/json' } },
  ...[
    'null',
    '[]',
    '1',
    '"x"',
    '{',
    '{"query":null}',
    '{"query":{}}',
    '[{"query":"{me{id}}"}]',
    '\u0000',
    '{"a":1e999}',
  ].map((body) => ({ body, headers: { 'content-type': 'application/json' } })),
  { body: '['.repeat(50_000) + ']'.repeat(50_000), headers: { 'content-type': 'application/json' } },
  { body: `{"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, headers: { 'content-type': 'application/json' } },
  { body: '{"__proto__":{"x":1},"query":"{ me { id } }"}', headers: { 'content-type': 'application/json' } },
  { body: '{"query":"{ me { id } }"}', headers: { 'content-type': 'application/json; charset=utf-16' } },
  { body: Buffer.from([0xff, 0xfe, 0x00]), headers: { 'content-type': 'application/json' } },
  { body: Buffer.from([0x61, 0x3d, 0xff]), headers: { 'content-type': form } },
  ...['a=%00', 'a=%ff', 'a=%', 'a=1&a=2', '__proto__=1', '&'.repeat(2000), 'a&'.repeat(200), 'form_token=x'].map(
    (body) => ({
      body,
      headers: { 'content-type': form },
    }),
  ),
  { body: 'x'.repeat(300_000), headers: { 'content-type': form } },
  { body: JSON.stringify({ query: 'x'.repeat(300_000) }), headers: { 'content-type': 'application/json' } },
  { body: 'a=b', headers: { 'content-type': `${form}; charset=${'x'.repeat(3000)}` } },
  { body: 'a=b', headers: { 'content-type': form, 'content-encoding': 'gzip' } },
  { body: 'a=b', headers: { 'content-type': form, 'transfer-encoding': 'chunked' } },
  { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
  { body: '<a/>', headers: { 'content-type': 'text/xml' } },
  { body: 'a=b', headers: { 'content-type': '; ; ;' } },
].map((sent) => ({ method: 'POST', ...sent }));

describe.each([...new Set(addresses)])('%s', (path) => {
  test('answers every method with what it means there', async () => {
    const methods = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'M-SEARCH'];
    const [, options, ...others] = await sweep(
      path,
      methods.map((method) => ({ method })),
    );
    expect(options?.status).toBeLessThan(405);
    for (const answer of others) {
      expect([404, 405]).toContain(answer.status);
      if (answer.status === 405) expect(answer.headers.allow).toMatch(/GET|POST/);
    }
  });

  test('refuses broken queries and headers, and takes odd ones for what they are', async () => {
    await sweep(path, [
      ...queries.map((query) => ({ query: `?${query}` })),
      ...headers.map((odd) => ({ headers: odd })),
    ]);
  });

  test('refuses bodies that are none', async () => {
    for (const answer of await sweep(path, bodies)) expect(answer.headers['set-cookie'] ?? []).not.toContain('evil');
  });
});

const nasty = [
  ...['', ' ', '\u0001', '\r\nSet-Cookie: evil=1', '\uffff', '💥'.repeat(500), 'x'.repeat(6000), '-1', '1e309'],
  ...[
    "'; drop table account; --",
    '<script>alert(1)</script>',
    '../../etc/passwd',
    '%00',
    '"\\*',
    'http://[::1',
    'a  b',
  ],
];

/** What only bytes can say. */
const broken = ['%00', 'a%00b', '%ff', '%c0%80', '%ed%a0%80', '%', '%zz'];

const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

describe('each parameter', () => {
  const authorization = () => ({
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 'x',
    nonce: 'x',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    prompt: 'none',
    max_age: '5',
    response_mode: 'query',
    login_hint: 'x',
    ui_locales: 'en',
    display: 'page',
    acr_values: 'x',
    id_token_hint: 'x',
    claims: '{}',
    resource: 'x',
    request: 'x',
    request_uri: 'x',
  });

  test('of an authorization request may be anything', async () => {
    for (const name of Object.keys(authorization())) {
      const of = (value: string) =>
        new URLSearchParams({ ...authorization(), request: '', request_uri: '', [name]: value });
      const answers = await sweep('/oauth/authorize', [
        ...nasty.map((value) => ({ query: `?${of(value)}` })),
        ...broken.map((value) => ({ query: `?${of('BROKEN').toString().replace('BROKEN', value)}` })),
        // Of these alone there may be several (RFC 8707 §2).
        ...(name === 'resource' ? [] : [{ query: `?${of('x')}&${name}=y` }]),
      ]);
      for (const answer of answers) {
        expect([303, 400, 413], name).toContain(answer.status);
        expect(String(answer.headers['set-cookie'])).not.toContain('evil');
        const { location } = answer.headers;
        if (location !== undefined)
          expect(String(location)).toMatch(/^(http:\/\/localhost:9999\/callback\?|\/oauth\/authorize\/)/);
      }
      for (const answer of answers.slice(nasty.length)) expect(answer.status, name).toBe(400);
    }
  });

  const requests: Record<string, Record<string, string>> = {
    '/oauth/token authorization_code': {
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: 'x',
      code_verifier: verifier,
    },
    '/oauth/token refresh_token': { grant_type: 'refresh_token', refresh_token: 'x', scope: 'openid' },
    '/oauth/token client_credentials': { grant_type: 'client_credentials', scope: 'read' },
    '/oauth/revoke': { token: 'x', token_type_hint: 'access_token' },
    '/oauth/introspect': { token: 'x', token_type_hint: 'access_token' },
    '/oauth/par': {
      response_type: 'code',
      redirect_uri: 'http://localhost:9999/callback',
      scope: 'openid',
      state: 'x',
      nonce: 'x',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
      dpop_jkt: 'x'.repeat(43),
      request: '',
    },
  };

  test.each(Object.entries(requests))('at %s may be anything', async (endpoint, parameters) => {
    const [path = ''] = endpoint.split(' ');
    const post = (body: string) => ({ method: 'POST', body, headers: { 'content-type': form } });
    for (const name of [
      ...Object.keys(parameters),
      'client_id',
      'client_secret',
      'client_assertion',
      'client_assertion_type',
    ]) {
      const of = (value: string) => new URLSearchParams({ ...parameters, [name]: value });
      const answers = await sweep(path, [
        ...nasty.map((value) => post(of(value).toString())),
        ...broken.map((value) => post(of('BROKEN').toString().replace('BROKEN', value))),
        post(`${of('x')}&${name}=y`),
      ]);
      for (const { status, body, headers: answered } of answers) {
        expect(answered['cache-control']).toBe('no-store');
        if (status < 300) continue;
        expect([400, 401, 413], name).toContain(status);
        expect(JSON.parse(body)).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) });
      }
      for (const { status } of answers.slice(nasty.length)) expect(status, name).toBe(400);
    }
  });

  test('that may be a JWT may name any key', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forge = (kid: unknown, typ: string) => `${part({ alg: 'ES256', typ, kid })}.${part({ sub: 'x' })}.AAAA`;
    const kids = ['\0', `${'x'.repeat(42)}\0`, '\ud800', 'x'.repeat(43), 'x'.repeat(3000), '', 7, null, [], {}];
    const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
    const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
    const exchanging = { grant_type: exchange, subject_token_type: accessToken };
    const posts: [string, (jwt: string) => Record<string, string>][] = [
      ['/oauth/introspect', (token) => ({ token })],
      ['/oauth/revoke', (token) => ({ token })],
      ['/oauth/token', (token) => ({ ...exchanging, subject_token: token })],
      ['/oauth/logout', (token) => ({ id_token_hint: token })],
    ];
    const kept = credentials;
    const exchanger = await anApp(app, { grantTypes: [exchange] });
    credentials = (path) => (path === '/oauth/token' ? { authorization: basic(exchanger) } : kept(path));
    for (const [path, of] of posts) {
      const bodies = kids.map((kid) => new URLSearchParams(of(forge(kid, 'at+jwt'))).toString());
      await sweep(
        path,
        bodies.map((body) => ({ method: 'POST', body, headers: { 'content-type': form } })),
      );
    }
    credentials = kept;
    for (const path of ['/oauth/authorize', '/oauth/logout']) {
      const hints = kids.map((kid) => ({ ...authorization(), id_token_hint: forge(kid, 'JWT') }));
      await sweep(
        path,
        hints.map(({ request: _, request_uri: __, ...query }) => ({
          query: `?${new URLSearchParams({ ...query, resource: '' })}`,
        })),
      );
    }
  });

  test.each(['/oauth/token', '/oauth/par', '/oauth/userinfo', '/graphql'])(
    'the header DPoP at %s may be anything that is a header',
    async (path) => {
      const nonsense = [
        '',
        ' ',
        'x',
        'a.b.c',
        '....',
        'x'.repeat(8000),
        'eyJhbGciOiJub25lIn0.e30.',
        'é',
        '{}',
        'a.b.c, d.e.f',
      ];
      const scheme = /userinfo|graphql/.test(path) ? { authorization: `DPoP ${'x'.repeat(40)}` } : {};
      const answers = await sweep(
        path,
        nonsense.map((dpop) => ({
          method: 'POST',
          body: path === '/graphql' ? '{"query":"{ me { id } }"}' : 'grant_type=client_credentials',
          headers: { ...scheme, dpop, 'content-type': path === '/graphql' ? 'application/json' : form },
        })),
      );
      for (const { status } of answers) expect([400, 401]).toContain(status);
    },
  );

  test.each([
    ['/sign-in', ['identifier', 'password']],
    ['/sign-up', ['username', 'email', 'password']],
  ] as const)('of the form %s may be anything', async (path, names) => {
    const good: Record<string, string> = { identifier: 'nobody', username: 'x', email: 'x', password: 'short' };
    const answers = await sweep(
      path,
      names.flatMap((name) =>
        nasty.slice(3, 11).map((value) => ({
          method: 'POST',
          body: new URLSearchParams({ ...good, form_token: formToken, [name]: value }).toString(),
          headers: { 'content-type': form },
        })),
      ),
    );
    for (const answer of answers) {
      expect([422, 429]).toContain(answer.status);
      expect(answer.body).not.toContain('<script>');
    }
  });
});

describe('what is not even HTTP', () => {
  const raw = async (text: string): Promise<string> => {
    const socket = connect(Number(new URL(app.issuer).port), '127.0.0.1').setEncoding('latin1');
    let answer = '';
    socket.on('error', () => undefined);
    socket.end(text, 'latin1');
    for await (const chunk of socket) answer += chunk;
    return answer;
  };

  test.each([
    ['noise', '\x16\x03\x01\x02\x00\x01\x00'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two lengths', 'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\na=b'],
    [
      'a length and chunks',
      'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header in two lines', 'GET /sign-in HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\nConnection: close\r\n\r\n'],
    ['NUL in a header', 'GET /sign-in HTTP/1.1\r\nHost: x\r\nA: \0\r\nConnection: close\r\n\r\n'],
    ['enormous headers', `GET /sign-in HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`],
    ['a length that is none', 'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    [
      'a body that ends too soon',
      'POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=b',
    ],
    ['an absolute address', 'GET http://evil.example/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['an authority', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a star', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['an upgrade', 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n'],
  ])('%s', async (_what, text) => {
    const answer = await raw(text);
    expect(answer).toMatch(/^(HTTP\/1\.1 [234]\d\d |$)/);
    expect(answer).not.toMatch(inside);
    expect(answer.toLowerCase()).not.toContain('evil.example');
    expect((await fetch(`${app.issuer}/oauth/jwks`)).status).toBe(200);
  });

  test('is told in one line of the log each', async () => {
    const unreadable = () => app.logLines.filter((line) => line.includes('"request unreadable"'));
    for (const [text, status] of [
      ['noise without end\r\n\r\n', 400],
      [`GET /sign-in HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ] as const) {
      const before = unreadable().length;
      expect(await raw(text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      await expect.poll(() => unreadable().length).toBe(before + 1);
      expect(JSON.parse(unreadable().at(-1) ?? '{}')).toMatchObject({ status });
    }
  });
});
