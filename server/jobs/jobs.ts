/**
 * Work beside the requests: written in the transaction that makes it necessary, done at least once after it, by whichever node comes
 * first. A node that dies leaves what it had taken to the next one.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Logger } from 'pino';
import type { Statements } from '../database/statements.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { newId } from '../kernel/secrets.ts';
import { Job } from './job.entity.ts';
import { pauseAfter, WorkLoop } from './work-loop.ts';

export interface WaitingJob {
  readonly id: string;
  readonly kind: string;
  readonly data: Record<string, string>;
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Thrown by work that will never go better. */
export class HopelessError extends Error {
  override readonly name = 'HopelessError';
}

export interface JobKind {
  /** Does it, or throws; it may be done twice. */
  run(job: WaitingJob): Promise<void>;
  /** Seconds before the second attempt; each later pause is twice as long. */
  readonly firstPause: number;
  readonly maxAttempts: number;
}

/** Work that comes round. */
export interface Chore {
  /** @param signal says when this node stops: the rest is for the next time */
  run(signal: AbortSignal): Promise<void>;
  /** Seconds between two times. */
  readonly every: number;
}

/** Jobs that a node does at once: one that hangs holds up no other. */
const atOnce = 20;
/** Seconds after the very first start: that has enough to do. */
const firstChores = 60;
/** Seconds for which a node has a job to itself. */
const lease = 300;

const claim = {
  name: 'job_claim',
  text: `update job set attempts = attempts + 1, due_at = $2
    where id in (select id from job where due_at <= $1 and kind = any($3) order by due_at limit $4 for update skip locked)
    returning id, kind, data, attempts, created_at as "createdAt"`,
};

const settle = {
  name: 'job_settle',
  text: 'update job set done_at = $2, due_at = $3, last_error = $4 where id = $1',
};

/** A chore waits for its next time with a clean slate. */
const comeRound = {
  name: 'job_come_round',
  text: 'update job set done_at = $2, due_at = $3, last_error = $4, attempts = 0 where id = $1',
};

const keepChore = {
  name: 'job_keep_chore',
  text: `insert into job (id, kind, name, data, created_at, due_at) values ($1, $2, $2, '{}', $3, $4) on conflict (name) do nothing`,
};

/** @param em of the transaction that makes it necessary */
export const queueJob = (em: EntityManager, kind: string, data: Record<string, string>, now: Date): void => {
  em.create(Job, { kind, data, createdAt: now, dueAt: now });
};

export class Jobs {
  private readonly kinds = new Map<string, JobKind>();
  private readonly chores = new Map<string, Chore>();
  private readonly loop: WorkLoop;
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly deps: { statements: Statements; clock: Clock; log: Logger }) {
    this.loop = new WorkLoop({ log: deps.log, what: 'work', work: () => this.beginWhatIsDue() });
  }

  /** @param kind what stands in the job's row */
  define(kind: string, work: JobKind): void {
    this.kinds.set(kind, work);
  }

  /** Work that one node does every so often. */
  defineChore(kind: string, chore: Chore): void {
    this.chores.set(kind, chore);
  }

  async start(): Promise<void> {
    const { statements, clock } = this.deps;
    const first = secondsAfter(clock.now(), firstChores);
    for (const kind of this.chores.keys()) await statements.rows(keepChore, [newId(), kind, clock.now(), first]);
    this.loop.start();
  }

  /** Does what was just queued without waiting for the next look. After the transaction. */
  wake(): void {
    this.loop.wake();
  }

  /** Resolves when what is being done is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
    await Promise.all(this.running);
  }

  /** Begins everything that is due; resolves when nothing more is, or there is no hand free. */
  async beginWhatIsDue(): Promise<void> {
    const kinds = [...this.kinds.keys(), ...this.chores.keys()];
    for (let free = atOnce; free > 0 && !this.loop.isStopped; free = atOnce - this.running.size) {
      const now = this.deps.clock.now();
      const claimed = await this.deps.statements.rows<WaitingJob>(claim, [now, secondsAfter(now, lease), kinds, free]);
      if (claimed.length === 0) return;
      for (const job of claimed) this.begin(job);
    }
  }

  private begin(job: WaitingJob): void {
    const attempt = this.attempt(job)
      // It could not even be noted how it went: the lease ends, and somebody tries again.
      .catch((error: unknown) => this.deps.log.error({ err: error, job: job.id }, 'a job could not be settled'))
      .then(() => {
        this.running.delete(attempt);
        // It may have written others.
        this.loop.wake();
      });
    this.running.add(attempt);
  }

  private async attempt(job: WaitingJob): Promise<void> {
    const { statements, clock, log } = this.deps;
    const chore = this.chores.get(job.kind);
    try {
      await (chore === undefined ? this.kinds.get(job.kind)?.run(job) : chore.run(this.stopping.signal));
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300);
      const kind = this.kinds.get(job.kind) ?? { firstPause: 60, maxAttempts: Number.POSITIVE_INFINITY };
      const givenUp = error instanceof HopelessError || job.attempts >= kind.maxAttempts;
      const next = givenUp ? null : secondsAfter(clock.now(), pauseAfter(job.attempts, kind.firstPause));
      const { id, attempts } = job;
      log.warn({ err: error, job: id, kind: job.kind, attempts, givenUp }, 'a job could not be done');
      await statements.rows(settle, [id, null, next, reason]);
      return;
    }
    const now = clock.now();
    if (chore === undefined) await statements.rows(settle, [job.id, now, null, null]);
    else await statements.rows(comeRound, [job.id, now, secondsAfter(now, chore.every), null]);
  }
}
