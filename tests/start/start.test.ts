import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase } from '../support/database.ts';
import { Product } from '../support/product.ts';

// One installation for all: each test finds what the one before it left, as an operator would.
let product: Product;
beforeAll(async () => {
  product = await Product.install();
});
afterEach(() => product.stopAll());
afterAll(() => product.remove());

const discovery = async (origin: string): Promise<unknown> =>
  (await fetch(`${origin}/.well-known/openid-configuration`)).json();

test('a first start prints the address and the link for the first administrator, and serves', async () => {
  const server = await product.start();
  expect(server.stdout).toContain(product.origin);
  expect(server.stdout).toMatch(new RegExp(`${product.origin}/set-up\\?key=\\S{43}`));
  expect(await discovery(product.origin)).toMatchObject({ issuer: product.origin });
  const { code, stderr } = await server.stop();
  expect([code, stderr]).toEqual([0, '']);
  expect(await product.postgres()).toBeNull();
});

test('the secret is made once, and nobody else can read it', async () => {
  const { mode } = await stat(join(product.folder, 'data/secret'));
  expect(mode & 0o777).toBe(0o600);
  const again = await product.start();
  expect(again.stdout).not.toContain('Made a secret');
  await again.stop();
});

test('a second start keeps the data, and prints no link once there is an administrator', async () => {
  const first = await product.start();
  await product.ask(
    'users',
    'create',
    '--username',
    'ada',
    '--email',
    'ada@example.org',
    '--password',
    'correct horse',
    '--admin',
  );
  await first.stop();
  const second = await product.start();
  expect(second.stdout).not.toContain('/set-up');
  expect(await product.ask('users', 'list')).toMatchObject([{ username: 'ada', roles: ['administrator'] }]);
  await second.stop();
});

test('with DATABASE_URL no embedded database is started', async () => {
  const database = await createDatabase({ empty: true });
  try {
    const server = await product.start({ DATABASE_URL: database.url });
    expect(await discovery(product.origin)).toMatchObject({ issuer: product.origin });
    expect(await product.postgres()).toBeNull();
    expect((await server.stop()).code).toBe(0);
  } finally {
    await database.drop();
  }
});

describe('stopping', () => {
  test('a request that was accepted is answered, a new one is not taken', async () => {
    const server = await product.start();
    const socket = connect(product.port, '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text: string) => {
      answer += text;
    });
    const body = 'grant_type=client_credentials&client_id=nobody&client_secret=nothing';
    socket.write(
      'POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
        `Content-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
    );
    await sleep(300);
    server.signal('SIGTERM');
    await sleep(300);
    await expect(fetch(product.origin)).rejects.toThrow();
    socket.write(body.slice(10));
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect((await server.ended).code).toBe(0);
  });

  test('a second Ctrl-C ends it at once, and the embedded database follows', async () => {
    const server = await product.start();
    const socket = connect(product.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
    await sleep(300);
    server.signal('SIGINT');
    await sleep(1000);
    server.signal('SIGINT');
    expect((await server.ended).code).toBe(130);
    while ((await product.postgres()) !== null) await sleep(50);
  });
});

describe('what stops a start, in one line', () => {
  const oneLine = (text: string): string[] => text.trim().split('\n');

  test('a port in use', async () => {
    const other = createServer().listen(product.port, '127.0.0.1');
    await once(other, 'listening');
    const { code, stderr } = await product.run(['start']);
    other.close();
    expect(code).toBe(1);
    expect(oneLine(stderr)).toEqual([expect.stringContaining(`Port ${product.port} is in use`)]);
    expect(await product.postgres()).toBeNull();
  });

  test.each([
    [{ DATABASE_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none' }, 'nothing answers there'],
    [{ DATABASE_URL: 'postgresql://nobody:nothing@no.such.host.invalid/none' }, 'there is no such host'],
    [{ DATABASE_URL: 'mysql://localhost/none' }, 'DATABASE_URL must be postgresql://'],
    [{ LATCHKEY_ISUER: 'https://example.org' }, 'LATCHKEY_ISUER: there is no such setting.'],
    [{ LATCHKEY_REFRESH_GRACE: 'soon' }, 'LATCHKEY_REFRESH_GRACE is “soon”, but must be seconds from 0 to 60.'],
    [{ LATCHKEY_SECRET: 'short' }, 'LATCHKEY_SECRET must be at least 32 characters'],
    [{ HOST: '192.0.2.1' }, 'is no address of this machine'],
  ])('%o', async (settings, reason) => {
    const { code, stderr } = await product.run(['start'], { settings });
    expect(code).toBe(1);
    expect(oneLine(stderr)).toEqual([expect.stringContaining(reason)]);
    expect(stderr).not.toContain('nothing@');
  });

  test('every wrong setting is named at once', async () => {
    const { code, stderr } = await product.run(['start'], { settings: { PORT: '0', LATCHKEY_DJANGO_PATHS: 'yes' } });
    expect(code).toBe(1);
    expect(oneLine(stderr)).toHaveLength(2);
  });
});
