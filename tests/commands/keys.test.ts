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

interface Key {
  kid: string;
  algorithm: string;
  state: string;
  active_at: string;
  retired_at: string | null;
  published_until: string | null;
}

const list = (): Promise<Key[]> => product.ask('keys', 'list');

test('keys are listed and rotated, one algorithm or all, in time or at once', async () => {
  expect(await list()).toEqual([]);
  const refused = await product.run(['keys', 'rotate']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no key yet') });

  const [first] = await product.ask<Key[]>('keys', 'rotate', '--algorithm', 'ES256');
  expect(first).toMatchObject({ algorithm: 'ES256', state: 'signs', retired_at: null });

  const [next] = await product.ask<Key[]>('keys', 'rotate');
  expect(next?.state).toBe('next');
  const seconds = (Date.parse(next?.active_at ?? '') - Date.now()) / 1000;
  expect(seconds).toBeGreaterThan(300);
  expect(await list()).toMatchObject([
    { kid: first?.kid, state: 'signs', retired_at: next?.active_at, published_until: expect.any(String) },
    { kid: next?.kid, state: 'next', retired_at: null, published_until: null },
  ]);

  const [now] = await product.ask<Key[]>('keys', 'rotate', '--now');
  expect(now).toMatchObject({ kid: next?.kid, state: 'signs' });
  const { stdout } = await product.run(['keys', 'list']);
  expect(stdout).toMatch(/^ALGORITHM +STATE/);
  expect(stdout).toMatch(/ES256 +retired/);
  expect(stdout).not.toMatch(/"d":/);

  expect((await product.run(['keys', 'rotate', '--algorithm', 'HS256'])).code).toBe(2);
});

test('a secret that is not the one that sealed them is said in one line', async () => {
  const settings = { LATCHKEY_SECRET: 'quite another secret, and long enough' };
  for (const command of [['keys', 'list'], ['start']]) {
    const { code, stderr } = await product.run(command, { settings });
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(
      /^What this database holds was sealed with another LATCHKEY_SECRET.*LATCHKEY_SECRET_PREVIOUS\.$/,
    );
  }
  const doctor = await product.run(['doctor'], { settings });
  expect(doctor.stdout).toMatch(/MEND +sealed keys/);
});
