/** GraphQL over HTTP: what is sent and what is answered, well-formed and hostile. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newCredential } from '../../server/kernel/secrets.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { aPerson, type Person } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let person: Person;
let caller: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_GRAPHQL_MAX_BODY: '2048' } });
  person = await aPerson(app);
  caller = await callerFor(app, person.account, ['profile', 'apps:read', 'profile:write']);
});
afterAll(() => app.close());

const me = JSON.stringify({ query: '{ me { id } }' });

describe('without a live token', () => {
  test.each([
    ['none', undefined],
    ['of another scheme', 'Basic a2ltOmtpbQ=='],
    ['malformed', 'Bearer'],
    ['unknown', `Bearer ${newCredential('at')}`],
    ['of another kind', `Bearer ${newCredential('rt')}`],
    ['nonsense', 'Bearer nonsense'],
  ])('(%s) the answer is 401 with the challenge of RFC 6750 and RFC 9728', async (_what, authorization) => {
    const response = await fetch(`${app.issuer}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: me,
    });
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate');
    expect(challenge).toContain('Bearer realm="latchkey"');
    expect(challenge).toContain(`resource_metadata="${app.issuer}/.well-known/oauth-protected-resource/graphql"`);
    expect(challenge?.includes('error="invalid_token"')).toBe(authorization !== undefined);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('a token in the query or the body counts for nothing', async () => {
    const response = await fetch(`${app.issuer}/graphql?access_token=${caller.token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ me { id } }', access_token: caller.token }),
    });
    expect(response.status).toBe(401);
  });

  test('a locked person’s token is dead at once', async () => {
    const somebody = await aPerson(app);
    const own = await callerFor(app, somebody.account, ['profile']);
    expect((await own.call('{ me { id } }')).status).toBe(200);
    await app.inContext(() =>
      app.orm.em.getConnection().execute('update account set locked_at = now() where id = ?', [somebody.account.id]),
    );
    expect((await own.call('{ me { id } }')).status).toBe(401);
  });
});

describe('other origins', () => {
  test('are answered, without credentials', async () => {
    const { headers } = await caller.post(me, { origin: 'https://app.example.org' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  test('may ask before they send a token', async () => {
    const response = await fetch(`${app.issuer}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toBe('POST');
    expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
  });
});

describe('an answer', () => {
  test.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
  ])('to %s is %s, and nobody stores it', async (accept, type) => {
    const { status, headers } = await caller.post(me, { accept });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toBeTruthy();
  });
});

describe('a request', () => {
  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('by %s is refused', async (method) => {
    const response = await fetch(`${app.issuer}/graphql?query={me{id}}`, {
      method,
      headers: { authorization: `Bearer ${caller.token}` },
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('POST');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/json; charset=utf-16',
    'application/jsonp',
    '',
  ])('of the type %j is refused', async (type) => {
    const { status, errors } = await caller.post(me, { 'content-type': type });
    expect(status).toBe(415);
    expect(errors?.[0]?.extensions.code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  test.each(['application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'Application/JSON'])(
    'of the type %j is answered',
    async (type) => {
      expect((await caller.post(me, { 'content-type': type })).status).toBe(200);
    },
  );

  test('that is compressed is refused', async () => {
    expect((await caller.post(me, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  const malformed: [string, string | Uint8Array<ArrayBuffer>][] = [
    ['empty', ''],
    ['cut off', '{"query": "{ me { id }'],
    ['no JSON', 'query=1'],
    ['broken UTF-8', new Uint8Array([...Buffer.from('{"query":"'), 0xff, 0xfe, ...Buffer.from('"}')])],
    ['null', 'null'],
    ['a number', '1'],
    ['a text', '"{ me { id } }"'],
    ['a batch', `[${me}, ${me}]`],
    ['an empty object', '{}'],
    ['a query of the wrong type', '{"query": 1}'],
    ['a query that is a document', '{"query": {"kind": "Document", "definitions": []}}'],
    ['an empty query', '{"query": ""}'],
    ['variables of the wrong type', '{"query": "{ me { id } }", "variables": []}'],
    ['variables in a text', '{"query": "{ me { id } }", "variables": "{}"}'],
    ['an operation name of the wrong type', '{"query": "{ me { id } }", "operationName": {}}'],
    ['an operation that is not there', '{"query": "query A { me { id } }", "operationName": "B"}'],
    ['two operations and no name', '{"query": "query A { me { id } } query B { me { id } }"}'],
    ['an operation of an empty name', '{"query": "{ me { id } }", "operationName": ""}'],
    ['extensions of the wrong type', '{"query": "{ me { id } }", "extensions": 1}'],
    ['a subscription', '{"query": "subscription { me { id } }"}'],
    ['a definition of a type', '{"query": "type A { b: String }"}'],
    ['a syntax error', '{"query": "{ me { id "}'],
    ['an unknown field', '{"query": "{ me { secret } }"}'],
    ['a NUL', '{"query": "\\u0000{ me { id } }"}'],
    [
      'an unknown input field',
      '{"query": "mutation { updateProfile(input: { emailVerified: true }) { userErrors { code } } }"}',
    ],
    [
      'an unknown input field in a variable',
      '{"query": "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }", "variables": {"input": {"id": "1", "roles": ["ADMINISTRATOR"]}}}',
    ],
    [
      'a variable of the wrong type',
      '{"query": "mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }", "variables": {"input": {"givenName": {"a": 1}}}}',
    ],
    ['a missing variable', '{"query": "query ($id: ID!) { app(id: $id) { id } }"}'],
  ];
  test.each(malformed)('that is %s is refused with 400 and a code', async (_what, body) => {
    const { status, data, errors } = await caller.post(body);
    expect(status).toBe(400);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions.code).toEqual(expect.stringMatching(/^[A-Z_]+$/));
    expect(errors?.[0]?.extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(errors)).not.toMatch(/node_modules|\.ts:|at .*\(/);
  });

  test('for a document that was stored is told that there are none', async () => {
    const { errors } = await caller.post('{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}');
    expect(errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
  });

  test('that is too large is refused with 413, whether it says so or not', async () => {
    const large = JSON.stringify({ query: `{ me { id } } # ${'x'.repeat(3000)}` });
    const { status, errors } = await caller.post(large);
    expect(status).toBe(413);
    expect(errors?.[0]?.extensions.code).toBe('TOO_LARGE');
    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        `${app.issuer}/graphql`,
        { method: 'POST', headers: { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json' } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      sent.on('error', reject);
      sent.write(large.slice(0, 100));
      sent.end(large.slice(100));
    });
    expect(chunked).toBe(413);
  });

  test('does not hurt the ones that come after it', async () => {
    expect((await caller.post(me)).data.me.id).toBe(person.account.id);
  });
});

test('what nobody foresaw is told by the request’s id alone, and its cause is in the log', async () => {
  const own = await callerFor(app, person.account, ['apps:read']);
  await app.inContext(() => app.orm.em.getConnection().execute('alter table app rename to app_away'));
  let answer: Awaited<ReturnType<GraphQLCaller['call']>>;
  try {
    // The token’s check needs the table too, so the failure is made where only the resolver sees it.
    await app.inContext(() =>
      app.orm.em.getConnection().execute(
        `create view app as select id, client_id, scopes, subject_type, sector_identifier_uri, userinfo_signed_response_alg,
            redirect_uris from app_away`,
      ),
    );
    answer = await own.call('{ apps { nodes { id } } }');
  } finally {
    await app.inContext(() =>
      app.orm.em.getConnection().execute('drop view if exists app; alter table app_away rename to app'),
    );
  }
  const [error] = answer.errors ?? [];
  expect(error?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: answer.headers.get('x-request-id') });
  expect(error?.message).not.toMatch(/column|relation|select/);
  await expect
    .poll(() => app.logLines.find((line) => line.includes(String(error?.extensions.requestId))))
    .toMatch(/"err":.*column/);
});

describe('where the schema is nobody’s business', () => {
  let quiet: TestApp;
  let own: GraphQLCaller;
  beforeAll(async () => {
    quiet = await createTestApp({ settings: { LATCHKEY_GRAPHQL_INTROSPECTION: 'off' } });
    own = await callerFor(quiet, (await aPerson(quiet)).account, ['profile', 'apps:write']);
  });
  afterAll(() => quiet.close());

  test.each(['{ __schema { queryType { name } } }', '{ __type(name: "User") { name } }'])(
    '%s is refused',
    async (query) => {
      const { status, errors } = await own.call(query);
      expect(status).toBe(400);
      expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    },
  );

  test('__typename still works', async () => {
    expect(await own.data('{ __typename me { __typename } }')).toEqual({
      __typename: 'Query',
      me: { __typename: 'User' },
    });
  });

  test('mistakes are told without suggestions', async () => {
    for (const [query, variables] of [
      ['{ me { usernam } }', {}],
      [
        'mutation ($input: RegisterAppInput!) { registerApp(input: $input) { userErrors { code } } }',
        { input: { nam: 'x', type: 'WEB' } },
      ],
      [
        'mutation ($input: RegisterAppInput!) { registerApp(input: $input) { userErrors { code } } }',
        { input: { name: 'x', type: 'WEBB' } },
      ],
    ] as const) {
      const { status, errors } = await own.call(query, variables);
      expect(status).toBe(400);
      expect(JSON.stringify(errors)).not.toContain('Did you mean');
    }
    expect(JSON.stringify((await caller.call('{ me { usernam } }')).errors)).toContain('Did you mean');
  });
});
