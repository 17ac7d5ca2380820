/** A lock that belongs to a folder's data: the operating system gives it back when its holder dies, however that happens. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const isHeldByAnother = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === 5; // SQLITE_BUSY

/**
 * Runs `work` while no other process holds the lock. SQLite is used for nothing but its file lock: Node offers no other.
 * @param file path of the lock; stays, empty
 * @param patience milliseconds to wait for another holder
 * @throws where the file cannot be opened, or the other holder takes too long
 */
export const withFolderLock = async <T>(file: string, patience: number, work: () => Promise<T>): Promise<T> => {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    const giveUp = AbortSignal.timeout(patience);
    for (;;) {
      try {
        lock.exec('BEGIN EXCLUSIVE');
        break;
      } catch (error) {
        if (!isHeldByAnother(error) || giveUp.aborted) throw error;
        await sleep(50);
      }
    }
    return await work();
  } finally {
    lock.close();
  }
};
