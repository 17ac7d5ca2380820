/** The command line of the bench. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Contender, contenders } from './contenders.ts';
import { type Case, cases } from './conversations.ts';
import type { RoundTimes } from './rounds.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface BenchOptions {
  readonly cases: readonly Case[];
  readonly contenders: readonly Contender[];
  readonly times: RoundTimes;
  readonly accounts: number;
  readonly connections: number;
  /** Path of the file that the results go to. */
  readonly output: string;
  /** A cluster to use instead of an own one: the bench makes two databases in it and drops them. */
  readonly clusterUrl: string | null;
  /** Profile Latchkey instead of comparing. */
  readonly profile: boolean;
}

export const usage = `npm run bench -- [options]

  --quick            fewer and shorter rounds: a first impression in about three minutes
  --profile          run Latchkey alone under V8's profiler, write bench/profiles/<case>.cpuprofile, say where the time goes
  --case NAME        only this case, repeatable: ${cases.join(', ')} (with --profile: me, unless said otherwise)
  --server NAME      only this server, repeatable: ${contenders.join(', ')}
  --rounds NUMBER    rounds for each case
  --seconds NUMBER   counted seconds in each round
  --warm-up NUMBER   requests to each server before the first round of a case
  --accounts NUMBER  people, each with an access token (10000)
  --connections NUMBER  requests under way at a time (64)
  --output FILE      where the results go (bench/results.json)
  --database URL     use this PostgreSQL (as a role that may create databases) instead of starting an own one
  --help`;

const full: RoundTimes = { rounds: 7, warmUp: 12_000, settle: 500, measure: 4000 };
const quick: RoundTimes = { rounds: 3, warmUp: 4000, settle: 300, measure: 1500 };

/** @throws UsageError for an option or a value that there is not */
export const readOptions = (args: string[]): BenchOptions | 'help' => {
  const { values } = parse(args);
  if (values.help) return 'help';
  const base = values.quick ? quick : full;
  const accounts = values.accounts === undefined ? 10_000 : whole('--accounts', values.accounts);
  const connections = values.connections === undefined ? 64 : whole('--connections', values.connections);
  if (accounts < connections) throw new UsageError('Each connection needs an account of its own.');
  return {
    cases: chosen('--case', values.case, cases, values.profile ? ['me'] : cases),
    contenders: values.profile ? ['latchkey'] : chosen('--server', values.server, contenders, contenders),
    times: {
      ...base,
      rounds: values.rounds === undefined ? base.rounds : whole('--rounds', values.rounds),
      measure: values.seconds === undefined ? base.measure : positive('--seconds', values.seconds) * 1000,
      warmUp: values['warm-up'] === undefined ? base.warmUp : whole('--warm-up', values['warm-up']),
    },
    accounts,
    connections,
    output: values.output ?? fileURLToPath(new URL('./results.json', import.meta.url)),
    clusterUrl: values.database ?? null,
    profile: values.profile ?? false,
  };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        profile: { type: 'boolean' },
        case: { type: 'string', multiple: true },
        server: { type: 'string', multiple: true },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        accounts: { type: 'string' },
        connections: { type: 'string' },
        'warm-up': { type: 'string' },
        output: { type: 'string' },
        database: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** In the order of `known`, which is the order of the interleaving. */
const chosen = <Name extends string>(
  option: string,
  given: readonly string[] | undefined,
  known: readonly Name[],
  otherwise: readonly Name[],
): readonly Name[] => {
  if (given === undefined) return otherwise;
  const unknown = given.find((name) => !known.some((other) => other === name));
  if (unknown !== undefined) throw new UsageError(`${option} ${unknown}: there is ${known.join(', ')}.`);
  return known.filter((name) => given.includes(name));
};

const positive = (option: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new UsageError(`${option} ${text}: a number above 0 is expected.`);
  return value;
};

const whole = (option: string, text: string): number => {
  const value = positive(option, text);
  if (!Number.isInteger(value)) throw new UsageError(`${option} ${text}: a whole number is expected.`);
  return value;
};
