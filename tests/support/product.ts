/** The built product as operators run it: processes of its own, on a data folder of its own. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../../bin/build.js';
import { EmbeddedPostgres } from '../../server/database/embedded-postgres.ts';

const program = join(import.meta.dirname, '../../build/server/main.js');

export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One process of the product. */
export class Running {
  stdout = '';
  stderr = '';
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;

  constructor(parameters: readonly string[], environment: Readonly<Record<string, string>>) {
    this.#process = spawn(process.execPath, [program, ...parameters], {
      env: { PATH: process.env.PATH, ...environment },
    });
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.pid = this.#process.pid as number;
    this.ended = once(this.#process, 'close').then(([code]) => ({ code, stdout: this.stdout, stderr: this.stderr }));
  }

  type(input: string): void {
    this.#process.stdin.end(input);
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  stop(): Promise<Ended> {
    this.signal('SIGINT');
    return this.ended;
  }
}

export class Product {
  readonly folder: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly #running = new Set<Running>();

  private constructor(folder: string, port: number, settings: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.port = port;
    this.settings = settings;
  }

  /** @param settings by their names in the environment */
  static async install(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
    await build(['server']);
    return new Product(await mkdtemp(join(tmpdir(), 'latchkey-product-')), await freePort(), settings);
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  begin(parameters: readonly string[], settings: Readonly<Record<string, string>> = {}): Running {
    const running = new Running(parameters, {
      PORT: String(this.port),
      LATCHKEY_DATA: join(this.folder, 'data'),
      ...this.settings,
      ...settings,
    });
    this.#running.add(running);
    void running.ended.then(() => this.#running.delete(running));
    return running;
  }

  /** Runs a command to its end. */
  run(
    parameters: readonly string[],
    options: { settings?: Readonly<Record<string, string>>; input?: string } = {},
  ): Promise<Ended> {
    const running = this.begin(parameters, options.settings);
    running.type(options.input ?? '');
    return running.ended;
  }

  /** Runs a command and reads its answer. */
  async ask<T>(...parameters: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.run([...parameters, '--json']);
    if (code !== 0) throw new Error(`latchkey ${parameters.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** A server that answers. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<Running> {
    const server = this.begin(['start'], settings);
    let over: Ended | undefined;
    void server.ended.then((ended) => {
      over = ended;
    });
    while (!server.stdout.includes('is ready')) {
      if (over) throw new Error(`The server ended with ${over.code}: ${over.stdout}${over.stderr}`);
      await sleep(20);
    }
    return server;
  }

  /** The process id of the embedded PostgreSQL, where its pid file names one. */
  async postgres(): Promise<number | null> {
    const text = await readFile(join(this.folder, 'data/postgres/data/postmaster.pid'), 'utf8').catch(() => null);
    return text === null ? null : Number(text.split('\n')[0]);
  }

  /** SIGKILL for the server, its PostgreSQL and every process of that. */
  async crash(server: Running): Promise<void> {
    const postgres = (await this.postgres()) as number;
    const children = await readFile(`/proc/${postgres}/task/${postgres}/children`, 'utf8').catch(() => '');
    const pids = [postgres, server.pid, ...children.trim().split(/\s+/).filter(Boolean).map(Number)];
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await server.ended;
  }

  /** Ends what a test that failed left running. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.stop()));
  }

  /** Ends what still runs, and removes everything. */
  async remove(): Promise<void> {
    await this.stopAll();
    if ((await this.postgres()) !== null) {
      const left = new EmbeddedPostgres(join(this.folder, 'data'), () => undefined);
      await left.join();
      await left.leave();
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
