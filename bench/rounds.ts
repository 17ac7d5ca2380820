/** Interleaved rounds: every contender in turn, again and again, so that a slow moment of the machine meets them all alike. */

import type { Contender } from './contenders.ts';
import { type Case, startConversations, type Target, takesPart } from './conversations.ts';
import { runLoad, warmUp } from './load.ts';
import { type Cores, idleTime, processorTime, residentMemory } from './machine.ts';

export interface RoundTimes {
  readonly rounds: number;
  /** Requests before the first round, for the compiler and the caches. */
  readonly warmUp: number;
  /** Milliseconds at the beginning of each round that are not counted. */
  readonly settle: number;
  /** Milliseconds of each round that are counted. */
  readonly measure: number;
}

export interface Measured {
  /** In a second. */
  readonly requests: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Bytes that the server holds at the end. */
  readonly memory: number;
  /** Microseconds of its core that the server used for each request: holds even where other programs take time from it. */
  readonly processorTime: number;
  /** Share of its core that the server used, 0 to 1. Near 1: the server is what was measured. */
  readonly serverBusy: number;
  /** Share of the other cores that was left, 0 to 1. Near 0: the load or PostgreSQL may have been the limit. */
  readonly othersIdle: number;
}

export interface Subject extends Target {
  readonly contender: Contender;
  readonly pid: number;
}

/** @returns for each contender its measurements, in the order of the rounds */
export const runCase = async (
  what: Case,
  subjects: readonly Subject[],
  options: { cores: Cores; connections: number; times: RoundTimes; onRound: (round: number) => void },
): Promise<Map<Contender, Measured[]>> => {
  const { cores, times } = options;
  const takingPart = subjects.filter(({ contender }) => takesPart(contender, what));
  const running = takingPart.map((subject) => ({
    subject,
    conversations: startConversations(subject, what, options.connections),
    results: [] as Measured[],
  }));
  for (const { subject, conversations } of running) {
    await about(subject, warmUp(subject.port, conversations, times.warmUp));
  }
  for (let round = 1; round <= times.rounds; round += 1) {
    options.onRound(round);
    for (const { subject, conversations, results } of running) {
      const edges = { begin: usage(subject, cores), end: usage(subject, cores) };
      const load = await about(
        subject,
        runLoad({
          port: subject.port,
          conversations,
          settle: times.settle,
          measure: times.measure,
          onEdge: (edge) => {
            edges[edge] = usage(subject, cores);
          },
        }),
      );
      const seconds = (edges.end.at - edges.begin.at) / 1000;
      results.push({
        requests: load.requests / (load.elapsed / 1000),
        p50: quantile(load.latencies, 0.5),
        p99: quantile(load.latencies, 0.99),
        memory: residentMemory(subject.pid),
        processorTime: ((edges.end.processor - edges.begin.processor) / load.requests) * 1e6,
        serverBusy: (edges.end.processor - edges.begin.processor) / seconds,
        othersIdle: (edges.end.idle - edges.begin.idle) / seconds / cores.others.length,
      });
    }
  }
  return new Map(running.map(({ subject, results }) => [subject.contender, results]));
};

const usage = (subject: Subject, cores: Cores) => ({
  at: performance.now(),
  processor: processorTime(subject.pid),
  idle: idleTime(cores.others),
});

/** Names the server in what went wrong with it. */
const about = async <Result>(subject: Subject, work: Promise<Result>): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    throw new Error(`${subject.contender}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};

/** @param sorted in ascending order */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};
