import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Statements } from '../../server/database/statements.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { createLog } from '../../server/http/logging.ts';
import { Job } from '../../server/jobs/job.entity.ts';
import { HopelessError, Jobs, queueJob, type WaitingJob } from '../../server/jobs/jobs.ts';
import { TestClock } from '../support/clock.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
const clock = new TestClock();
beforeAll(async () => {
  app = await createTestApp({ clock });
});
afterAll(() => app.close());

let kinds = 0;

/** A node's jobs, one kind of which is told about here; it looks when a test says so. */
const aNode = async (kind: string, run: (job: WaitingJob) => Promise<void>): Promise<Jobs> => {
  const statements = await Statements.on(app.orm);
  const jobs = new Jobs({ statements, clock, log: await createLog({ level: 'silent' }) });
  jobs.define(kind, { run, firstPause: 5, maxAttempts: 3 });
  return jobs;
};

const queue = (kind: string, count = 1) =>
  unitOfWork(app.orm)(async (em) => {
    for (let at = 0; at < count; at++) queueJob(em, kind, { at: String(at) }, clock.now());
  });

const rows = (kind: string) => app.orm.em.fork().find(Job, { kind }, { orderBy: { id: 'asc' } });

describe('a job', () => {
  it('is done once, however many nodes look at the same time', async () => {
    const kind = `kind${++kinds}`;
    const done: string[] = [];
    const run = async ({ data }: WaitingJob) => void done.push(data.at ?? '');
    const nodes = await Promise.all([1, 2, 3].map(() => aNode(kind, run)));
    await queue(kind, 60);
    await Promise.all(nodes.map((jobs) => jobs.beginWhatIsDue()));
    while ((await rows(kind)).some(({ doneAt }) => doneAt === null)) {
      await Promise.all(nodes.map((jobs) => jobs.beginWhatIsDue()));
    }
    expect(done.length).toBe(60);
    expect(new Set(done).size).toBe(60);
  });

  it('is there only if what made it necessary is kept', async () => {
    const kind = `kind${++kinds}`;
    const broken = unitOfWork(app.orm)(async (em) => {
      queueJob(em, kind, {}, clock.now());
      await em.flush();
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await rows(kind)).toEqual([]);
  });

  it('is tried again later and later, and given up in the end', async () => {
    const kind = `kind${++kinds}`;
    const jobs = await aNode(kind, () => Promise.reject(new Error('away\nsecret details')));
    await queue(kind);
    for (const pause of [5, 10, null]) {
      await jobs.beginWhatIsDue();
      await expect
        .poll(async () => (await rows(kind))[0]?.dueAt ?? null)
        .toEqual(pause === null ? null : new Date(clock.now().getTime() + pause * 1000));
      if (pause !== null) clock.advance(pause);
    }
    expect((await rows(kind))[0]).toMatchObject({ attempts: 3, doneAt: null, lastError: 'away' });
  });

  it('without hope is tried once', async () => {
    const kind = `kind${++kinds}`;
    const jobs = await aNode(kind, () => Promise.reject(new HopelessError('never')));
    await queue(kind);
    await jobs.beginWhatIsDue();
    await expect
      .poll(async () => (await rows(kind))[0])
      .toMatchObject({ attempts: 1, dueAt: null, lastError: 'never' });
  });

  it('that a node took to its death is taken by another one', async () => {
    const kind = `kind${++kinds}`;
    await (await aNode(kind, () => new Promise(() => undefined))).beginWhatIsDue();
    await queue(kind);
    const dying = await aNode(kind, () => new Promise(() => undefined));
    await dying.beginWhatIsDue();
    let done = 0;
    const other = await aNode(kind, async () => void done++);
    await other.beginWhatIsDue();
    expect(done).toBe(0);
    clock.advance(300);
    await other.beginWhatIsDue();
    await expect.poll(() => done).toBe(1);
  });

  it('that hangs holds up no other', async () => {
    const [slow, quick] = [`kind${++kinds}`, `kind${++kinds}`];
    let done = 0;
    const jobs = await aNode(slow, () => new Promise(() => undefined));
    jobs.define(quick, { run: async () => void done++, firstPause: 5, maxAttempts: 3 });
    await queue(slow, 3);
    await jobs.beginWhatIsDue();
    await queue(quick);
    await jobs.beginWhatIsDue();
    await expect.poll(() => done).toBe(1);
  });

  it('of a kind that this version does not know is left to those who do', async () => {
    await queue('of-a-later-version');
    await (await aNode(`kind${++kinds}`, async () => undefined)).beginWhatIsDue();
    expect((await rows('of-a-later-version'))[0]).toMatchObject({ attempts: 0, doneAt: null });
  });
});

describe('a chore', () => {
  it('comes round, on one node at a time, also after a failure', async () => {
    const kind = `kind${++kinds}`;
    let runs = 0;
    const nodes = await Promise.all(
      [1, 2].map(async () => {
        const jobs = await aNode(`${kind}-other`, async () => undefined);
        jobs.defineChore(kind, {
          every: 600,
          run: async () => {
            if (++runs === 2) throw new Error('once');
          },
        });
        await jobs.start();
        return jobs;
      }),
    );
    // The very first time is a minute after the start, which has enough to do.
    expect(runs).toBe(0);
    clock.advance(60);
    await expect.poll(() => runs).toBe(1);
    const settled = (at: number) =>
      expect.poll(async () => (await rows(kind))[0]?.dueAt?.getTime()).toBe(clock.now().getTime() + at * 1000);
    await settled(600);
    expect((await rows(kind)).length).toBe(1);
    clock.advance(600);
    await settled(60);
    clock.advance(60);
    await settled(600);
    expect(runs).toBe(3);
    await Promise.all(nodes.map((jobs) => jobs.stop()));
  });

  it('ends early where its node stops', async () => {
    const kind = `kind${++kinds}`;
    const jobs = await aNode(`${kind}-other`, async () => undefined);
    let stopped = false;
    let begun = false;
    jobs.defineChore(kind, {
      every: 600,
      run: (signal) =>
        new Promise((resolve) => {
          begun = true;
          signal.addEventListener('abort', () => {
            stopped = true;
            resolve();
          });
        }),
    });
    await jobs.start();
    clock.advance(60);
    await expect.poll(() => begun).toBe(true);
    await jobs.stop();
    expect(stopped).toBe(true);
  });
});
