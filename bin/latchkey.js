#!/usr/bin/env node
/** The command `latchkey` in a clone: sees to it that everything is installed and built, then hands over to the server's program. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build } from './build.js';
import { pinnedNode, root, setUp } from './setup.js';

const prepare = async () => {
  await setUp();
  await build(process.argv[2] === 'start' ? undefined : ['server']);
};

const handOver = () => {
  const program = spawn(pinnedNode, [join(root, 'build/server/main.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    // From any folder it is the clone's own data that is meant.
    env: { ...process.env, LATCHKEY_DATA: process.env.LATCHKEY_DATA || join(root, '.latchkey') },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal));
  program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
};

await prepare().then(handOver, (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
