/**
 * The PostgreSQL that comes along: one cluster in the data folder, shared by every process of ours that works on this folder.
 * Whoever comes first starts it, whoever leaves last stops it; a process is there as long as its watching connection is.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { withFolderLock } from './folder-lock.ts';
import { databaseUser, findPostgres, type PostgresBinaries, type SystemUser } from './postgres-binaries.ts';
import { createCluster, findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';

/** Recovery after a crash can take a while; another process that waits for it has to wait as long. */
const patience = 300_000;
const watcherName = 'latchkey';

export class EmbeddedPostgres {
  readonly #home: string;
  readonly #data: string;
  readonly #lockFile: string;
  readonly #say: (line: string) => void;
  #watcher: pg.Client | undefined;
  #postmaster: Postmaster | undefined;
  #password = '';
  #left: Promise<void> | undefined;

  /**
   * @param dataFolder where everything of it is kept, in `postgres/`
   * @param say is told in plain lines what takes long or goes wrong
   */
  constructor(dataFolder: string, say: (line: string) => void) {
    this.#home = join(dataFolder, 'postgres');
    this.#data = join(this.#home, 'data');
    this.#lockFile = join(dataFolder, 'postgres.lock');
    this.#say = say;
  }

  /** `postgresql://…`, from `join` on. */
  get url(): string {
    return this.#urlOf(this.#postmaster?.port ?? 0, 'latchkey');
  }

  /**
   * Creates the cluster where there is none, starts it where it does not run, and is then one of those who use it.
   * @throws one line that says what is wrong
   */
  async join(): Promise<void> {
    await withFolderLock(this.#lockFile, patience, async () => {
      const user = await databaseUser(this.#data);
      const binaries = await findPostgres(user);
      if (!existsSync(this.#data)) await this.#create(binaries, user);
      await this.#checkVersion(binaries);
      this.#password = await this.#readPassword();
      const { running, lastPort } = await findPostmaster(this.#data);
      this.#postmaster = running ?? (await this.#start(binaries, user, this.#postmaster?.port ?? lastPort));
      try {
        await this.#createDatabase();
        await this.#watch();
      } catch (error) {
        if (!running) await stopPostmaster(this.#postmaster.pid, this.#data);
        throw error;
      }
    });
  }

  /** Stops using it; the last one stops it and returns when it is gone. */
  leave(): Promise<void> {
    this.#left ??= this.#leave();
    return this.#left;
  }

  async #leave(): Promise<void> {
    const { pid } = this.#postmaster ?? {};
    if (pid === undefined) return;
    await withFolderLock(this.#lockFile, patience, async () => {
      const others = await this.#countOthers();
      await this.#watcher?.end().catch(() => undefined);
      if (others === 0) await stopPostmaster(pid, this.#data);
    });
  }

  #urlOf(port: number, database: string): string {
    return `postgresql://latchkey:${this.#password}@127.0.0.1:${port}/${database}`;
  }

  /** Made aside and then moved into its place: what was interrupted half-way is never taken for a cluster. */
  async #create(binaries: PostgresBinaries, user: SystemUser | undefined): Promise<void> {
    this.#say('Creating the embedded database …');
    const unfinished = `${this.#home}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(join(unfinished, 'data'), { recursive: true, mode: 0o700 });
    const password = randomBytes(24).toString('base64url');
    await writeFile(join(unfinished, 'password'), `${password}\n`, { mode: 0o600 });
    // initdb reads the password as the database's user, who cannot enter the data folder.
    const handover = await mkdtemp(join(tmpdir(), 'latchkey-'));
    try {
      const file = join(handover, 'password');
      await writeFile(file, `${password}\n`, { mode: 0o600 });
      if (user) for (const path of [join(unfinished, 'data'), handover, file]) await chown(path, user.uid, user.gid);
      await createCluster(binaries, user, join(unfinished, 'data'), file);
    } finally {
      await rm(handover, { recursive: true, force: true });
    }
    await rename(unfinished, this.#home);
  }

  #start(binaries: PostgresBinaries, user: SystemUser | undefined, port: number | undefined): Promise<Postmaster> {
    const cluster = { binaries, user, data: this.#data, logFile: join(this.#home, 'log') };
    return startPostmaster({ ...cluster, isReady: (at) => this.#isReady(at) }, port);
  }

  async #checkVersion(binaries: PostgresBinaries): Promise<void> {
    const version = await readFile(join(this.#data, 'PG_VERSION'), 'utf8').catch(() => null);
    if (version === null) {
      const entries = await readdir(this.#data).catch(() => null);
      throw new Error(
        entries === null
          ? `${this.#data} cannot be read: it belongs to another user of this machine.`
          : `${this.#data} is no PostgreSQL data folder. Restore it, or move it away to begin anew.`,
      );
    }
    if (version.trim() !== binaries.majorVersion) {
      throw new Error(
        `${this.#data} was made by PostgreSQL ${version.trim()}, this is ${binaries.majorVersion}: it must be dumped by the old version and restored.`,
      );
    }
  }

  async #readPassword(): Promise<string> {
    const file = join(this.#home, 'password');
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null)
      throw new Error(`${file} is missing: without it the embedded database cannot be used. Restore it.`);
    return text.trim();
  }

  async #isReady(port: number): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.#urlOf(port, 'postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // 28P01: invalid password. Everything else passes while it starts.
      if (code === '28P01') throw new Error(`The password in ${join(this.#home, 'password')} is not the database’s.`);
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #createDatabase(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#urlOf(this.#postmaster?.port ?? 0, 'postgres') });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'latchkey'");
      if (rowCount === 0) await client.query('CREATE DATABASE latchkey');
    } finally {
      await client.end();
    }
  }

  async #watch(): Promise<void> {
    // To the maintenance database: the product's own stays free to be copied or restored.
    const connectionString = this.#urlOf(this.#postmaster?.port ?? 0, 'postgres');
    const watcher = new pg.Client({ connectionString, application_name: watcherName, keepAlive: true });
    watcher.on('error', () => undefined);
    watcher.on('end', () => void this.#revive(watcher));
    await watcher.connect();
    this.#watcher = watcher;
  }

  async #countOthers(): Promise<number> {
    try {
      const result = await this.#watcher?.query<{ others: number }>(
        'SELECT count(*)::int AS others FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()',
        [watcherName],
      );
      return result?.rows[0]?.others ?? 0;
    } catch {
      return 0;
    }
  }

  /** The database died under us: it is brought back on the same port, where the pool finds it again. */
  async #revive(lost: pg.Client): Promise<void> {
    if (this.#left || lost !== this.#watcher) return;
    this.#say('The embedded database is gone. Starting it again …');
    for (let wait = 100; !this.#left; wait = Math.min(wait * 2, 5000)) {
      try {
        await this.join();
        this.#say('The embedded database is back.');
        return;
      } catch (error) {
        this.#say(error instanceof Error ? error.message : String(error));
        await sleep(wait);
      }
    }
  }
}
