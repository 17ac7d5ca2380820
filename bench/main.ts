/** `npm run bench`: Latchkey, the floor and oidc-provider side by side. See README.md in this folder. */
import { readOptions, UsageError, usage } from './options.ts';
import { runBench } from './run.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') console.log(usage);
  else await runBench(options);
} catch (error) {
  const misused = error instanceof UsageError;
  console.error(
    misused ? `${error.message}\n\n${usage}` : `The bench stopped: ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = misused ? 2 : 1;
}
