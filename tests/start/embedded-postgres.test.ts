import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Product } from '../support/product.ts';

// One installation for all: each test finds what the one before it left, as an operator would.
let product: Product;
beforeAll(async () => {
  product = await Product.install();
});
afterEach(() => product.stopAll());
afterAll(() => product.remove());

const createUser = (name: string) =>
  product.ask(
    ...['users', 'create', '--username', name],
    ...['--email', `${name}@example.org`, '--password', 'correct horse'],
  );

const usernames = async (): Promise<string[]> =>
  (await product.ask<{ username: string }[]>('users', 'list')).map(({ username }) => username).sort();

const pidFile = () => join(product.folder, 'data/postgres/data/postmaster.pid');

test('of two that begin at once, where a creation was broken off before, one creates the database and both use it', async () => {
  await mkdir(join(product.folder, 'data/postgres.new/data/base'), { recursive: true });
  await writeFile(join(product.folder, 'data/postgres.new/data/PG_VERSION'), '18\n');
  await Promise.all([createUser('ada'), createUser('bert')]);
  expect(await product.postgres()).toBeNull();
  expect(await usernames()).toEqual(['ada', 'bert']);
  expect(await product.postgres()).toBeNull();
});

test('commands work beside a server and beside each other; the last one stops the database', async () => {
  const server = await product.start();
  const postgres = await product.postgres();
  await Promise.all([createUser('cara'), product.run(['migrate'])]);
  expect(await product.postgres()).toBe(postgres);
  await server.stop();
  expect(await product.postgres()).toBeNull();
});

test('after SIGKILL of the server the next one takes its database over', async () => {
  const server = await product.start();
  await createUser('dora');
  const postgres = await product.postgres();
  server.signal('SIGKILL');
  await server.ended;
  const next = await product.start();
  expect(await product.postgres()).toBe(postgres);
  expect(await usernames()).toContain('dora');
  expect((await next.stop()).code).toBe(0);
  expect(await product.postgres()).toBeNull();
});

test('after SIGKILL of everything the next start repairs the database', async () => {
  const server = await product.start();
  await createUser('emil');
  await product.crash(server);
  expect(await product.postgres()).not.toBeNull();
  expect(await usernames()).toContain('emil');
  expect(await product.postgres()).toBeNull();
});

test('a pid file that names another program does not hinder the start', async () => {
  const other = spawn('sleep', ['60']);
  await writeFile(pidFile(), `${other.pid}\n/proc/self/cwd\n1700000000\n${product.port + 1}\n\n127.0.0.1\n\nready\n`);
  expect(await usernames()).toContain('ada');
  expect(other.exitCode).toBeNull();
  other.kill();
  await once(other, 'exit');
});

test('a database killed under a running server comes back, and service with it', async () => {
  const server = await product.start();
  process.kill((await product.postgres()) as number, 'SIGKILL');
  while (!server.stdout.includes('is back')) await sleep(50);
  const answer = await fetch(`${product.origin}/oauth/authorize?client_id=nobody&response_type=code`);
  expect(answer.status).toBe(400);
  expect((await server.stop()).code).toBe(0);
  expect(await product.postgres()).toBeNull();
});

test('it asks for its password, which is in no command line', async () => {
  const server = await product.start();
  const port = Number((await readFile(pidFile(), 'utf8')).split('\n')[3]);
  const stranger = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'latchkey',
    password: 'guess',
    database: 'latchkey',
  });
  stranger.on('error', () => undefined);
  await expect(stranger.connect()).rejects.toThrow('password authentication failed');
  const password = (await readFile(join(product.folder, 'data/postgres/password'), 'utf8')).trim();
  expect(await readFile(`/proc/${await product.postgres()}/cmdline`, 'utf8').catch(() => '')).not.toContain(password);
  await server.stop();
});

test('without its password it says which file is missing', async () => {
  await rm(join(product.folder, 'data/postgres/password'));
  const { code, stderr } = await product.run(['users', 'list']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^.*postgres\/password is missing.*\n$/)]);
});
