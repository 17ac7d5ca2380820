/**
 * `npm run dev`: the server behind Vite on http://localhost:PORT. A change of the server compiles and restarts it, a change of the
 * client shows in the browser at once. One process tree: Ctrl-C ends all of it.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build, copyAssets } from './build.js';
import { pinnedNode, root } from './setup.js';

const port = Number(process.env.PORT || 4000);
const serverPort = port + 1;
const children = new Set();
let stopping = false;

await build(['server']);
// Held here, so that the database does not stop and start with every change of the server.
const { openDatabase } = await import('../build/server/database/open-database.js');
const { readConfig } = await import('../build/server/config.js');
const { reachDatabase } = await import('../build/server/database/reach-database.js');
const prepare = async () => {
  const opened = await openDatabase(readConfig(process.env), console.error);
  await reachDatabase(opened.url);
  return opened;
};
const database = await prepare().catch((error) => {
  console.error(error.message); // One line for each problem, as `npm start` says it.
  process.exit(1);
});

const end = async (code) => {
  if (stopping) return;
  stopping = true;
  await Promise.all(
    [...children].map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', resolve);
          child.kill('SIGTERM');
        }),
    ),
  );
  await database.close();
  process.exit(code);
};

const begin = (name, parameters, environment = {}) => {
  const child = spawn(pinnedNode, parameters, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  children.add(child);
  child.on('exit', (code) => {
    children.delete(child);
    if (stopping) return;
    console.error(`${name} ended.`);
    void end(code ?? 1);
  });
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));

// The compiler does not know them.
watch(join(root, 'server'), { recursive: true }, (_, file) => {
  if (/\.(css|svg|woff2)$/.test(file ?? '')) copyAssets(join(root, 'build/server'));
});

begin('The compiler', [
  'node_modules/typescript/bin/tsc',
  '-p',
  'tsconfig.build.json',
  '--watch',
  '--preserveWatchOutput',
]);
begin('The server', ['--watch', '--watch-preserve-output', join('build/server/main.js'), 'start'], {
  PORT: String(serverPort),
  LATCHKEY_ISSUER: process.env.LATCHKEY_ISSUER || `http://localhost:${port}`,
  DATABASE_URL: database.url,
});
begin('Vite', ['node_modules/vite/bin/vite.js', 'client-web', '--port', String(port), '--strictPort'], {
  LATCHKEY_SERVER: `http://127.0.0.1:${serverPort}`,
});
