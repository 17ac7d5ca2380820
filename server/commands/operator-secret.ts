/** The operator's secret: from the settings, or made once and kept in the data folder. */
import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { prepareDataFolder } from '../database/data-folder.ts';
import { OperatorSecret } from '../kernel/operator-secret.ts';
import { Refusal } from './outcome.ts';

export const secretFile = (config: Config): string => join(config.dataFolder, 'secret');

/** The secret where there is one already. */
export const findOperatorSecret = async (config: Config): Promise<OperatorSecret | null> => {
  const current = await findCurrent(config);
  return current === null ? null : new OperatorSecret(current, config.secretPrevious);
};

const findCurrent = async (config: Config): Promise<string | null> => {
  if (config.secret !== undefined) return config.secret;
  const file = secretFile(config);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Refusal(`${file} cannot be read: run as the user who made it, or set LATCHKEY_SECRET.`);
  });
  if (text !== null && text.trim().length < 32) {
    throw new Refusal(
      `${file} is damaged: restore it, for what the database holds sealed cannot be opened without it.`,
    );
  }
  return text === null ? null : text.trim();
};

/** @param say is told where a new secret was put */
export const operatorSecret = async (config: Config, say: (line: string) => void): Promise<OperatorSecret> => {
  const known = await findOperatorSecret(config);
  if (known !== null) return known;
  await prepareDataFolder(config.dataFolder);
  const file = secretFile(config);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    // Appears whole or not at all; of two processes at once the first one's counts.
    await link(draft, file);
    say(`Made a secret for this server and kept it in ${file}. Back it up with the database.`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await findOperatorSecret(config)) as OperatorSecret;
};
