import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  [{ client_name: 'X', colour: 'red', jwks_uri: 'https://x.example' }, ['"colour"', 'jwks_uri is not supported yet']],
  [{ client_name: 'X', grant_types: ['implicit'] }, ['grant_types.0', '"implicit" is not supported']],
  [{ client_name: 'X', response_types: ['token'] }, ['response_types.0', '"token" is not supported']],
  [{ client_name: 7 }, ['client_name']],
  [{ client_name: 'X', redirect_uris: ['javascript:alert(1)'] }, ['redirect_uris.0']],
  [{ client_name: 'X', redirect_uris: ['https://x.example/'], owner: 'nobody' }, ['There is no such user: nobody.']],
  [['an array'], ['holds no JSON object']],
  ['{ "half', ['holds no JSON object']],
])('the file %j is refused, and what is wrong is named', async (metadata, reasons) => {
  const { code, stdout, stderr } = await product.run(['apps', 'create', '--metadata', await metadataFile(metadata)]);
  expect([code, stdout]).toEqual([1, '']);
  for (const reason of reasons) expect(stderr).toContain(reason);
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
  expect(parts).toEqual(expect.arrayContaining(['client_id', 'grant_types.0', 'require_pkce', 'scope.0']));
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
  expect(taken).toMatchObject({ code: 1, stderr: 'client_id: There is an app with that client id.\n' });
  expect(await product.run(['apps', 'create', '--type', 'desktop'])).toMatchObject({ code: 2 });
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
