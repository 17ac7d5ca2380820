/** The command `latchkey`: reads its parameters and calls a command, which is loaded only then. */
import { Command, CommanderError, Option } from 'commander';
import { fail, type OutputOptions } from './commands/outcome.ts';

const program = new Command('latchkey')
  .description(
    'One sign-in for all the applications of an institution. Settings come from the environment: docs/operation.md.',
  )
  .exitOverride()
  .showHelpAfterError('Add --help to see what can be given.');

const json = () => new Option('--json', 'answer in JSON, for scripts');

program
  .command('start')
  .description('start the server; Ctrl-C stops it')
  .action(async () => (await import('./commands/start.ts')).start());

program
  .command('migrate')
  .description('bring the database’s tables up to date, e.g. ahead of a new version')
  .addOption(json())
  .action(async (options: OutputOptions) => (await import('./commands/migrate.ts')).runMigrations(options));

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said already what is wrong with the parameters; help asked for is no failure.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else fail({ json: process.argv.includes('--json') }, error);
}
