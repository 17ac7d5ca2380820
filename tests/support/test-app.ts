/** The real server on a real port with a database of its own, and what tests need around it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { MikroORM } from '@mikro-orm/postgresql';
import { RequestContext } from '@mikro-orm/postgresql';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/http/logging.ts';
import { answerUnreadable } from '../../server/http/unreadable.ts';
import type { Clock } from '../../server/kernel/clock.ts';
import { systemClock } from '../../server/kernel/clock.ts';
import { OperatorSecret } from '../../server/kernel/operator-secret.ts';
import { connectDatabase } from '../../server/mikro-orm.config.ts';
import { createDatabase, type TestDatabase } from './database.ts';

export interface TestApp {
  /** `http://localhost:<port>` */
  readonly issuer: string;
  /** Where this node itself listens, whatever its issuer. */
  readonly origin: string;
  readonly orm: MikroORM;
  readonly clock: Clock;
  readonly secret: OperatorSecret;
  readonly databaseUrl: string;
  /** What the server has logged so far, a line each. */
  readonly logLines: string[];
  /** Runs work that needs the ORM, as a request would. */
  inContext<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  clock?: Clock;
  /** Settings by their environment names. */
  settings?: Record<string, string>;
  /** Another app's: two servers that behave as one. */
  beside?: TestApp;
  /** Seconds that the database may take for a statement. */
  patience?: number;
}

export const testSecret = 'a secret of the tests, as long as it must be';

export const createTestApp = async (options: TestAppOptions = {}): Promise<TestApp> => {
  const { clock = systemClock, settings = {}, beside, patience } = options;
  const database: TestDatabase | null = beside ? null : await createDatabase();
  const databaseUrl = beside?.databaseUrl ?? (database as TestDatabase).url;
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // A second node answers at its own port, but speaks for the same issuer.
  const issuer = beside?.issuer ?? settings.LATCHKEY_ISSUER ?? `http://localhost:${port}`;
  const config = readConfig({ ...settings, PORT: String(port), LATCHKEY_ISSUER: issuer });
  const orm = await connectDatabase(databaseUrl, 10, patience);
  const logLines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logLines.push(...String(chunk).split('\n').filter(Boolean));
      done();
    },
  });
  const log = await createLog({ level: 'info', destination });
  const secret = new OperatorSecret(config.secret ?? testSecret, config.secretPrevious);
  const app = await createApp({ config, secret, orm, clock, log, webClient: 'build/client-web' });
  server.on('request', app.handler);
  answerUnreadable(server, log);
  return {
    origin: `http://localhost:${port}`,
    issuer: beside ? `http://localhost:${port}` : issuer,
    orm,
    clock,
    secret,
    databaseUrl,
    logLines,
    inContext: (work) => RequestContext.create(orm.em, work),
    async close() {
      server.close();
      server.closeAllConnections();
      await app.close();
      await orm.close();
      await database?.drop();
    },
  };
};
