/** `latchkey start`: everything that the server needs, in order, until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../config.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { reachDatabase } from '../database/reach-database.ts';
import { checkPort } from './listen.ts';
import { operatorSecret } from './operator-secret.ts';
import type { OutputOptions } from './outcome.ts';

/** npm passes on the signal that a terminal has sent to everybody already: the second of a pair means nothing. Milliseconds. */
const echoTime = 500;

type Say = (line: string) => void;

/** Does one long step and says how long it took. */
const step = async <T>(say: Say, name: string, work: () => Promise<T>): Promise<T> => {
  say(`${name} …`);
  const begun = performance.now();
  const result = await work();
  say(`${name}: done in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return result;
};

/** How long the database may take to stop where nothing else is waited for, in milliseconds. */
const lastPatience = 2000;

/** Resolves at the first signal to stop; a later one waits for nothing but the embedded database. */
const untilTold = (database: () => Database | undefined): Promise<void> =>
  new Promise((resolve) => {
    let told: number | undefined;
    const listener = (): void => {
      if (told === undefined) {
        told = performance.now();
        resolve();
      } else if (performance.now() - told > echoTime) {
        const closed = database()
          ?.close()
          .catch(() => undefined);
        void Promise.race([closed, sleep(lastPatience)]).then(() => process.exit(130));
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
  });

const welcome = (say: Say, issuer: string, link: string | null): void => {
  say(`\nLatchkey is ready: ${issuer}`);
  if (link !== null) say(`There is no administrator yet. This link creates the first one, once:\n  ${link}`);
  if (process.stdout.isTTY) say('Ctrl-C stops it.');
};

export const start = async (options: OutputOptions): Promise<void> => {
  // For scripts, standard output holds JSON alone.
  const out = options.json ? process.stderr : process.stdout;
  const say: Say = (line) => void out.write(`${line}\n`);
  const config = readConfig(process.env);
  await checkPort(config);
  let database: Database | undefined;
  const told = untilTold(() => database);
  // Loaded while the database starts: both take their time.
  const program = import('./serve.ts');
  const secret = await operatorSecret(config, say);
  const open = () => openDatabase(config, say);
  database = config.databaseUrl ? await open() : await step(say, 'Starting the embedded database', open);
  try {
    await reachDatabase(database.url);
    const { serve } = await program;
    const service = await serve({ config, secret, databaseUrl: database.url, say });
    const link = service.firstAdministratorLink;
    welcome(say, config.issuer, link);
    const ready = { event: 'ready', issuer: config.issuer, first_administrator_link: link };
    if (options.json) process.stdout.write(`${JSON.stringify(ready)}\n`);
    await told;
    say('Stopping: what was accepted is finished …');
    await service.stop();
  } finally {
    await database.close();
  }
  say('Stopped.');
};
