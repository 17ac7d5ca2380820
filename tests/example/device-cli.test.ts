/** The example of a program without a browser, against the real server: what a developer would copy must be right. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerDevice, deviceGrant } from '../support/device.ts';
import { anApp, aSignedInPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let latchkey: TestApp;
const folder = mkdtempSync(join(tmpdir(), 'latchkey-device-'));

beforeAll(async () => {
  latchkey = await createTestApp();
  const client = await anApp(latchkey, {
    name: 'Example device',
    type: 'native',
    authMethod: 'none',
    grantTypes: [deviceGrant],
    redirectUris: [],
  });
  const registration = { issuer: `${latchkey.issuer}/`, clientId: client.clientId };
  writeFileSync(join(folder, 'example-device-cli.json'), JSON.stringify(registration));
});
afterAll(async () => {
  await latchkey.close();
  rmSync(folder, { recursive: true });
});

/** Runs the program as `npm run example:device` does, and answers with what it shows. */
const run = async (
  answer: (code: string) => Promise<unknown>,
): Promise<{ output: string; exitCode: number | null }> => {
  const program = spawn('node', ['examples/device-cli/main.ts'], {
    env: { ...process.env, LATCHKEY_ISSUER: latchkey.issuer, LATCHKEY_DATA: folder },
  });
  let output = '';
  let answering: Promise<unknown> | undefined;
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const code = /^ {4}(\S{4}-\S{4})$/m.exec(output)?.[1];
      if (code !== undefined) answering ??= answer(code);
    });
  }
  const exitCode = await new Promise<number | null>((resolve) => program.once('close', resolve));
  await answering;
  return { output, exitCode };
};

test.concurrent('it shows an address and a code, and says who signed in', async () => {
  const ada = await aSignedInPerson(latchkey, { givenName: 'Ada', familyName: 'Lovelace' });
  const { output, exitCode } = await run((code) => answerDevice(ada, { user_code: code }));
  expect(output).toContain(`${latchkey.issuer}/device`);
  expect(output).toContain(`Signed in as Ada Lovelace (${ada.account.id}).`);
  expect(exitCode).toBe(0);
}, 30_000);

test.concurrent('it accepts a no', async () => {
  const ida = await aSignedInPerson(latchkey);
  const { output, exitCode } = await run((code) => answerDevice(ida, { user_code: code }, 'deny'));
  expect(output).toContain('You did not allow it.');
  expect(exitCode).toBe(1);
}, 30_000);
