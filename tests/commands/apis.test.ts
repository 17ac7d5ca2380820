import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { Product } from '../support/product.ts';

let database: TestDatabase;
let product: Product;
beforeAll(async () => {
  database = await createDatabase();
  product = await Product.install({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await product.remove();
  await database.drop();
});

test('an API is registered, listed, changed and deleted', async () => {
  const identifier = 'https://orders.example';
  const created = await product.ask(
    ...['apis', 'create', '--identifier', identifier, '--name', 'Orders'],
    ...['--scope', 'orders:read=Read your orders', '--scope', 'orders:write=Order = buy in your name'],
    ...['--signing-alg', 'RS256', '--access-token-lifetime', '300'],
  );
  expect(created).toMatchObject({
    identifier,
    name: 'Orders',
    scopes: [
      { name: 'orders:read', description: 'Read your orders' },
      { name: 'orders:write', description: 'Order = buy in your name' },
    ],
    access_token_signing_alg: 'RS256',
    access_token_lifetime: 300,
  });
  const updated = await product.ask('apis', 'update', identifier, '--access-token-lifetime', 'default', '--no-scopes');
  expect(updated).toMatchObject({ name: 'Orders', scopes: [], access_token_lifetime: null });
  expect(await product.ask('apis', 'list')).toMatchObject([{ identifier }]);
  expect(await product.ask('apis', 'delete', identifier)).toMatchObject({ identifier });
  expect(await product.ask('apis', 'list')).toEqual([]);
});

test('each mistake is one line that names the option', async () => {
  const { code, stdout, stderr } = await product.run([
    ...['apis', 'create', '--identifier', 'javascript:alert(1)', '--name', ' ', '--access-token-lifetime', '1'],
    ...['--scope', 'fine=What is fine', '--scope', 'a b=Two words', '--scope', 'bare'],
  ]);
  expect([code, stdout]).toEqual([1, '']);
  const named = stderr
    .trim()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(': ')));
  expect(named.sort()).toEqual([
    '--access-token-lifetime',
    '--identifier',
    '--name',
    '--scope a b=Two words',
    '--scope bare',
  ]);
  await product.ask('apis', 'create', '--identifier', 'urn:example:bills', '--name', 'Bills');
  expect(await product.run(['apis', 'update', 'urn:example:bills', '--access-token-lifetime', '1'])).toMatchObject({
    code: 1,
    stderr: '--access-token-lifetime: It can be from 30 to 86400 seconds.\n',
  });
});
