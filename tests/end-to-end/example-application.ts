/** The example application as `npm run example` starts it: a process of its own on its own port. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, type Product } from '../support/product.ts';

const program = join(import.meta.dirname, '../../examples/web-application/main.ts');

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface LocalUser {
  readonly id: string;
  readonly iss: string;
  readonly sub: string;
  readonly signIns: number;
}

export class ExampleApplication {
  readonly address: string;
  readonly #product: Product;
  readonly #port: number;
  readonly #folder: string;
  #process: ChildProcessByStdio<null, Readable, Readable> | undefined;

  private constructor(product: Product, host: string, port: number, folder: string) {
    this.address = `http://${host}:${port}`;
    this.#product = product;
    this.#port = port;
    this.#folder = folder;
  }

  /** One that registers itself by the command line, beside the server on the same data folder. */
  static async thatRegistersItself(product: Product): Promise<ExampleApplication> {
    // Another host than the other one's: cookies know no ports, and both are the same program.
    return new ExampleApplication(product, '127.0.0.1', await freePort(), join(product.folder, 'data'));
  }

  /** One that is given its credentials by a developer: see `use`. */
  static async thatIsConfigured(product: Product): Promise<ExampleApplication> {
    const folder = await mkdtemp(join(product.folder, 'forum-'));
    return new ExampleApplication(product, 'localhost', await freePort(), folder);
  }

  get redirectUri(): string {
    return `${this.address}/callback`;
  }

  /** Puts the credentials where the application keeps them. */
  async use(credentials: Credentials): Promise<void> {
    const registration = { issuer: `${this.#product.origin}/`, redirectUri: this.redirectUri, ...credentials };
    await writeFile(join(this.#folder, 'example-web-application.json'), JSON.stringify(registration));
  }

  /** @param settings by their names in the environment */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const started = spawn(process.execPath, [program], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        LATCHKEY_ISSUER: this.#product.origin,
        LATCHKEY_DATA: this.#folder,
        EXAMPLE_PORT: String(this.#port),
        EXAMPLE_URL: this.address,
        ...settings,
      },
    });
    let output = '';
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    this.#process = started;
    while (!output.includes('The example application is at')) {
      if (started.exitCode !== null) throw new Error(`The example application ended: ${output}`);
      await sleep(20);
    }
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null) return;
    running.kill();
    await once(running, 'exit');
  }

  /** The users that the application has made for itself. */
  async users(): Promise<LocalUser[]> {
    return JSON.parse(await readFile(join(this.#folder, 'example-web-application-users.json'), 'utf8'));
  }
}
