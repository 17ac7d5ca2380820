import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.install();
});
afterAll(() => product.remove());

/** Signs a new person up; says whether that was accepted. */
const signUp = async (username: string): Promise<boolean> => {
  const page = await fetch(`${product.origin}/sign-up`);
  const cookie = page.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const token = /name="form_token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const answer = await fetch(`${product.origin}/sign-up`, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({
      form_token: token,
      username,
      email: `${username}@example.org`,
      password: 'correct horse',
    }),
    redirect: 'manual',
  });
  return answer.status === 303;
};

test('SIGKILL of the server and its database amid sign-ups loses no account that was accepted', async () => {
  const server = await product.start({ LATCHKEY_SIGN_UPS_PER_ADDRESS: '1000000' });
  const accepted: string[] = [];
  let over = false;
  const crowd = [0, 1, 2, 3].map(async (lane) => {
    for (let turn = 0; !over; turn++) {
      const username = `person-${lane}-${turn}`;
      const wasAccepted = await signUp(username).catch(() => false);
      if (wasAccepted) accepted.push(username);
    }
  });
  while (accepted.length < 10) await sleep(20);
  await product.crash(server);
  over = true;
  await Promise.all(crowd);
  const users = await product.ask<{ username: string }[]>('users', 'list');
  expect(users.map(({ username }) => username)).toEqual(expect.arrayContaining(accepted));
});
