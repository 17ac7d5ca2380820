/** `npm run check`: generated files, types, lint, house rules, dead code. Runs all of them, then says which failed. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkArchitecture } from './architecture.js';
import { build } from './build.js';
import { root } from './setup.js';

const run = (program, ...parameters) => {
  const { status } = spawnSync(program, parameters, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  return status === 0;
};

const filesUnder = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

/** Makes generated files anew; fails where that changes any, so that what is committed is what the code says. */
const isFresh = (script, path) => {
  const state = () =>
    new Map(
      filesUnder(join(root, path)).map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]),
    );
  const before = state();
  if (!run('node', '--run', script)) return false;
  const after = state();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (file) => before.get(file) !== after.get(file),
  );
  for (const file of changed) console.error(`${file} was out of date; it is made anew. Commit it.`);
  return changed.length === 0;
};

const obeysHouseRules = () => {
  const { problems } = checkArchitecture();
  for (const problem of problems) console.error(problem);
  return problems.length === 0;
};

const checks = {
  'the server compiles': () =>
    build(['server']).then(
      () => true,
      () => false,
    ),
  'schema/schema.graphql is what the server serves': () => isFresh('schema', 'schema/schema.graphql'),
  'the client’s types are the schema’s': () => isFresh('codegen', 'client-web/src/graphql/generated'),
  'the documented settings, scopes and standards are what the code says': () => isFresh('docs', 'docs'),
  types: () => run('tsc', '-p', 'tsconfig.json') && run('tsc', '-p', 'client-web/tsconfig.json'),
  'lint and format': () => run('biome', 'check', '--error-on-warnings'),
  'house rules': obeysHouseRules,
  'no dead code': () => run('knip'),
};

const failed = [];
for (const [name, check] of Object.entries(checks)) {
  const since = performance.now();
  console.error(`• ${name} …`);
  const passed = await check();
  if (!passed) failed.push(name);
  console.error(`  ${passed ? 'ok' : 'FAILED'} (${((performance.now() - since) / 1000).toFixed(1)} s)`);
}
if (failed.length > 0) console.error(`Failed: ${failed.join('; ')}.`);
process.exitCode = failed.length > 0 ? 1 : 0;
