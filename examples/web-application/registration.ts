/**
 * The credentials of this application. Yours come out of the web client (Developer, Register an app) or from
 * `npx latchkey apps create`, once, and go into your secret store; this example runs that command by itself.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { settings } from './settings.ts';

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

interface Registration extends Credentials {
  issuer: string;
  redirectUri: string;
}

const file = join(settings.folder, 'example-web-application.json');
const latchkey = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url));

/** The credentials that an earlier run was given for this server and this redirect URI. */
export const keptCredentials = (): Credentials | null => {
  if (!existsSync(file)) return null;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Registration;
  return kept.issuer === settings.issuer.href && kept.redirectUri === settings.redirectUri ? kept : null;
};

/** Registers this application; the secret is shown in this answer and never again. */
export const register = async (): Promise<Credentials> => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    latchkey,
    ...['apps', 'create', '--json'],
    ...['--name', 'Example web application'],
    ...['--type', 'web'],
    ...['--redirect-uri', settings.redirectUri],
  ]);
  const { client_id: clientId, client_secret: clientSecret } = JSON.parse(stdout);
  const registration: Registration = {
    issuer: settings.issuer.href,
    redirectUri: settings.redirectUri,
    clientId,
    clientSecret,
  };
  mkdirSync(settings.folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(registration, null, 2)}\n`, { mode: 0o600 });
  return registration;
};
