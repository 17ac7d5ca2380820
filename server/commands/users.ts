/** `latchkey users …`: the accounts, from the command line. */
import type { Account } from '../accounts/account.entity.ts';
import { Accounts } from '../accounts/accounts.ts';
import { Passwords } from '../accounts/password.ts';
import { Registration } from '../accounts/registration.ts';
import { Statements } from '../database/statements.ts';
import { systemClock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { BrowserSessions } from '../sessions/browser-sessions.ts';
import { ask, newPassword, type PasswordOptions } from './ask.ts';
import { answer, type OutputOptions, table } from './outcome.ts';
import { atWorkplace, type Workplace } from './workplace.ts';

const clock = systemClock;
/** Accounts read at once. */
const pageSize = 500;

const accountsOf = ({ em, inTransaction }: Workplace): Accounts =>
  new Accounts({ em, inTransaction, clock, passwords: new Passwords() });

/** @param user an id, a username or an e-mail address */
export const findAccount = async (workplace: Workplace, user: string): Promise<Account> => {
  const accounts = accountsOf(workplace);
  const account = (await accounts.find(user)) ?? (await accounts.findByIdentifier(user));
  if (account === null) throw DomainError.notFound(`user: ${user}`);
  return account;
};

const describe = (account: Account) => ({
  id: account.id,
  username: account.username,
  email: account.email,
  email_verified: account.emailVerifiedAt != null,
  given_name: account.givenName ?? null,
  family_name: account.familyName ?? null,
  roles: account.roles,
  locked: account.isLocked,
  created_at: account.createdAt.toISOString(),
});

export interface CreateUserOptions extends OutputOptions, PasswordOptions {
  readonly username?: string;
  readonly email?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly emailVerified?: boolean;
  readonly admin?: boolean;
}

export const createUser = async (options: CreateUserOptions): Promise<void> => {
  const username = options.username ?? (await ask('Username', '--username'));
  const email = options.email ?? (await ask('E-mail address', '--email'));
  const password = await newPassword(options);
  const account = await atWorkplace(async ({ em, inTransaction }) => {
    const registration = new Registration({ em, inTransaction, clock, passwords: new Passwords() });
    return await registration.register(
      {
        username,
        email,
        password,
        givenName: options.givenName ?? null,
        familyName: options.familyName ?? null,
        emailVerified: options.emailVerified ?? false,
        roles: options.admin ? ['administrator'] : [],
      },
      { by: 'administrator' },
    );
  });
  const role = account.isAdministrator ? 'administrator' : 'user';
  answer(options, describe(account), [`Created the ${role} ${account.username} (${account.id}).`]);
};

export interface ListUsersOptions extends OutputOptions {
  readonly search?: string;
}

const listAll = async (accounts: Accounts, search: string | undefined): Promise<Account[]> => {
  const all: Account[] = [];
  for (let after: string | null = null; ; ) {
    const page = await accounts.list(search === undefined ? {} : { search }, { first: pageSize, after });
    all.push(...page.items);
    after = page.items.at(-1)?.id ?? null;
    if (!page.hasMore) return all;
  }
};

export const listUsers = async (options: ListUsersOptions): Promise<void> => {
  const users = await atWorkplace((workplace) => listAll(accountsOf(workplace), options.search));
  const rows = users.map((user) => [
    user.username,
    user.email,
    user.name,
    [...user.roles, ...(user.isLocked ? ['locked'] : [])].join(', '),
    user.createdAt.toISOString().slice(0, 10),
    user.id,
  ]);
  answer(options, users.map(describe), table([['USERNAME', 'E-MAIL', 'NAME', 'ROLES', 'SINCE', 'ID'], ...rows]));
};

export const setPassword = async (user: string, options: OutputOptions & PasswordOptions): Promise<void> => {
  const password = await newPassword(options);
  const { account, ended } = await atWorkplace(async (workplace) => {
    const { em, inTransaction, orm, config } = workplace;
    const accounts = accountsOf(workplace);
    const changed = await accounts.setPassword((await findAccount(workplace, user)).id, password);
    const statements = await Statements.on(orm);
    const sessions = new BrowserSessions({ em, statements, inTransaction, clock, lifetime: config.sessionLifetime });
    return { account: changed, ended: await sessions.endAll(changed.id) };
  });
  answer(options, { ...describe(account), ended_sessions: ended }, [
    `Set the password of ${account.username}; ended ${ended} session${ended === 1 ? '' : 's'}.`,
  ]);
};

const change = async (
  user: string,
  options: OutputOptions,
  what: 'lock' | 'unlock',
  said: (username: string) => string,
): Promise<void> => {
  const account = await atWorkplace(async (workplace) => {
    const accounts = accountsOf(workplace);
    return await accounts[what]((await findAccount(workplace, user)).id);
  });
  answer(options, describe(account), [said(account.username)]);
};

export const lockUser = (user: string, options: OutputOptions): Promise<void> =>
  change(user, options, 'lock', (name) => `Locked ${name}: nothing of theirs works until they are unlocked.`);

export const unlockUser = (user: string, options: OutputOptions): Promise<void> =>
  change(user, options, 'unlock', (name) => `Unlocked ${name}.`);
