/** The house rules that no linter knows: what may import what, and what stands in one place only (docs/architecture.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { root } from './setup.js';

/** From left to right: each part imports only what stands before it, or its own files. '' are the root files. */
const houseOrder = [
  'kernel/',
  'config.ts',
  'urls.ts',
  'database/',
  'http/',
  'graphql/',
  'pages/',
  'audit/',
  'jobs/',
  'mail/',
]
  .concat('accounts/', 'sessions/', 'apis/', 'apps/', 'oauth/', '', 'commands/', 'main.ts')
  .map((part) => `server/${part}`);

/** The same within `oauth/`, whose own files are the entities. */
const oauthOrder = [
  'protocol/',
  '',
  'tokens/',
  'logout/',
  'authorize/',
  'grants/',
  'oauth2orize/',
  'endpoints/',
  'authorization-server.ts',
].map((part) => `server/oauth/${part}`);

const isRootFile = (path) => /^server\/[^/]+$/.test(path) || path.startsWith('server/commands/');
const isEdge = (path) => /\.(graphql\.tsx?|http\.tsx?|page\.tsx)$/.test(path);

/** Who may import a package. */
const packages = {
  'type-graphql': (path) => /\.graphql\.ts$|^server\/graphql\/|^server\/(graphql-schema|emit-schema)\.ts$/.test(path),
  express: (path) => /\.http\.tsx?$|^server\/(http|oauth\/endpoints|oauth\/oauth2orize)\/|^server\/app\.ts$/.test(path),
  oauth2orize: (path) => path.startsWith('server/oauth/oauth2orize/'),
};

/** What may be written in one place only. */
const singular = [
  {
    what: /\bnew Date\(\)|\bDate\.now\(\)|\bMath\.random\(\)/,
    where: 'server/kernel/',
    instead: 'the clock and the secrets of the kernel',
  },
  { what: /\.transactional\(/, where: 'server/database/unit-of-work.ts', instead: 'inTransaction' },
];

const sourcesUnder = (folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('/generated/') && !file.includes('/migrations/'));

const importsOf = (path, text) => {
  const { module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0].message}`);
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
  ].map((request) => (request.startsWith('.') ? posix.join(posix.dirname(path), request) : request));
};

/** Where a file stands in an order: at the longest name that fits. */
const placeIn = (order, path) => {
  const fitting = order.filter((part) => path.startsWith(part));
  return order.indexOf(fitting.sort((a, b) => b.length - a.length)[0]);
};

const breaksOrder = (order, from, to) => {
  const [here, there] = [placeIn(order, from), placeIn(order, to)];
  return here >= 0 && there > here;
};

const importProblem = (from, to) => {
  if (breaksOrder(houseOrder, from, to) || breaksOrder(oauthOrder, from, to)) return 'is no lower part';
  if (from.startsWith('client-web/') && to.startsWith('server/'))
    return 'the client and the server meet in schema/ only';
  if (from.startsWith('server/') && /^(client-web|tests|bench|examples)\//.test(to)) return 'the server stands alone';
  if (isEdge(to) && !isEdge(from) && !isRootFile(from) && from.startsWith('server/'))
    return 'is for root files and its own kind';
  const allowed = packages[to];
  if (allowed && from.startsWith('server/') && !allowed(from)) return 'belongs to the edge';
  return null;
};

/** Every cycle is found once, from the first of its files. */
const cyclesIn = (graph) => {
  const done = new Set();
  const cycles = [];
  const visit = (path, trail) => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push(trail.slice(start).concat(path));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
};

/** @returns one line for each rule that is broken, and how many files were read */
export const checkArchitecture = () => {
  const graph = new Map();
  const problems = [];
  for (const path of ['server', 'client-web/src'].flatMap(sourcesUnder)) {
    const text = readFileSync(join(root, path), 'utf8');
    const imports = importsOf(path, text);
    graph.set(path, imports);
    if (/^server\/[^/]+\//.test(path) && houseOrder[placeIn(houseOrder, path)] === 'server/') {
      problems.push(`${path}: its folder has no place in the order`);
    }
    for (const to of imports) {
      const problem = importProblem(path, to);
      if (problem) problems.push(`${path} imports ${to}: ${problem}`);
    }
    if (!path.startsWith('server/')) continue;
    for (const { what, where, instead } of singular) {
      if (!path.startsWith(where) && what.test(text))
        problems.push(`${path}: ${what.exec(text)[0]} is for ${where}; use ${instead}`);
    }
  }
  problems.push(...cyclesIn(graph).map((cycle) => `cycle: ${cycle.join(' → ')}`));
  return { problems, files: graph.size };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { problems, files } = checkArchitecture();
  for (const problem of problems) console.error(problem);
  console.error(`${relative(process.cwd(), root) || '.'}: ${files} files, ${problems.length} broken rules`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
