/** Compiles the server and bundles the web client into `build/`, each where its sources changed since the last time. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';
import { pinnedNode, root } from './setup.js';

const run = (what, ...parameters) => {
  const result = spawnSync(pinnedNode, parameters, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (result.status !== 0) throw new Error(`${what} failed; the reason is above.`);
};

/** Style sheets, fonts and pictures stand beside the code that reads them: copies them into the compiled server. */
export const copyAssets = (target) => {
  const source = join(root, 'server');
  cpSync(source, target, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || !/\.(tsx?|md)$|snapshot\.json$/.test(path),
  });
};

const parts = [
  {
    name: 'server',
    sources: ['server', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    make: (target) => {
      run(
        'Compiling the server',
        'node_modules/typescript/bin/tsc',
        '-p',
        'tsconfig.build.json',
        '--outDir',
        relative(root, target),
      );
      copyAssets(target);
    },
  },
  {
    name: 'client-web',
    sources: ['client-web', 'schema/schema.graphql', 'package-lock.json'],
    make: (target) =>
      run(
        'Bundling the web client',
        'node_modules/vite/bin/vite.js',
        'build',
        'client-web',
        '--logLevel',
        'warn',
        '--emptyOutDir',
        '--outDir',
        target,
      ),
  },
];

const filesUnder = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
        .sort()
    : [path];

const stateOf = (sources) => {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesUnder(join(root, source)))) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
};

const stampOf = (part) => join(root, 'build', `${part.name}.stamp`);
const isCurrent = (part) => existsSync(stampOf(part)) && readFileSync(stampOf(part), 'utf8') === stateOf(part.sources);

/** Made beside the old one, then swapped: a failure leaves the old one whole, and nothing of it stays in the new one. */
const make = (part) => {
  const state = stateOf(part.sources);
  const target = join(root, 'build', part.name);
  const fresh = `${target}.new`;
  const old = `${target}.old`;
  const since = Date.now();
  console.error(`Building ${part.name} …`);
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  part.make(fresh);
  rmSync(stampOf(part), { force: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  writeFileSync(stampOf(part), state);
  rmSync(old, { recursive: true, force: true });
  console.error(`Built ${part.name} in ${((Date.now() - since) / 1000).toFixed(1)} s.`);
};

/** @param names the parts wanted; all of them unless said otherwise */
export const build = async (names = parts.map((part) => part.name)) => {
  const wanted = parts.filter((part) => names.includes(part.name));
  if (wanted.every(isCurrent)) return;
  await withLock(join(root, 'build/build.lock'), () => {
    for (const part of wanted) if (!isCurrent(part)) make(part);
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  await build(names.length > 0 ? names : undefined).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
