/** The command `latchkey`: reads its parameters and calls a command, which is loaded only then. */
import { Command, CommanderError, Option } from 'commander';
import type { PasswordOptions } from './commands/ask.ts';
import { fail, type OutputOptions } from './commands/outcome.ts';
import type { CreateUserOptions, ListUsersOptions } from './commands/users.ts';

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

const users = program.command('users').description('look after the accounts');

users
  .command('create')
  .description('create an account; what is missing is asked for')
  .option('--username <name>')
  .option('--email <address>')
  .option('--password <password>', 'better asked for, or by --password-stdin: other users of this machine can see it')
  .option('--password-stdin', 'read the password from standard input')
  .option('--given-name <name>')
  .option('--family-name <name>')
  .option('--email-verified', 'the address is known to be theirs')
  .option('--admin', 'make them an administrator')
  .addOption(json())
  .action(async (options: CreateUserOptions) => (await import('./commands/users.ts')).createUser(options));

users
  .command('list')
  .description('list the accounts, the latest first')
  .option('--search <text>', 'those whose username, e-mail address or name has it')
  .addOption(json())
  .action(async (options: ListUsersOptions) => (await import('./commands/users.ts')).listUsers(options));

const anyUser = 'username, e-mail address or id';

users
  .command('set-password')
  .description('give an account another password, and sign it out everywhere')
  .argument('<user>', anyUser)
  .option('--password <password>', 'better asked for, or by --password-stdin: other users of this machine can see it')
  .option('--password-stdin', 'read the password from standard input')
  .addOption(json())
  .action(async (user: string, options: OutputOptions & PasswordOptions) =>
    (await import('./commands/users.ts')).setPassword(user, options),
  );

users
  .command('lock')
  .description('lock an account: its sessions and tokens stop working at once')
  .argument('<user>', anyUser)
  .addOption(json())
  .action(async (user: string, options: OutputOptions) =>
    (await import('./commands/users.ts')).lockUser(user, options),
  );

users
  .command('unlock')
  .description('unlock an account')
  .argument('<user>', anyUser)
  .addOption(json())
  .action(async (user: string, options: OutputOptions) =>
    (await import('./commands/users.ts')).unlockUser(user, options),
  );

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said already what is wrong with the parameters; help asked for is no failure.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else fail({ json: process.argv.includes('--json') }, error);
}
