/**
 * The client id of this program. Yours comes out of the web client (Developer, Register an app) or from `npx latchkey apps create`,
 * once, and is a part of the program: it is no secret. This example runs that command by itself.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { settings } from './settings.ts';

const file = join(settings.folder, 'example-device-cli.json');
const latchkey = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url));

/** The client id that an earlier run was given for this server. */
export const keptClientId = (): string | null => {
  if (!existsSync(file)) return null;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { issuer: string; clientId: string };
  return kept.issuer === settings.issuer.href ? kept.clientId : null;
};

/** Registers this program: it can keep no secret, and asks for nothing but the device grant. */
export const register = async (): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    latchkey,
    ...['apps', 'create', '--json'],
    ...['--name', 'Example device'],
    ...['--type', 'native'],
    ...['--grant', 'device_code'],
  ]);
  const { client_id: clientId } = JSON.parse(stdout) as { client_id: string };
  mkdirSync(settings.folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ issuer: settings.issuer.href, clientId }, null, 2)}\n`);
  return clientId;
};
