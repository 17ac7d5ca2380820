/** Client secrets are kept as hashes only, and compared with all that are alive. */
import { expect, test } from 'vitest';
import { Passwords } from '../../server/accounts/password.ts';
import { AppSecrets } from '../../server/apps/app-secret.ts';

const secrets = new AppSecrets({ passwords: new Passwords() });

test('a generated secret carries its prefix and is kept as a fast hash', async () => {
  const secret = secrets.generate();
  expect(secret).toMatch(/^lk_cs_/);
  const hash = await secrets.hash(secret);
  expect(hash).toMatch(/^sha256:[\w-]{43}$/);
  expect(hash).not.toContain(secret);
  expect(secrets.hint(secret)).toBe(secret.slice(-4));
  expect(await secrets.verify([hash], secret)).toBe(true);
});

test('a short secret that a person chose is kept as a slow hash, and of it no character is shown', async () => {
  const hash = await secrets.hash('chosen-by-kim');
  expect(hash).toMatch(/^\$argon2id\$/);
  expect(secrets.hint('chosen-by-kim')).toBe('');
  expect(await secrets.verify([hash], 'chosen-by-kim')).toBe(true);
  const begun = performance.now();
  for (let times = 0; times < 50; times++) expect(await secrets.verify([hash], 'chosen-by-kim')).toBe(true);
  expect(performance.now() - begun).toBeLessThan(500);
});

test('what is truncated, padded, changed in case or empty is no secret', async () => {
  const secret = secrets.generate();
  const hashes = [await secrets.hash(secret), await secrets.hash('chosen-by-kim')];
  for (const wrong of [
    '',
    secret.slice(0, -1),
    `${secret} `,
    ` ${secret}`,
    `${secret}\0`,
    secret.toUpperCase(),
    'chosen-by-ki',
    'Chosen-by-kim',
    'chosen-by-kim ',
    hashes[0] as string,
    hashes[1] as string,
  ]) {
    expect(await secrets.verify(hashes, wrong)).toBe(false);
  }
  expect(await secrets.verify([], secret)).toBe(false);
});

test('during a rotation both secrets are good', async () => {
  const [old, fresh] = [secrets.generate(), secrets.generate()];
  const hashes = [await secrets.hash(fresh), await secrets.hash(old)];
  expect(await secrets.verify(hashes, old)).toBe(true);
  expect(await secrets.verify(hashes, fresh)).toBe(true);
});
