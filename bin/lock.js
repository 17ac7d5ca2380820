/** A lock for the scripts of this folder, which run before anything is installed: two commands begun at once take turns. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Whoever held the lock was killed: moves it out of the way, which only one of several waiters can do. */
const breakLock = (folder) => {
  const broken = `${folder}.${process.pid}`;
  try {
    renameSync(folder, broken);
    rmSync(broken, { recursive: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
};

/** The process that holds the lock; null while it is being taken or given back. */
const holderOf = (folder) => {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8')) || null;
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
};

/**
 * Runs `work` while no other process runs under the same lock.
 * @param folder path of the lock; is a folder while somebody works
 */
export const withLock = async (folder, work) => {
  mkdirSync(dirname(folder), { recursive: true });
  let nameless = 0;
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, 'pid'), String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOf(folder);
    nameless = holder === null ? nameless + 1 : 0;
    // Two seconds without a name: killed between the two statements above.
    if (nameless > 20 || (holder !== null && !isAlive(holder))) breakLock(folder);
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
