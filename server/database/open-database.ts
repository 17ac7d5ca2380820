/** The database that the settings name: the operator's own, or the one that comes along. */
import type { Config } from '../config.ts';
import { prepareDataFolder } from './data-folder.ts';
import { EmbeddedPostgres } from './embedded-postgres.ts';

export interface Database {
  readonly url: string;
  readonly embedded: boolean;
  /** Gives it back; ends the embedded one where nobody else uses it. May be called again. */
  close(): Promise<void>;
}

/**
 * @param say is told in plain lines what takes long
 * @throws one line, where the embedded database cannot be started
 */
export const openDatabase = async (config: Config, say: (line: string) => void): Promise<Database> => {
  if (config.databaseUrl !== undefined) {
    return { url: config.databaseUrl, embedded: false, close: async () => undefined };
  }
  await prepareDataFolder(config.dataFolder);
  const cluster = new EmbeddedPostgres(config.dataFolder, say);
  await cluster.join();
  return { url: cluster.url, embedded: true, close: () => cluster.leave() };
};
