/** The servers that are compared: how each is started on the server's core, and where it answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Endpoints } from './conversations.ts';

export const contenders = ['floor', 'latchkey', 'oidc-provider'] as const;
export type Contender = (typeof contenders)[number];

export const endpointsOf: Record<Contender, Endpoints> = {
  floor: {
    me: { method: 'POST', path: '/graphql' },
    userinfo: '/oauth/userinfo',
    token: '/oauth/token',
    introspection: '/oauth/introspect',
    pushedRequest: '/oauth/par',
    authorize: '/oauth/authorize',
  },
  latchkey: {
    me: { method: 'POST', path: '/graphql' },
    userinfo: '/oauth/userinfo',
    token: '/oauth/token',
    introspection: '/oauth/introspect',
    pushedRequest: '/oauth/par',
    authorize: '/oauth/authorize',
  },
  'oidc-provider': {
    me: { method: 'GET', path: '/me' },
    userinfo: '/me',
    token: '/token',
    introspection: '/token/introspection',
    pushedRequest: '/request',
    authorize: '/auth',
  },
};

/** Lets Node run TypeScript with parameter properties as it stands. */
export const typescriptFlags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning'];

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const programOf: Record<Contender, string[]> = {
  floor: [...typescriptFlags, here('./floor-server.ts')],
  /** The compiled product, started as an operator starts it. */
  latchkey: [here('../build/server/main.js'), 'start'],
  'oidc-provider': [...typescriptFlags, here('./oidc-provider/server.ts')],
};

export interface RunningServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly core: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Where its output goes: a file, as with an operator. */
  readonly logFolder: string;
  /** Flags for Node before the program. */
  readonly nodeFlags?: readonly string[];
}

/** Longest time from the start of a server to its first answer, in milliseconds. */
const patience = 60_000;

/** @throws where the server ends by itself or does not listen in time; the message says where its log is */
export const startContender = async (contender: Contender, options: StartOptions): Promise<RunningServer> => {
  const port = await freePort();
  const logFile = join(options.logFolder, `${contender}.log`);
  const log = openSync(logFile, 'a');
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(
    'taskset',
    ['-c', String(options.core), process.execPath, ...(options.nodeFlags ?? []), ...programOf[contender]],
    {
      stdio: ['ignore', log, log],
      env: { PATH, HOME, NODE_ENV: 'production', PORT: String(port), ...options.environment },
    },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error(`${contender} cannot be started: is taskset (util-linux) installed?`);
  const deadline = performance.now() + patience;
  while (!(await listens(port))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${contender} does not start: see ${logFile}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { port, pid, stop: () => stop(child) };
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(force);
};

const listens = async (port: number): Promise<boolean> => {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The machine gives no free port.');
  return address.port;
};
