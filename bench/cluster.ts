/** PostgreSQL for a run: the embedded one in a folder of the run, or one that is given. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../server/database/embedded-postgres.ts';
import { type Cluster, withDatabase } from './databases.ts';

/**
 * @param given the URL of a cluster that runs already, as a role that may create databases
 * @param say is told what takes long
 */
export const startCluster = async (
  given: string | null,
  folder: string,
  say: (line: string) => void,
): Promise<Cluster> => {
  if (given !== null) return { url: given, stop: async () => undefined };
  const home = join(folder, 'cluster');
  mkdirSync(home);
  const embedded = new EmbeddedPostgres(home, say);
  await embedded.join();
  return { url: withDatabase(embedded.url, 'postgres'), stop: () => embedded.leave() };
};
