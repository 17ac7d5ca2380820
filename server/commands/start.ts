/** `latchkey start`: everything that the server needs, in order, until it is told to stop. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { findPackageJSON } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { reachDatabase } from '../database/reach-database.ts';
import { createLog } from '../http/logging.ts';
import { systemClock } from '../kernel/clock.ts';
import { connectDatabase } from '../mikro-orm.config.ts';
import { operatorSecret } from './operator-secret.ts';
import { Refusal } from './outcome.ts';

/** How long a request that was accepted may still run after the signal to stop, in milliseconds. */
const drainTime = 10_000;
/** npm passes on the signal that a terminal has sent to everybody already: the second of a pair means nothing. */
const echoTime = 500;
/** Proxies reuse connections for up to a minute: the server is not the one who closes them under a request. */
const keepAliveTime = 65_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Does one long step and says how long it took. */
const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  say(`${name} …`);
  const begun = performance.now();
  const result = await work();
  say(`${name}: done in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return result;
};

const listenProblem = (config: Config, error: NodeJS.ErrnoException): Error => {
  const at = `${config.host}:${config.port}`;
  if (error.code === 'EADDRINUSE') {
    return new Refusal(
      `Port ${config.port} is in use: stop the program that listens there, or choose another port, e.g. PORT=${config.port + 1} npm start.`,
    );
  }
  if (error.code === 'EACCES') {
    return new Refusal(`Port ${config.port} needs more rights than this user has: set PORT to one above 1023.`);
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Refusal(`${at} is no address of this machine: mend HOST.`);
  }
  return error;
};

const listen = async (server: Server, config: Config): Promise<void> => {
  server.listen(config.port, config.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(config, error as NodeJS.ErrnoException);
  }
};

/** Asked before anything that takes long, and before a second server meddles with the first one's data. */
const checkPort = async (config: Config): Promise<void> => {
  const probe = createServer();
  await listen(probe, config);
  probe.close();
  await once(probe, 'close');
};

/** Takes no new request, lets those that run finish, and cuts what takes too long. */
const drain = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  const giveUp = AbortSignal.timeout(drainTime);
  for (;;) {
    server.closeIdleConnections();
    if (await Promise.race([closed, sleep(50)])) return;
    if (giveUp.aborted) server.closeAllConnections();
  }
};

/** What the build put beside the compiled server. */
const webClient = fileURLToPath(new URL('../../client-web', import.meta.url));

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first signal; a later one ends the process at once. */
const untilTold = (database: () => Database | undefined): Promise<void> =>
  new Promise((resolve) => {
    let told: number | undefined;
    const listener = (): void => {
      if (told === undefined) {
        told = performance.now();
        resolve();
      } else if (performance.now() - told > echoTime) {
        database()?.abandon();
        process.exit(130);
      }
    };
    for (const signal of stopSignals) process.on(signal, listener);
  });

const version = async (): Promise<string> => {
  const file = findPackageJSON(import.meta.url);
  return file ? (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version : '';
};

const welcome = async (config: Config, link: string | null): Promise<void> => {
  say(`\nLatchkey ${await version()} is ready: ${config.issuer}`);
  if (link !== null) say(`There is no administrator yet. This link creates the first one, once:\n  ${link}`);
  if (process.stdout.isTTY) say('Ctrl-C stops it.\n');
};

export const start = async (): Promise<void> => {
  const config = readConfig(process.env);
  await checkPort(config);
  let database: Database | undefined;
  const told = untilTold(() => database);
  const stopping = told.then(() => 'stop' as const);

  const secret = await operatorSecret(config, say);
  database = config.databaseUrl
    ? await openDatabase(config, say)
    : await step('Starting the embedded database', () => openDatabase(config, say));
  try {
    await reachDatabase(database.url);
    const orm = await connectDatabase(database.url, config.databasePoolSize);
    try {
      const migrations = await migrate(orm, database.url);
      if (migrations.length > 0) say(`Brought the tables up to date: ${migrations.join(', ')}.`);
      const log = await createLog({ level: config.logLevel });
      const app = await createApp({ config, secret, orm, clock: systemClock, log, webClient });
      const server = createServer({ keepAliveTimeout: keepAliveTime }, app.handler);
      await listen(server, config);
      await welcome(config, await app.firstAdministrator.link());
      await stopping;
      say('Stopping: finishing what runs …');
      await drain(server);
    } finally {
      await orm.close();
    }
  } finally {
    await database.close();
  }
  say('Stopped.');
};
