/** A run from its beginning to its end: PostgreSQL, data, servers, rounds, report. It leaves nothing behind but the results. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from './cluster.ts';
import { endpointsOf, freePort, startContender } from './contenders.ts';
import { postgresVersion } from './databases.ts';
import { type Cores, describeMachine, divideCores, stayOff } from './machine.ts';
import type { BenchOptions } from './options.ts';
import { type Prepared, prepare } from './preparation.ts';
import { profileCase, profilesFolder, topOf } from './profiling.ts';
import { type Line, linesOf, type Results, tableOf } from './report.ts';
import { runCase, type Subject } from './rounds.ts';

export const runBench = async (options: BenchOptions): Promise<void> => {
  const cores = divideCores();
  stayOff(cores);
  await using cleanUp = new AsyncDisposableStack();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp.disposeAsync().finally(() => process.exit(130)));
  }
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  let failed = true;
  cleanUp.defer(() => {
    if (failed) say(`The logs of the servers are in ${folder}.`);
    else rmSync(folder, { recursive: true, force: true });
  });

  say(
    `The server under test has core ${cores.server} for itself, the load and PostgreSQL have ${cores.others.join(', ')}.`,
  );
  const cluster = await startCluster(options.clusterUrl, folder, say);
  cleanUp.defer(() => cluster.stop());
  say(`Filling the databases with ${options.accounts} accounts and their tokens.`);
  const prepared = await prepare(cluster, options, folder);
  cleanUp.defer(() => prepared.dropDatabases());

  const measure = options.profile ? profile : compare;
  await measure(options, { cores, folder, prepared, cleanUp, postgresql: await postgresVersion(cluster) });
  failed = false;
};

interface Run {
  readonly cores: Cores;
  readonly folder: string;
  readonly prepared: Prepared;
  readonly cleanUp: AsyncDisposableStack;
  readonly postgresql: string;
}

const compare = async (options: BenchOptions, { cores, folder, prepared, cleanUp, postgresql }: Run): Promise<void> => {
  const startedAt = new Date().toISOString();
  const subjects: Subject[] = [];
  for (const contender of options.contenders) {
    const { environment, data } = prepared.contenders[contender];
    const server = await startContender(contender, { core: cores.server, environment, logFolder: folder });
    cleanUp.defer(() => server.stop());
    subjects.push({ contender, pid: server.pid, port: server.port, endpoints: endpointsOf[contender], data });
  }
  const lines: Line[] = [];
  for (const what of options.cases) {
    const onRound = (round: number) => say(`${what}: round ${round} of ${options.times.rounds}`);
    const measured = await runCase(what, subjects, {
      cores,
      connections: options.connections,
      times: options.times,
      onRound,
    });
    lines.push(...linesOf(what, measured));
  }
  const results: Results = {
    startedAt,
    machine: describeMachine(),
    postgresql,
    connections: options.connections,
    accounts: options.accounts,
    times: options.times,
    lines,
  };
  writeFileSync(options.output, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${tableOf(lines)}\n\nEvery round is in ${options.output}.`);
};

const profile = async (options: BenchOptions, { cores, folder, prepared, cleanUp }: Run): Promise<void> => {
  const inspectorPort = await freePort();
  const { environment, data } = prepared.contenders.latchkey;
  const server = await startContender('latchkey', {
    core: cores.server,
    environment,
    logFolder: folder,
    nodeFlags: [`--inspect=127.0.0.1:${inspectorPort}`],
  });
  cleanUp.defer(() => server.stop());
  const target = { port: server.port, endpoints: endpointsOf.latchkey, data };
  for (const what of options.cases) {
    const summary = await profileCase(what, target, {
      inspectorPort,
      connections: options.connections,
      times: options.times,
    });
    console.log(`\n${what}: where the time goes (the profiles are in ${profilesFolder})\n${topOf(summary)}`);
  }
};

const say = (line: string): void => console.error(line);
