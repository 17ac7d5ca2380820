/** What a run found: medians over the rounds, ratios between the contenders, as a table and as a file. */

import type { Contender } from './contenders.ts';
import type { Case } from './conversations.ts';
import type { describeMachine } from './machine.ts';
import { type Measured, median, type RoundTimes } from './rounds.ts';

export interface Line {
  readonly case: Case;
  readonly contender: Contender;
  /** The medians of the rounds. */
  readonly median: Measured;
  /** Requests in a second as a multiple of another contender's, compared round by round, then the median. */
  readonly ratioTo: Partial<Record<Contender, number>>;
  readonly rounds: readonly Measured[];
}

export interface Results {
  readonly startedAt: string;
  readonly machine: ReturnType<typeof describeMachine>;
  readonly postgresql: string;
  readonly connections: number;
  readonly accounts: number;
  readonly times: RoundTimes;
  readonly lines: readonly Line[];
}

export const linesOf = (what: Case, measured: ReadonlyMap<Contender, readonly Measured[]>): Line[] =>
  [...measured].map(([contender, rounds]) => {
    const of = (pick: (round: Measured) => number): number => median(rounds.map(pick));
    const ratioTo: Partial<Record<Contender, number>> = {};
    for (const [other, theirs] of measured) {
      if (other === contender) continue;
      ratioTo[other] = median(rounds.map((round, index) => round.requests / (theirs[index]?.requests ?? Number.NaN)));
    }
    return {
      case: what,
      contender,
      median: {
        requests: of((round) => round.requests),
        p50: of((round) => round.p50),
        p99: of((round) => round.p99),
        memory: of((round) => round.memory),
        processorTime: of((round) => round.processorTime),
        serverBusy: of((round) => round.serverBusy),
        othersIdle: of((round) => round.othersIdle),
      },
      ratioTo,
      rounds,
    };
  });

const columns: readonly { title: string; width: number; value: (line: Line) => string }[] = [
  { title: 'case', width: -20, value: (line) => line.case },
  { title: 'server', width: -14, value: (line) => line.contender },
  { title: 'requests/s', width: 11, value: (line) => line.median.requests.toFixed(0) },
  { title: 'p50 ms', width: 8, value: (line) => line.median.p50.toFixed(2) },
  { title: 'p99 ms', width: 8, value: (line) => line.median.p99.toFixed(2) },
  { title: 'RSS MiB', width: 8, value: (line) => (line.median.memory / 2 ** 20).toFixed(0) },
  { title: 'x floor', width: 8, value: (line) => ratio(line.ratioTo.floor) },
  { title: 'x oidc-p.', width: 10, value: (line) => ratio(line.ratioTo['oidc-provider']) },
  { title: 'CPU µs', width: 8, value: (line) => line.median.processorTime.toFixed(0) },
  { title: 'core used', width: 10, value: (line) => percent(line.median.serverBusy) },
  { title: 'rest idle', width: 10, value: (line) => percent(line.median.othersIdle) },
];

export const tableOf = (lines: readonly Line[]): string => {
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => pad(cell, columns[index]?.width ?? 0))
      .join(' ')
      .trimEnd();
  const heading = row(columns.map((column) => column.title));
  return [
    heading,
    '-'.repeat(heading.length),
    ...lines.map((line) => row(columns.map((column) => column.value(line)))),
  ].join('\n');
};

/** Negative: to the left. */
const pad = (text: string, width: number): string => (width < 0 ? text.padEnd(-width) : text.padStart(width));

const ratio = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2));

const percent = (share: number): string => `${Math.round(share * 100)} %`;
