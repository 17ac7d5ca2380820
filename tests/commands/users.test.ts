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

interface User {
  id: string;
  username: string;
  email: string;
  email_verified: boolean;
  given_name: string | null;
  family_name: string | null;
  roles: string[];
  locked: boolean;
}

const list = (...parameters: string[]): Promise<User[]> => product.ask('users', 'list', ...parameters);

test('a user is created with everything given', async () => {
  const user = await product.ask<User>(
    ...['users', 'create', '--username', 'ada', '--email', 'Ada@example.org', '--password', 'correct horse'],
    ...['--given-name', 'Ada', '--family-name', 'Lovelace', '--email-verified', '--admin'],
  );
  expect(user).toMatchObject({
    username: 'ada',
    email: 'Ada@example.org',
    email_verified: true,
    given_name: 'Ada',
    family_name: 'Lovelace',
    roles: ['administrator'],
    locked: false,
  });
  expect(await list()).toEqual([user]);
});

test('the password comes from standard input; its end of line is none of it', async () => {
  const parameters = ['users', 'create', '--username', 'bert', '--email', 'bert@example.org', '--password-stdin'];
  const { code, stdout } = await product.run(parameters, { input: 'battery staple\n' });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^Created the user bert \([0-9a-f-]{36}\)\.\n$/)]);
  const server = await product.start();
  try {
    const form = await fetch(`${product.origin}/sign-in`);
    const cookie = form.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    const token = /name="form_token" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
    const body = new URLSearchParams({ form_token: token, identifier: 'bert', password: 'battery staple' });
    const answer = await fetch(`${product.origin}/sign-in`, {
      method: 'POST',
      body,
      headers: { cookie },
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
  } finally {
    await server.stop();
  }
});

test('what is wrong is said in one line each, and nothing is created', async () => {
  const parameters = ['users', 'create', '--username', 'ADA', '--email', 'nowhere', '--password', 'short'];
  const { code, stdout, stderr } = await product.run(parameters);
  expect([code, stdout]).toEqual([1, '']);
  expect(
    stderr
      .trim()
      .split('\n')
      .map((line) => line.split(':')[0])
      .sort(),
  ).toEqual(['email', 'password', 'username']);
  const asJson = await product.run([...parameters, '--json']);
  expect([asJson.code, asJson.stdout]).toEqual([1, '']);
  expect(JSON.parse(asJson.stderr)).toMatchObject({ error: { code: 'INVALID_INPUT', messages: { length: 3 } } });
  expect(await list()).toHaveLength(2);
});

test('an account is locked and unlocked by username, e-mail address or id; the last administrator is not', async () => {
  const [bert] = await list('--search', 'bert');
  expect(await product.ask('users', 'lock', 'bert@example.org')).toMatchObject({ locked: true });
  expect(await product.ask('users', 'unlock', bert?.id ?? '')).toMatchObject({ locked: false });
  expect(await product.run(['users', 'lock', 'ada'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('last administrator'),
  });
  expect(await product.run(['users', 'lock', 'nobody'])).toMatchObject({
    code: 1,
    stderr: 'There is no such user: nobody.\n',
  });
});

test('a password is set', async () => {
  const set = (password: string) =>
    product.run(['users', 'set-password', 'bert', '--password-stdin'], { input: password });
  expect(await set('short')).toMatchObject({ code: 1, stderr: expect.stringContaining('at least 8 characters') });
  expect(await set('another password')).toMatchObject({
    code: 0,
    stdout: 'Set the password of bert; ended 1 session.\n',
  });
});

test.each([
  [['users', 'create', '--username', 'x', '--colour', 'red'], "unknown option '--colour'"],
  [['users', 'create', '--username', 'x', '--email', 'x@example.org'], 'give --password or --password-stdin'],
  [['users', 'create', '--email', 'x@example.org'], '--username is missing'],
  [['users', 'lock'], "missing required argument 'user'"],
  [['users', 'dance'], "unknown command 'dance'"],
  [['users', 'list', 'too', 'many'], 'too many arguments'],
])('%j is called wrongly: code 2', async (parameters, reason) => {
  const { code, stdout, stderr } = await product.run(parameters);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(reason);
});

test.each(
  [
    'start',
    'migrate',
    'doctor',
    'users create',
    'users list',
    'users set-password',
    'users lock',
    'users unlock',
  ].concat(['create', 'list', 'update', 'rotate-secret', 'delete'].map((command) => `apps ${command}`)),
)('%s has help, which tells of --json', async (command) => {
  const { code, stdout, stderr } = await product.run([...command.split(' '), '--help']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('--json');
});
