/** The quick start's code, run as a developer would who pastes it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { snippetsFor } from '../../client-web/src/pages/developer/snippets.ts';
import { anApp, aSignedInPerson } from '../support/personas.ts';
import { freePort } from '../support/product.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let folder: string;
let started: ChildProcess | undefined;

beforeAll(async () => {
  app = await createTestApp();
  // Inside of the project: the code finds its packages there.
  folder = await mkdtemp(join(import.meta.dirname, 'quick-start-'));
});
afterAll(async () => {
  started?.kill();
  await rm(folder, { recursive: true, force: true });
  await app?.close();
});

const codeOf = (name: string, details: Parameters<typeof snippetsFor>[0]): string => {
  const snippet = snippetsFor(details, app.issuer).find((each) => each.name === name);
  if (snippet === undefined) throw new Error(`there is no code for ${name}`);
  return snippet.code;
};

it('signs a person in with Express', async () => {
  const redirectUri = `http://localhost:${await freePort()}/call'back`;
  const client = await anApp(app, { redirectUris: [redirectUri] });
  const program = join(folder, 'main.mjs');
  const details = { ...client, type: 'WEB', redirectUris: [redirectUri], authMethod: 'CLIENT_SECRET_BASIC' } as const;
  await writeFile(program, codeOf('Express', details));
  started = spawn(process.execPath, [program], { env: { CLIENT_SECRET: client.clientSecret }, stdio: 'inherit' });

  const origin = new URL(redirectUri).origin;
  let begun: Response | null = null;
  while (begun === null) {
    if (started.exitCode !== null) throw new Error('the program ended by itself');
    begun = await fetch(origin, { redirect: 'manual' }).catch(() => null);
    if (begun === null) await sleep(50);
  }
  const person = await aSignedInPerson(app);
  const { browser } = person;
  let address = begun.headers.get('location') ?? '';
  for (let page = await browser.get(address); page.location !== null; page = await browser.get(address)) {
    address = page.location;
  }
  const allowed = await browser.fillIn(address, { decision: 'allow' });
  const answer = await fetch(allowed.location ?? '');
  expect(await answer.json()).toEqual({
    data: { me: expect.objectContaining({ username: person.username, email: person.account.email }) },
  });
});

it('gets a token for a service with curl', async () => {
  const client = await anApp(app, {
    type: 'service',
    grantTypes: ['client_credentials'],
    redirectUris: [],
    scopes: ['read'],
  });
  const code = codeOf('curl', {
    ...client,
    type: 'SERVICE',
    redirectUris: [],
    authMethod: 'CLIENT_SECRET_BASIC',
  });
  const shell = spawn('sh', ['-c', `command -v curl >/dev/null || exit 0; ${code}`], {
    env: { PATH: process.env.PATH, CLIENT_SECRET: client.clientSecret },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  shell.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [status] = await once(shell, 'close');
  expect(status).toBe(0);
  if (output !== '') expect(JSON.parse(output)).toMatchObject({ token_type: 'Bearer' });
});
