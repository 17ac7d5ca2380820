import fc from 'fast-check';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { readBasicCredentials } from '../../../server/oauth/protocol/basic-credentials.ts';
import { anApp, aSignedInPerson } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const forItself = { grant_type: 'client_credentials' };

requirement('RFC 6749 §2.3.1', 'Basic holds id and secret form-encoded, whatever characters are in them', async () => {
  const client = await anApp(app, { clientId: 'an app: 100% /ü+&=' });
  const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
  const header = `${encode(client.clientId)}:${encode(client.clientSecret)}`;
  const authorization = `Basic ${Buffer.from(header).toString('base64')}`;
  const response = await fetch(`${app.issuer}/oauth/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(forItself),
  });
  expect(response.status).toBe(200);
});

requirement('RFC 6749 §2.3.1', 'reading Basic gives back what was encoded, and refuses everything else quietly', () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1 })
    .filter((value) => value.isWellFormed() && !value.includes('\0'));
  const encode = (value: string) => new URLSearchParams({ x: value }).toString().slice(2);
  fc.assert(
    fc.property(text, text, (id, secret) => {
      const read = readBasicCredentials(`Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`);
      expect(read?.clientId).toBe(id);
      expect(read?.secrets[0]).toBe(secret);
    }),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.base64String().map((bytes) => `Basic ${bytes}`),
      ),
      (header) => {
        const read = readBasicCredentials(header);
        // What is read reaches the database, which knows no NUL.
        if (read !== null) expect(read.clientId).not.toContain('\0');
      },
    ),
  );
  expect(readBasicCredentials(`Basic ${Buffer.from('%00:secret').toString('base64')}`)).toBeNull();
});

requirement('RFC 6749 §2.3', 'a request uses one method: two at once are refused', async () => {
  const client = await anApp(app);
  const assertion = { client_assertion: 'a.b.c', client_assertion_type: 'x' };
  const secret = { client_id: client.clientId, client_secret: client.clientSecret };
  for (const [named, more] of [
    [client, { client_secret: client.clientSecret }],
    [client, assertion],
    [null, { ...secret, ...assertion }],
  ] as const) {
    const answer = await tokenRequest(app, named, { ...forItself, ...more });
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
  }
});

requirement('RFC 7591 §2', 'an app uses the one method that it registered: each other one is refused', async () => {
  const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
  for (const authMethod of methods) {
    const client = await anApp(app, { authMethod, grantTypes: ['client_credentials', 'refresh_token'] });
    const parameters = { grant_type: 'refresh_token', refresh_token: 'x' };
    const answers = {
      client_secret_basic: await tokenRequest(app, client, parameters),
      client_secret_post: await tokenRequest(app, null, {
        ...parameters,
        client_id: client.clientId,
        client_secret: client.clientSecret,
      }),
      none: await tokenRequest(app, null, { ...parameters, client_id: client.clientId }),
    };
    for (const [method, answer] of Object.entries(answers)) {
      const outcome = [authMethod, method, answer.body.error];
      expect(outcome).toEqual([authMethod, method, method === authMethod ? 'invalid_grant' : 'invalid_client']);
    }
  }
});

requirement(
  'RFC 6749 §5.2',
  'failed authentication is answered with 401 and a challenge, and tells nothing of the secret',
  async () => {
    const client = await anApp(app);
    for (const wrong of [
      { ...client, clientSecret: 'wrong' },
      { ...client, clientId: 'nobody' },
    ]) {
      const { status, headers, body } = await tokenRequest(app, wrong, forItself);
      expect([status, body.error]).toEqual([401, 'invalid_client']);
      expect(headers.get('www-authenticate')).toMatch(/^Basic realm=/);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  },
);

requirement(
  'OpenID Connect Core §9',
  'openid-client signs people in by client_secret_basic, client_secret_post and none',
  async () => {
    const ada = await aSignedInPerson(app);
    for (const [authMethod, method] of [
      ['client_secret_basic', (secret: string) => oidc.ClientSecretBasic(secret)],
      ['client_secret_post', (secret: string) => oidc.ClientSecretPost(secret)],
      ['none', () => oidc.None()],
    ] as const) {
      const client = await anApp(app, { authMethod });
      const party = await RelyingParty.discover(app, client, method(client.clientSecret));
      const tokens = await party.signIn(ada, 'openid');
      expect(tokens.claims()?.sub).toBe(ada.account.id);
    }
  },
);

requirement(
  'RFC 6749 §10.10',
  'who guesses secrets must wait; who succeeds is not counted, and other apps go on',
  async () => {
    const node = await createTestApp({ beside: app, settings: { LATCHKEY_CLIENT_FAILURES: '3' } });
    const client = await anApp(app);
    const other = await anApp(app);
    const guess = () => tokenRequest(node, { ...client, clientSecret: 'wrong' }, forItself);
    for (let success = 0; success < 5; success++)
      expect((await tokenRequest(node, client, forItself)).status).toBe(200);
    for (let failure = 0; failure < 3; failure++) expect((await guess()).status).toBe(401);
    expect((await tokenRequest(node, client, forItself)).status).toBe(200);
    const { status, headers, body } = await guess();
    expect([status, body.error]).toEqual([429, 'temporarily_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    // Now the right secret is not looked at either, so that a guess tells nothing.
    expect((await tokenRequest(node, client, forItself)).status).toBe(429);
    expect((await tokenRequest(node, other, forItself)).status).toBe(200);
    await node.close();
  },
);

requirement('RFC 6749 §10.10', 'all nodes count failures together, and the window ends by itself', async () => {
  const settings = { LATCHKEY_CLIENT_FAILURES: '3', LATCHKEY_CLIENT_FAILURE_WINDOW: '2' };
  const nodes = [await createTestApp({ beside: app, settings }), await createTestApp({ beside: app, settings })];
  const client = await anApp(app);
  const guess = (node: TestApp) => tokenRequest(node, { ...client, clientSecret: 'wrong' }, forItself);
  const [one, two] = nodes as [TestApp, TestApp];
  const statuses = [];
  for (const node of [one, two, one, two, one]) statuses.push((await guess(node)).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  await expect.poll(async () => (await tokenRequest(two, client, forItself)).status, { timeout: 5000 }).toBe(200);
  await Promise.all(nodes.map((node) => node.close()));
});
