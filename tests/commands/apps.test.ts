import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { Product } from '../support/product.ts';

let database: TestDatabase;
let product: Product;
beforeAll(async () => {
  database = await createDatabase();
  product = await Product.install({ DATABASE_URL: database.url });
  await product.ask(
    'users',
    'create',
    '--username',
    'ada',
    '--email',
    'ada@example.org',
    '--password',
    'correct horse',
  );
});
afterAll(async () => {
  await product.remove();
  await database.drop();
});

interface RegisteredApp {
  client_id: string;
  client_secret?: string;
}

const create = (...options: string[]): Promise<RegisteredApp> => product.ask('apps', 'create', ...options);

const metadataFile = async (metadata: unknown): Promise<string> => {
  const file = join(product.folder, 'metadata.json');
  await writeFile(file, typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
  return file;
};

test('an app is registered with everything given', async () => {
  const app = await create(
    ...['--name', 'Forum', '--type', 'web', '--client-id', 'forum', '--client-secret', 'a secret of the forum'],
    ...['--redirect-uri', 'https://forum.example/callback?a=b', '--redirect-uri', 'http://localhost:5000/callback'],
    ...['--auth-method', 'client_secret_post', '--no-pkce', '--grant', 'authorization_code', '--scope', 'openid read'],
    ...['--owner', 'ada@example.org', '--trusted'],
  );
  expect(app).toMatchObject({
    client_id: 'forum',
    client_secret: 'a secret of the forum',
    client_name: 'Forum',
    type: 'web',
    redirect_uris: ['https://forum.example/callback?a=b', 'http://localhost:5000/callback'],
    token_endpoint_auth_method: 'client_secret_post',
    require_pkce: false,
    grant_types: ['authorization_code'],
    scope: 'openid read',
    owner: 'ada',
    trusted: true,
  });
});

test('the type presets the rest', async () => {
  expect(await create('--name', 'Web', '--redirect-uri', 'https://web.example/')).toMatchObject({
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret: expect.stringMatching(/^lk_cs_/),
    require_pkce: true,
    trusted: false,
    owner: null,
  });
  const page = await create('--name', 'Page', '--type', 'spa', '--redirect-uri', 'https://page.example/');
  expect(page).toMatchObject({ token_endpoint_auth_method: 'none' });
  expect(page.client_secret).toBeUndefined();
  expect(
    await create('--name', 'Phone', '--type', 'native', '--redirect-uri', 'org.example.phone:/callback'),
  ).toMatchObject({
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  });
  expect(await create('--name', 'Robot', '--type', 'service')).toMatchObject({ grant_types: ['client_credentials'] });
});

test('an app is registered from a file in the names of RFC 7591; an option overrides it', async () => {
  const file = await metadataFile({
    client_id: 'suite',
    client_secret: 'the secret of the suite',
    client_name: 'Suite',
    redirect_uris: ['https://suite.example/callback?dummy1=lorem&dummy2=ipsum'],
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    scope: 'openid profile email offline_access',
    require_pkce: false,
    trusted: true,
    owner: 'ada',
  });
  expect(await create('--metadata', file, '--name', 'The suite')).toMatchObject({
    client_id: 'suite',
    client_name: 'The suite',
    client_secret: 'the secret of the suite',
    redirect_uris: ['https://suite.example/callback?dummy1=lorem&dummy2=ipsum'],
    require_pkce: false,
    trusted: true,
    owner: 'ada',
  });
});

test.each<[unknown, string[]]>([
  [{ client_name: 'X', colour: 'red', request_uris: [] }, ['"colour"', 'request_uris: Requests by reference come']],
  [{ client_name: 'X', token_endpoint_auth_method: 'private_key_jwt' }, ['jwks: The method private_key_jwt needs']],
  [{ client_name: 'X', access_token_lifetime: 86_401 }, ['access_token_lifetime: It can be from 30 to 86400 seconds.']],
  [{ client_name: 'X', grant_types: ['implicit'] }, ['grant_types.0', '"implicit" is not supported']],
  [{ client_name: 'X', response_types: ['token'] }, ['response_types.0', '"token" is not supported']],
  [
    {
      client_name: 7,
      redirect_uris: 'https://x.example/',
      contacts: [1],
      require_pkce: 'no',
      default_max_age: 1.5,
      jwks: 'x',
      apis: [{ api: 'x' }],
    },
    [
      'client_name: It must be a text.\n',
      'redirect_uris: It must be a list.\n',
      'contacts.0: It must be a text.\n',
      'require_pkce: It must be true or false.\n',
      'default_max_age: It must be a whole number.\n',
      'jwks: It must be a JSON Web Key Set.\n',
      'apis.0.identifier: It must be a text.\n',
      'apis.0.scopes: It must be a list.\n',
      'apis.0: There is no member "api" in it.\n',
    ],
  ],
  [{ client_name: 'X', redirect_uris: ['javascript:alert(1)'] }, ['redirect_uris.0']],
  [{ client_name: 'X', redirect_uris: ['https://x.example/'], owner: 'nobody' }, ['There is no such user: nobody.']],
  [['an array'], ['holds no JSON object']],
  ['{ "half', ['holds no JSON object']],
])('the file %j is refused, and what is wrong is named', async (metadata, reasons) => {
  const { code, stdout, stderr } = await product.run(['apps', 'create', '--metadata', await metadataFile(metadata)]);
  expect([code, stdout]).toEqual([1, '']);
  for (const reason of reasons) expect(stderr).toContain(reason);
});

test('a file that cannot be read is told in one plain line', async () => {
  const lines = async (file: string) => (await product.run(['apps', 'create', '--metadata', file])).stderr;
  expect(await lines(product.folder)).toBe(`${product.folder} is a folder, not a file.\n`);
  expect(await lines(`${product.folder}/none`)).toBe(`There is no file ${product.folder}/none.\n`);
});

test('the grants have one spelling, and their whole names', async () => {
  const { client_id } = await create(
    ...['--name', 'Television', '--type', 'native', '--grant', 'device_code', '--grant', 'refresh_token'],
  );
  expect(await product.ask('apps', 'show', client_id)).toMatchObject({
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
  });
  expect((await product.run(['apps', 'show', client_id])).stdout).toMatch(/^ {2}grant +device_code refresh_token$/m);
  const exchange = ['--grant', 'token_exchange', '--grant', 'urn:ietf:params:oauth:grant-type:token-exchange'];
  expect(await create('--name', 'Gateway', '--type', 'service', ...exchange)).toMatchObject({
    grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange'],
  });
  const choice = 'authorization_code, refresh_token, client_credentials, device_code, token_exchange';
  const refused = await product.run(['apps', 'create', '--name', 'X', '--grant', 'token-exchange']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`Use one of ${choice}.`);
});

test('what was shown, and the file that registered it, change an app too', async () => {
  const original = {
    client_id: 'circle',
    client_secret: 'the secret of the circle',
    client_name: 'Circle',
    redirect_uris: ['https://circle.example/callback'],
    application_type: 'web',
    response_types: ['code'],
    owner: 'ada@example.org',
    require_pkce: false,
  };
  const created = await create('--metadata', await metadataFile(original));
  const update = async (metadata: object) =>
    product.run(['apps', 'update', 'circle', '--json', '--metadata', await metadataFile(metadata)]);
  for (const metadata of [original, created, await product.ask<object>('apps', 'show', 'circle')]) {
    const { code, stdout, stderr } = await update({ ...metadata, client_name: 'Round' });
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ client_id: 'circle', client_name: 'Round', owner: 'ada' });
  }
  const changed = { ...original, client_id: 'square', client_secret: 'another secret', id: '1', type: 'spa' };
  const { code, stderr } = await update({
    ...changed,
    origin: 'dynamic',
    created_at: 'now',
    application_type: 'native',
  });
  expect(code).toBe(1);
  expect(JSON.parse(stderr).error.message).toBe(
    'id, type, client_id, application_type, origin, created_at, client_secret cannot be changed.',
  );
  const { stdout } = await product.run(['apps', 'show', 'circle']);
  expect(stdout).toMatch(/^ {2}pkce +not required$/m);
  expect(stdout).toMatch(/^ {2}created at +\d{4}-\d\d-\d\dT/m);
});

test('refusals name the app’s parts as they were given', async () => {
  const options = [
    '--type',
    'spa',
    '--no-pkce',
    '--grant',
    'client_credentials',
    '--scope',
    'nope',
    '--client-id',
    'a b',
  ];
  const { code, stderr } = await product.run(['apps', 'create', ...options]);
  expect(code).toBe(1);
  const parts = stderr
    .trim()
    .split('\n')
    .map((line) => line.split(':')[0]);
  expect(parts.sort()).toEqual(['--client-id', '--grant client_credentials', '--no-pkce', '--scope']);
  const taken = await product.run([
    'apps',
    'create',
    '--name',
    'X',
    '--client-id',
    'forum',
    '--redirect-uri',
    'https://x.example/',
  ]);
  expect(taken).toMatchObject({ code: 1, stderr: '--client-id: There is an app with that client id.\n' });
  expect(await product.run(['apps', 'create', '--type', 'desktop'])).toMatchObject({ code: 2 });
  const mixed = ['--redirect-uri', 'http://x.example/', '--redirect-uri', 'https://x.example/'];
  const file = await metadataFile({ client_name: 'X', tos_uri: 'javascript:alert(1)' });
  expect((await product.run(['apps', 'create', '--metadata', file, ...mixed])).stderr.trim().split('\n')).toEqual([
    '--redirect-uri http://x.example/: The address must begin with https://; http:// is for localhost only.',
    'tos_uri: That is not an address such as https://app.example.org.',
  ]);
  expect(await product.run(['apps', 'create', '--name', 'X', '--scope', ' '])).toMatchObject({
    code: 1,
    stderr: '--scope: name at least one.\n',
  });
});

test('a script that asks the wrong way is told in JSON', async () => {
  const { code, stdout, stderr } = await product.run(['apps', 'create', '--json', '--bogus']);
  expect([code, stdout]).toEqual([2, '']);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'USAGE', message: "unknown option '--bogus'" } });
});

test('everything that can be said by options is shown again', async () => {
  const jwks = join(product.folder, 'jwks.json');
  const { publicKey } = await generateKeyPair('ES256');
  await writeFile(jwks, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] }));
  await create(
    ...['--name', 'Bank', '--client-id', 'bank', '--redirect-uri', 'https://bank.example/callback'],
    ...['--profile', 'fapi2', '--jwks', jwks, '--auth-signing-alg', 'ES256', '--require-signed-requests'],
    ...['--request-signing-alg', 'PS256', '--id-token-alg', 'EdDSA', '--userinfo-alg', 'ES256'],
    ...['--subject-type', 'pairwise', '--default-max-age', '60', '--access-token-lifetime', '61'],
    ...['--id-token-lifetime', '62', '--refresh-token-lifetime', '63', '--refresh-family-lifetime', '64'],
    ...['--post-logout-redirect-uri', 'https://bank.example/bye', '--backchannel-logout-session'],
    ...['--backchannel-logout-uri', 'https://bank.example/back', '--frontchannel-logout-session'],
    ...['--frontchannel-logout-uri', 'https://bank.example/front', '--homepage', 'https://bank.example'],
    ...[
      '--logo',
      'https://bank.example/logo',
      '--policy',
      'https://bank.example/policy',
      '--contact',
      'it@bank.example',
    ],
    ...['--terms', 'https://bank.example/terms', '--software-id', 'counter', '--software-version', '1.2'],
    ...['--initiate-login-uri', 'https://bank.example/start', '--grant', 'authorization_code'],
  );
  const shown = await product.ask<Record<string, unknown>>('apps', 'show', 'bank');
  expect(shown).toMatchObject({
    token_endpoint_auth_method: 'private_key_jwt',
    require_pkce: true,
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: true,
    profile: 'fapi2',
    jwks: { keys: [{ kid: 'one', kty: 'EC', crv: 'P-256' }] },
    token_endpoint_auth_signing_alg: 'ES256',
    require_signed_request_object: true,
    request_object_signing_alg: 'PS256',
    id_token_signed_response_alg: 'EdDSA',
    userinfo_signed_response_alg: 'ES256',
    subject_type: 'pairwise',
    default_max_age: 60,
    access_token_lifetime: 61,
    id_token_lifetime: 62,
    refresh_token_lifetime: 63,
    refresh_family_lifetime: 64,
    post_logout_redirect_uris: ['https://bank.example/bye'],
    backchannel_logout_uri: 'https://bank.example/back',
    backchannel_logout_session_required: true,
    frontchannel_logout_uri: 'https://bank.example/front',
    frontchannel_logout_session_required: true,
    client_uri: 'https://bank.example',
    logo_uri: 'https://bank.example/logo',
    policy_uri: 'https://bank.example/policy',
    tos_uri: 'https://bank.example/terms',
    contacts: ['it@bank.example'],
    software_id: 'counter',
    software_version: '1.2',
    initiate_login_uri: 'https://bank.example/start',
  });
  expect(shown.client_secret).toBeUndefined();
  const lines = await product.run(['apps', 'show', 'bank']);
  expect(lines.stdout).toContain('backchannel-logout-uri');
  const bare = await product.ask('apps', 'update', 'bank', '--terms', '', '--contact', '', '--default-max-age', '');
  expect(bare).toMatchObject({ contacts: [] });
  expect(bare).not.toHaveProperty('tos_uri');
  expect(bare).not.toHaveProperty('default_max_age');
  const file = await metadataFile({ client_name: 'The bank', policy_uri: null });
  expect(await product.ask('apps', 'update', 'bank', '--metadata', file)).toMatchObject({ client_name: 'The bank' });
  expect(await product.ask('apps', 'show', 'bank')).not.toHaveProperty('policy_uri');
});

test('an app is changed, and what is not said stays', async () => {
  expect(
    await product.ask('apps', 'update', 'forum', '--pkce', '--no-trusted', '--redirect-uri', 'https://new.example/'),
  ).toMatchObject({
    client_name: 'Forum',
    require_pkce: true,
    trusted: false,
    redirect_uris: ['https://new.example/'],
    scope: 'openid read',
  });
  expect(await product.run(['apps', 'update', 'forum'])).toMatchObject({ code: 1 });
});

test('a secret is rotated; an app is removed', async () => {
  const rotated = await product.ask<RegisteredApp>('apps', 'rotate-secret', 'forum', '--keep-old-for', '60');
  expect(rotated.client_secret).toMatch(/^lk_cs_/);
  expect(await product.run(['apps', 'delete', 'forum'])).toMatchObject({ code: 0 });
  expect(await product.run(['apps', 'delete', 'forum'])).toMatchObject({
    code: 1,
    stderr: 'There is no such app: forum.\n',
  });
  const ids = (await product.ask<RegisteredApp[]>('apps', 'list')).map((app) => app.client_id);
  expect(ids).toContain('suite');
  expect(ids).not.toContain('forum');
  expect(JSON.stringify(await product.ask('apps', 'list'))).not.toContain('secret of the suite');
});

test('tokens for programs that register themselves are made, listed and ended', async () => {
  const token = ['apps', 'registration-token'];
  const made = await product.ask<{ id: string; token: string }>(...token, 'create', '--name', 'CI', '--uses', '2');
  // Nothing but JSON on standard output; beside it, that nobody can use it yet.
  const another = await product.run([...token, 'create', '--name', 'Other', '--json']);
  expect(another.stderr).toContain('LATCHKEY_CLIENT_REGISTRATION');
  const { id } = JSON.parse(another.stdout);
  expect(await product.run([...token, 'revoke', id])).toMatchObject({ code: 0 });
  expect(made).toMatchObject({ name: 'CI', uses_left: 2, token: expect.stringMatching(/^lk_it_/) });
  const listed = await product.ask<{ id: string }[]>(...token, 'list');
  expect(listed).toMatchObject([{ id: made.id, name: 'CI' }]);
  expect(JSON.stringify(listed)).not.toContain(made.token);
  expect(await product.run([...token, 'revoke', made.id])).toMatchObject({ code: 0 });
  expect(await product.ask(...token, 'list')).toEqual([]);
  expect(await product.run([...token, 'revoke', made.id])).toMatchObject({ code: 1 });
  const refused = await product.run([...token, 'create', '--name', ' ', '--uses', '0', '--expires-in', '1']);
  expect(refused.code).toBe(1);
  const named = refused.stderr
    .trim()
    .split('\n')
    .map((line) => line.split(':')[0]);
  expect(named.sort()).toEqual(['--expires-in', '--name', '--uses']);
});
