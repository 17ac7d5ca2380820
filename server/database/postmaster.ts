/** PostgreSQL's main process over one data folder: found by what it wrote down, started, stopped. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries, SystemUser } from './postgres-binaries.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Root's PostgreSQL runs as a user who may not be able to enter the folders above the data; its current folder it can always name. */
const nameOf = (data: string, user: SystemUser | undefined): string =>
  user && process.platform === 'linux' ? '/proc/self/cwd' : data;

/** What tells this folder's postmaster from any other program: stands in its command line. */
const markOf = async (data: string): Promise<string> => `cluster_name=latchkey_${(await stat(data)).ino}`;

const commandLine = async (pid: number): Promise<string> => {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return '';
  }
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** The process id alone proves nothing: after a crash it may be another program's. A zombie has no command line. */
const isPostmaster = async (pid: number, data: string): Promise<boolean> =>
  exists(pid) && (await commandLine(pid)).includes(await markOf(data));

/** `postmaster.pid`: line 1 is the process, line 4 the port, line 8 the state. */
const readPidFile = async (data: string): Promise<(Postmaster & { stopping: boolean }) | null> => {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  return { pid: Number(lines[0]), port: Number(lines[3]), stopping: lines[7] === 'stopping' };
};

const untilGone = async (pid: number, data: string, patience: number): Promise<boolean> => {
  const giveUp = AbortSignal.timeout(patience);
  while (await isPostmaster(pid, data)) {
    if (giveUp.aborted) return false;
    await sleep(20);
  }
  return true;
};

/**
 * The running postmaster of this folder. What a dead one left behind is cleared away where PostgreSQL itself would be misled by
 * it; the port it had is kept as `lastPort`, so that those who were connected find the next one.
 */
export const findPostmaster = async (data: string): Promise<{ running?: Postmaster; lastPort?: number }> => {
  const found = await readPidFile(data);
  if (found === null) return {};
  if (found.pid > 0 && (await isPostmaster(found.pid, data))) {
    if (!found.stopping) return { running: found };
    await untilGone(found.pid, data, 60_000);
    return {};
  }
  if (found.pid > 0 && exists(found.pid)) await rm(join(data, 'postmaster.pid'), { force: true });
  return found.port > 0 ? { lastPort: found.port } : {};
};

const isFree = async (port: number): Promise<number | null> => {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return (probe.address() as AddressInfo).port;
  } catch {
    return null;
  } finally {
    probe.close();
  }
};

/** Nothing of our own environment reaches the database: no setting of ours, no `PG…` variable of somebody's shell. */
const databaseEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Runs `initdb` in the empty folder `data`. */
export const createCluster = async (
  binaries: PostgresBinaries,
  user: SystemUser | undefined,
  data: string,
  passwordFile: string,
): Promise<void> => {
  const program = spawn(
    join(binaries.folder, 'bin/initdb'),
    [
      ...['-D', nameOf(data, user), '--username=latchkey', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      // Sorted and compared by code point, whatever the machine's locales are.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ],
    { cwd: data, stdio: ['ignore', 'ignore', 'pipe'], env: databaseEnvironment, ...user },
  );
  let complaint = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const [code] = (await once(program, 'close')) as [number | null];
  if (code !== 0) throw new Error(`PostgreSQL cannot create its data: ${lastLine(complaint)}`);
};

const lastLine = (text: string): string => {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '').replace(
    /^.*?(FATAL|PANIC|error): */,
    '',
  );
};

const settings = (port: number, mark: string): string[] =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    mark,
    'max_connections=250',
    // Neither statements nor rows reach the log: they can hold what only the database may know.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
  ].flatMap((setting) => ['-c', setting]);

export interface Cluster {
  readonly binaries: PostgresBinaries;
  readonly user: SystemUser | undefined;
  /** The cluster's folder. */
  readonly data: string;
  readonly logFile: string;
  /** Tries to connect; throws where waiting is no use. */
  readonly isReady: (port: number) => Promise<boolean>;
}

/** In a session of its own, so that Ctrl-C in a terminal reaches the server alone, which still needs the database. */
const launch = async ({ binaries, user, data, logFile, isReady }: Cluster, port: number): Promise<Postmaster> => {
  const log = openSync(logFile, 'w', 0o600);
  const program = spawn(
    join(binaries.folder, 'bin/postgres'),
    ['-D', nameOf(data, user), ...settings(port, await markOf(data))],
    { cwd: data, detached: true, stdio: ['ignore', log, log], env: databaseEnvironment, ...user },
  );
  closeSync(log);
  const over = new Promise<Error | 'ended'>((resolve) => {
    program.on('error', (cause) => resolve(new Error(`PostgreSQL cannot be started: ${cause.message}`, { cause })));
    program.on('exit', () => resolve('ended'));
  });
  try {
    for (;;) {
      const failed = await Promise.race([over, sleep(25)]);
      if (failed === 'ended') {
        const reason = lastLine(await readFile(logFile, 'utf8'));
        throw new Error(`The embedded PostgreSQL does not start: ${reason} (${logFile})`);
      }
      if (failed) throw failed;
      if (await isReady(port)) break;
    }
  } catch (error) {
    program.kill('SIGINT');
    throw error;
  } finally {
    program.unref();
  }
  return { pid: program.pid as number, port };
};

/**
 * @param preferredPort where those who were connected before look for it
 * @throws one line with PostgreSQL's own reason
 */
export const startPostmaster = async (cluster: Cluster, preferredPort: number | undefined): Promise<Postmaster> => {
  const giveUp = AbortSignal.timeout(10_000);
  for (;;) {
    const port = (preferredPort && (await isFree(preferredPort))) || (await isFree(0)) || 0;
    try {
      return await launch(cluster, port);
    } catch (error) {
      // The processes of a postmaster that was killed take a moment to notice.
      const isStillInUse = error instanceof Error && error.message.includes('shared memory block');
      if (!isStillInUse || giveUp.aborted) throw error;
      await sleep(200);
    }
  }
};

/** Ends the postmaster and waits until it is gone. */
export const stopPostmaster = async (pid: number, data: string): Promise<void> => {
  if (!(await isPostmaster(pid, data))) return;
  // Fast shutdown: ends what is still connected, writes everything down.
  process.kill(pid, 'SIGINT');
  if (await untilGone(pid, data, 30_000)) return;
  // Immediate shutdown: loses nothing either, the next start replays the log.
  process.kill(pid, 'SIGQUIT');
  await untilGone(pid, data, 10_000);
};
