/** Looks again and again for work that waits in the database, and at once where somebody knows that there is some. */
import type { Logger } from 'pino';

/** Milliseconds between two looks: a small statement by an index, which finds nothing most of the time. */
const interval = 2000;

export class WorkLoop {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private running = false;
  private again = false;
  private started = false;
  private stopped = false;

  constructor(
    private readonly deps: {
      log: Logger;
      /** For the log: what could not be done. */
      what: string;
      /** Does what is due. */
      work: () => Promise<void>;
    },
  ) {}

  get isStopped(): boolean {
    return this.stopped;
  }

  start(): void {
    this.started = true;
    this.sleep();
  }

  /** Looks now; for a node whose loop was never started, this means nothing. */
  wake(): void {
    if (!this.started || this.stopped) return;
    if (this.running) this.again = true;
    else this.run();
  }

  /** Resolves when what is being done is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private sleep(): void {
    this.timer = setTimeout(() => this.run(), interval);
    this.timer.unref();
  }

  private run(): void {
    clearTimeout(this.timer);
    this.running = true;
    this.again = false;
    this.round = this.deps
      .work()
      // The database may be away: the next look is soon.
      .catch((error: unknown) => this.deps.log.error({ err: error }, `${this.deps.what} could not be looked for`))
      .then(() => {
        this.running = false;
        if (this.stopped) return;
        if (this.again) this.run();
        else this.sleep();
      });
  }
}

/** @returns seconds until the next attempt: the first pause, twice that, four times, … six hours at most */
export const pauseAfter = (attempts: number, firstPause: number): number =>
  Math.min(firstPause * 2 ** (attempts - 1), 21_600);
