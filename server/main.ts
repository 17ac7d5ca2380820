/** The command `latchkey`: reads its parameters and calls a command, which is loaded only then. */
import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { ApiOptions, DeleteApiOptions } from './commands/apis.ts';
import { withAppOptions } from './commands/app-options.ts';
import type {
  AppOptions,
  CreateAppOptions,
  DeleteAppOptions,
  ListAppsOptions,
  RotateSecretOptions,
} from './commands/apps.ts';
import type { PasswordOptions } from './commands/ask.ts';
import type { RotateKeysOptions } from './commands/keys.ts';
import { fail, type OutputOptions, UsageError } from './commands/outcome.ts';
import type { CreateRegistrationTokenOptions } from './commands/registration-tokens.ts';
import type { CreateUserOptions, ListUsersOptions } from './commands/users.ts';

const inJson = process.argv.includes('--json');

const program = new Command('latchkey')
  .description(
    'One sign-in for all the applications of an institution. Settings come from the environment: docs/operation.md.',
  )
  .exitOverride()
  // Scripts get one answer, in JSON, also where they asked the wrong way.
  .configureOutput(inJson ? { writeErr: () => undefined } : {})
  .showHelpAfterError('Add --help to see what can be given.');

const json = () => new Option('--json', 'answer in JSON, for scripts');

program
  .command('start')
  .description('start the server; Ctrl-C stops it')
  .option('--json', 'say in JSON, on a line of its own, when it is ready')
  .action(async (options: OutputOptions) => (await import('./commands/start.ts')).start(options));

program
  .command('migrate')
  .description('bring the database’s tables up to date, e.g. ahead of a new version')
  .addOption(json())
  .action(async (options: OutputOptions) => (await import('./commands/migrate.ts')).runMigrations(options));

program
  .command('doctor')
  .description('look at everything that the server needs, and say what to mend')
  .addOption(json())
  .action(async (options: OutputOptions) => (await import('./commands/doctor.ts')).doctor(options));

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

const apps = program.command('apps').description('look after the registered apps (OAuth clients)');

const wholeNumber = (value: string): number => {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
};

const anyApp = 'client id or id';

withAppOptions(apps.command('create'))
  .description('register an app; its secret is shown only now')
  .addOption(json())
  .addOption(new Option('--type <type>', 'presets what is not said').choices(['web', 'spa', 'native', 'service']))
  .option('--client-id <id>', 'else one is made')
  .option('--client-secret <secret>', 'else one is made where it is needed')
  .option('--owner <user>', 'username, e-mail address or id of the account that it belongs to')
  .action(async (options: CreateAppOptions) => (await import('./commands/apps.ts')).createApp(options));

apps
  .command('list')
  .description('list the apps, the latest first')
  .option('--search <text>', 'those whose name has it')
  .addOption(json())
  .action(async (options: ListAppsOptions) => (await import('./commands/apps.ts')).listApps(options));

apps
  .command('show')
  .description('tell everything of an app but its secrets')
  .argument('<app>', anyApp)
  .addOption(json())
  .action(async (app: string, options: OutputOptions) => (await import('./commands/apps.ts')).showApp(app, options));

withAppOptions(apps.command('update'))
  .description('change an app; what is not said stays, an empty value takes away')
  .addOption(json())
  .argument('<app>', anyApp)
  .action(async (app: string, options: AppOptions) => (await import('./commands/apps.ts')).updateApp(app, options));

apps
  .command('rotate-secret')
  .description('give an app a new secret')
  .argument('<app>', anyApp)
  .option('--keep-old-for <seconds>', 'how long the old one goes on working', wholeNumber, 0)
  .addOption(json())
  .action(async (app: string, options: RotateSecretOptions) =>
    (await import('./commands/apps.ts')).rotateSecret(app, options),
  );

apps
  .command('delete')
  .description('remove an app, with everything that people allowed it')
  .argument('<app>', anyApp)
  .option('--yes', 'do not ask')
  .addOption(json())
  .action(async (app: string, options: DeleteAppOptions) =>
    (await import('./commands/apps.ts')).deleteApp(app, options),
  );

const registrationTokens = apps
  .command('registration-token')
  .description('tokens by which programs register apps themselves');

registrationTokens
  .command('create')
  .description('make one; it is shown only now')
  .requiredOption('--name <name>', 'what it is for')
  .option('--uses <number>', 'how many apps may be registered with it', wholeNumber, 1)
  .option('--expires-in <seconds>', 'how long it works', wholeNumber, 86_400)
  .addOption(json())
  .action(async (options: CreateRegistrationTokenOptions) =>
    (await import('./commands/registration-tokens.ts')).createRegistrationToken(options),
  );

registrationTokens
  .command('list')
  .description('list those that still work, the latest first')
  .addOption(json())
  .action(async (options: OutputOptions) =>
    (await import('./commands/registration-tokens.ts')).listRegistrationTokens(options),
  );

registrationTokens
  .command('revoke')
  .description('end one; apps that were registered with it stay')
  .argument('<id>')
  .addOption(json())
  .action(async (id: string, options: OutputOptions) =>
    (await import('./commands/registration-tokens.ts')).revokeRegistrationToken(id, options),
  );

const apis = program.command('apis').description('look after the institution’s own APIs, for which apps get tokens');

const collected = (value: string, before: readonly string[] = []): string[] => [...before, value];
const secondsOrDefault = (value: string): number | 'default' => (value === 'default' ? value : wholeNumber(value));

/** What can be said of an API when it is registered and later. */
const apiOptions = (command: Command): Command =>
  command
    .option('--scope <name=description>', 'what an app can be allowed there; repeat it for more', collected)
    .addOption(new Option('--signing-alg <algorithm>', 'what signs its tokens').choices(['ES256', 'RS256', 'EdDSA']))
    .option('--access-token-lifetime <seconds>', 'or “default”: as the app’s', secondsOrDefault)
    .addOption(json());

const anyApi = 'identifier or id';

apiOptions(apis.command('create'))
  .description('register an API')
  .requiredOption('--identifier <uri>', 'what apps name as resource, and its tokens as aud; it stays')
  .requiredOption('--name <name>', 'what people know it as')
  .action(async (options: ApiOptions & { identifier: string; name: string }) =>
    (await import('./commands/apis.ts')).createApi(options),
  );

apis
  .command('list')
  .description('list the APIs, the latest first')
  .addOption(json())
  .action(async (options: OutputOptions) => (await import('./commands/apis.ts')).listApis(options));

apiOptions(apis.command('update'))
  .description('change an API; what is not said stays')
  .argument('<api>', anyApi)
  .option('--name <name>', 'what people know it as')
  .option('--no-scopes', 'take all scopes away')
  .action(async (api: string, { scopes, ...options }: ApiOptions & { scopes?: boolean }) =>
    (await import('./commands/apis.ts')).updateApi(api, { ...options, noScopes: scopes === false }),
  );

apis
  .command('delete')
  .description('remove an API: no app gets tokens for it any more')
  .argument('<api>', anyApi)
  .option('--yes', 'do not ask')
  .addOption(json())
  .action(async (api: string, options: DeleteApiOptions) =>
    (await import('./commands/apis.ts')).deleteApi(api, options),
  );

const keys = program.command('keys').description('look after the keys that sign tokens');

keys
  .command('list')
  .description('list the keys that are published, and what each does')
  .addOption(json())
  .action(async (options: OutputOptions) => (await import('./commands/keys.ts')).listKeys(options));

keys
  .command('rotate')
  .description('make the next key of each algorithm; it signs once everybody had time to fetch it')
  .addOption(new Option('--algorithm <algorithm>', 'of this one alone').choices(['ES256', 'RS256', 'EdDSA']))
  .option('--now', 'sign with it at once, e.g. because a key leaked')
  .addOption(json())
  .action(async (options: RotateKeysOptions) => (await import('./commands/keys.ts')).rotateKeys(options));

const version = async (): Promise<string> => {
  const file = findPackageJSON(import.meta.url);
  return file ? (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version : '';
};

// Whoever reads the answer may have seen enough of it: `latchkey users list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const usage = ({ message }: CommanderError): UsageError => new UsageError(message.replace(/^error: /, ''));

try {
  program.version(await version());
  await program.parseAsync();
} catch (error) {
  // Commander has said already what is wrong with the parameters; help asked for is no failure.
  if (error instanceof CommanderError && (error.exitCode === 0 || !inJson)) process.exitCode = error.exitCode && 2;
  else fail({ json: inJson }, error instanceof CommanderError ? usage(error) : error);
}
