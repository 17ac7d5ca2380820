import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Product } from '../support/product.ts';

let product: Product;
beforeEach(async () => {
  product = await Product.install();
});
afterEach(() => product.remove());

const createUser = (username: string) =>
  product.ask(
    'users',
    'create',
    '--username',
    username,
    '--email',
    `${username}@example.org`,
    '--password',
    'correct horse',
  );

const usernames = async (): Promise<string[]> =>
  (await product.ask<{ username: string }[]>('users', 'list')).map(({ username }) => username).sort();

const pidFile = () => join(product.folder, 'data/postgres/data/postmaster.pid');

const descendants = async (pid: number): Promise<number[]> => {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return children.trim().split(/\s+/).filter(Boolean).map(Number);
};

test('commands work alone, and leave nothing running', async () => {
  await createUser('ada');
  expect(await product.postgres()).toBeNull();
  expect(await usernames()).toEqual(['ada']);
  expect(await product.postgres()).toBeNull();
});

test('commands work beside a server and beside each other; the last one stops the database', async () => {
  const server = await product.start();
  const postgres = await product.postgres();
  await Promise.all([createUser('ada'), createUser('bert'), product.run(['migrate'])]);
  expect(await product.postgres()).toBe(postgres);
  await server.stop();
  expect(await product.postgres()).toBeNull();
});

test('of two that begin on an empty folder at once, one creates the database and both use it', async () => {
  await Promise.all([createUser('ada'), createUser('bert')]);
  expect(await usernames()).toEqual(['ada', 'bert']);
});

test('after SIGKILL of the server the next one takes its database over', async () => {
  const server = await product.start();
  await createUser('ada');
  const postgres = await product.postgres();
  server.signal('SIGKILL');
  await server.ended;
  const next = await product.start();
  expect(await product.postgres()).toBe(postgres);
  expect(await usernames()).toEqual(['ada']);
  expect((await next.stop()).code).toBe(0);
  expect(await product.postgres()).toBeNull();
});

test('after SIGKILL of everything the next start repairs the database', async () => {
  const server = await product.start();
  await createUser('ada');
  const postgres = (await product.postgres()) as number;
  for (const pid of [server.pid, postgres, ...(await descendants(postgres))]) process.kill(pid, 'SIGKILL');
  await server.ended;
  expect(await product.postgres()).toBe(postgres);
  const next = await product.start();
  expect(await usernames()).toEqual(['ada']);
  await next.stop();
  expect(await product.postgres()).toBeNull();
});

test('a pid file that names another program does not hinder the start', async () => {
  await createUser('ada');
  const other = spawn('sleep', ['60']);
  await writeFile(pidFile(), `${other.pid}\n/proc/self/cwd\n1700000000\n${product.port + 1}\n\n127.0.0.1\n\nready\n`);
  const server = await product.start();
  expect(await usernames()).toEqual(['ada']);
  await server.stop();
  expect(other.exitCode).toBeNull();
  other.kill();
  await once(other, 'exit');
});

test('a database that was created half-way is created anew', async () => {
  await mkdir(join(product.folder, 'data/postgres.new/data/base'), { recursive: true });
  await writeFile(join(product.folder, 'data/postgres.new/data/PG_VERSION'), '18\n');
  await createUser('ada');
  expect(await usernames()).toEqual(['ada']);
});

test('a database killed under a running server comes back, and service with it', async () => {
  const server = await product.start();
  await createUser('ada');
  process.kill((await product.postgres()) as number, 'SIGKILL');
  while (!server.stdout.includes('is back')) await sleep(50);
  expect(await usernames()).toEqual(['ada']);
  const signIn = await fetch(`${product.origin}/oauth/authorize?client_id=nobody&response_type=code`);
  expect(signIn.status).toBe(400);
  expect((await server.stop()).code).toBe(0);
  expect(await product.postgres()).toBeNull();
});

test('it listens on this machine alone and asks for its password', async () => {
  const server = await product.start();
  const [, , , port] = (await readFile(pidFile(), 'utf8')).split('\n');
  const stranger = new pg.Client({
    host: '127.0.0.1',
    port: Number(port),
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
  await createUser('ada');
  await rm(join(product.folder, 'data/postgres/password'));
  const { code, stderr } = await product.run(['users', 'list']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^.*postgres\/password is missing.*\n$/)]);
});
