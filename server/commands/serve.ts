/** The server as one process runs it on a database: brought up to date, listening, drained in the end. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { createLog } from '../http/logging.ts';
import { answerUnreadable } from '../http/unreadable.ts';
import { systemClock } from '../kernel/clock.ts';
import type { OperatorSecret } from '../kernel/operator-secret.ts';
import { connectDatabase } from '../mikro-orm.config.ts';
import { listen } from './listen.ts';

/** `build/client-web`, beside the compiled server. */
const webClient = fileURLToPath(new URL('../../client-web', import.meta.url));
/** How long a request that was accepted may still run after the signal to stop, in milliseconds. */
const drainTime = 10_000;
/** Seconds that the database may take for a statement; one that is there and silent must not hold every request. */
const patience = 30;
/** Proxies reuse connections for up to a minute: the server is not the one who closes them under a request. */
const keepAliveTimeout = 65_000;

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

export interface ServeOptions {
  readonly config: Config;
  readonly secret: OperatorSecret;
  readonly databaseUrl: string;
  /** Is told what was done, line by line. */
  readonly say: (line: string) => void;
}

export interface Service {
  /** Creates the first administrator; null once there is one. */
  readonly firstAdministratorLink: string | null;
  stop(): Promise<void>;
}

/** By a connection of its own: a migration takes as long as it takes, a request does not. */
const bringUpToDate = async (databaseUrl: string): Promise<string[]> => {
  const orm = await connectDatabase(databaseUrl, 2);
  try {
    return await migrate(orm, databaseUrl);
  } finally {
    await orm.close();
  }
};

/** @throws Refusal where the port cannot be had */
export const serve = async ({ config, secret, databaseUrl, say }: ServeOptions): Promise<Service> => {
  const migrations = await bringUpToDate(databaseUrl);
  if (migrations.length > 0) say(`Brought the tables up to date: ${migrations.join(', ')}.`);
  const orm = await connectDatabase(databaseUrl, config.databasePoolSize, patience);
  try {
    const log = await createLog({ level: config.logLevel });
    const app = await createApp({ config, secret, orm, clock: systemClock, log, webClient });
    const server = createServer({ keepAliveTimeout }, app.handler);
    answerUnreadable(server, log);
    await listen(server, config);
    return {
      firstAdministratorLink: await app.firstAdministrator.link(),
      stop: async () => {
        await drain(server);
        await app.close();
        await orm.close();
      },
    };
  } catch (error) {
    await orm.close();
    throw error;
  }
};
