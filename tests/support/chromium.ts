/** A real Chromium: the one that CHROME_PATH names, else an installed one, else the one out of npm. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { withFolderLock } from '../../server/database/folder-lock.ts';

const installed = (): string | undefined => {
  const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  if (existsSync(onMac)) return onMac;
  for (const name of ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // Not on this machine.
    }
  }
  return undefined;
};

/** Unpacks itself at its first use: two test files at once must not both do it. */
const packaged = (): Promise<string> =>
  withFolderLock(join(tmpdir(), 'latchkey-chromium.lock'), 60_000, async () => {
    const { default: sparticuz } = await import('@sparticuz/chromium');
    return await sparticuz.executablePath();
  });

export const launchChromium = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROME_PATH || installed() || (await packaged()),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
