/** The folder that holds what no database of the operator's does: the generated secret, the embedded PostgreSQL. */
import { access, constants, mkdir } from 'node:fs/promises';

/**
 * Makes it where it is missing, for this user alone.
 * @throws one line, where this user cannot use it
 */
export const prepareDataFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    const reason = code === 'EACCES' || code === 'EPERM' ? 'it belongs to another user' : String(code);
    throw new Error(`The data folder ${folder} cannot be used: ${reason}. Set LATCHKEY_DATA to another one.`, {
      cause: error,
    });
  }
};
