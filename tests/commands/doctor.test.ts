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

interface Report {
  ok: boolean;
  checks: { name: string; ok: boolean; message: string }[];
}

const examine = async (settings: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await product.run(['doctor', '--json'], { settings });
  const report = stdout === '' ? null : (JSON.parse(stdout) as Report);
  return { code, stderr, mend: report?.checks.filter(({ ok }) => !ok).map(({ name }) => name), report };
};

test('all is well beside a running server', async () => {
  const server = await product.start();
  const { code, report } = await examine();
  await server.stop();
  expect(code).toBe(0);
  expect(report).toMatchObject({ ok: true });
  expect(report?.checks.map(({ name }) => name)).toEqual([
    'settings',
    'secret',
    'database',
    'clock',
    'tables',
    'sealed keys',
    'administrator',
    'mail',
    'port',
  ]);
});

test('what is to be mended is named', async () => {
  expect(await examine({ SMTP_URL: 'smtp://user:canary@127.0.0.1:1' })).toMatchObject({ code: 1, mend: ['mail'] });
  expect(await examine({ LATCHKEY_ISSUER: 'https://account.example.org' })).toMatchObject({ code: 1, mend: ['mail'] });
  expect(await examine({ DATABASE_URL: 'postgresql://nobody:canary@127.0.0.1:1/none' })).toMatchObject({
    code: 1,
    mend: ['database'],
  });
  expect(await examine({ LATCHKEY_SECRET: 'not the one that sealed the signing keys' })).toMatchObject({
    code: 1,
    mend: ['sealed keys'],
  });
  expect(await examine({ PORT: 'none' })).toMatchObject({ code: 1, stderr: expect.stringContaining('PORT is “none”') });
});

test('no password is in a report', async () => {
  const settings = {
    SMTP_URL: 'smtp://user:canary@127.0.0.1:1',
    DATABASE_URL: 'postgresql://nobody:canary@127.0.0.1:1/none',
  };
  expect(JSON.stringify(await examine(settings))).not.toContain('canary');
});

test('what is not made yet is told as such; a secret that is gone is to be mended', async () => {
  const empty = await createDatabase();
  try {
    const settings = { DATABASE_URL: empty.url };
    await product.run(['migrate'], { settings });
    const before = (await examine(settings)).report?.checks ?? [];
    expect(before.find(({ name }) => name === 'sealed keys')?.message).toContain('none yet');
    expect(await examine({ LATCHKEY_DATA: `${product.folder}/elsewhere` })).toMatchObject({
      code: 1,
      mend: ['sealed keys'],
    });
  } finally {
    await empty.drop();
  }
});
