/** The real server on a real port and a real PostgreSQL, as `latchkey start` composes it, with a clock that tests can move. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createApp, type LatchkeyApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { type InTransaction, unitOfWork } from '../../server/database/unit-of-work.ts';
import { createLog } from '../../server/http/logging.ts';
import { type Clock, systemClock } from '../../server/kernel/clock.ts';
import { connectDatabase } from '../../server/mikro-orm.config.ts';
import { createDatabase, type TestDatabase } from './database.ts';

const testSecret = 'the secret of a server that tests made';

export interface TestAppOptions {
  /** By their names in the environment: `{ LATCHKEY_REFRESH_GRACE: '0' }`. */
  settings?: Readonly<Record<string, string>>;
  clock?: Clock;
  /** Another node: on the same database, with the same issuer. */
  besides?: TestApp;
}

export interface TestApp {
  /** Where this node listens: `http://localhost:PORT`. */
  readonly origin: string;
  /** Who it says it is; the first node's origin. */
  readonly issuer: string;
  readonly config: Config;
  readonly secret: string;
  readonly clock: Clock;
  readonly orm: MikroORM;
  readonly inTransaction: InTransaction;
  readonly databaseUrl: string;
  readonly latchkey: LatchkeyApp;
  readonly server: Server;
  /** What it logged, line by line. */
  readonly log: string[];
  close(): Promise<void>;
}

const borrowed = (app: TestApp): TestDatabase => ({ url: app.databaseUrl, drop: async () => undefined });

export const createTestApp = async (options: TestAppOptions = {}): Promise<TestApp> => {
  const { besides, clock = besides?.clock ?? systemClock } = options;
  const database = besides ? borrowed(besides) : await createDatabase();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://localhost:${port}`;
  const config = readConfig({
    PORT: String(port),
    LATCHKEY_ISSUER: besides?.issuer ?? origin,
    DATABASE_URL: database.url,
    LATCHKEY_LOG_LEVEL: 'debug',
    ...options.settings,
  });
  const log: string[] = [];
  const logger = await createLog({
    level: config.logLevel,
    destination: { write: (line) => void log.push(line.trim()) },
  });
  const orm = await connectDatabase(database.url, config.databasePoolSize);
  const latchkey = await createApp({ config, secret: testSecret, orm, clock, log: logger });
  server.on('request', latchkey.handler);
  return {
    origin,
    issuer: config.issuer,
    config,
    secret: testSecret,
    clock,
    orm,
    inTransaction: unitOfWork(orm),
    databaseUrl: database.url,
    latchkey,
    server,
    log,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await orm.close();
      await database.drop();
    },
  };
};
