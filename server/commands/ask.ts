/** What a command asks the person at the terminal, where its parameters do not say it. */
import { text as readAll } from 'node:stream/consumers';
import { confirm, isCancel, password as secretPrompt, text as textPrompt } from '@clack/prompts';
import { Refusal, UsageError } from './outcome.ts';

/** Questions go to standard error: standard output is for the answer. */
const output = process.stderr;
const hasTerminal = (): boolean => process.stdin.isTTY && process.stderr.isTTY;

/** Ctrl-C at a question ends the command. */
const given = <T>(value: T): Exclude<T, symbol> => {
  if (isCancel(value)) throw new Refusal('Nothing was changed.');
  return value as Exclude<T, symbol>;
};

/** @param option what would have said it: `--username` */
export const ask = async (question: string, option: string): Promise<string> => {
  if (!hasTerminal()) throw new UsageError(`error: ${option} is missing`);
  return given(await textPrompt({ message: question, output }));
};

export interface PasswordOptions {
  readonly password?: string;
  readonly passwordStdin?: boolean;
}

/** The password from the parameters, from standard input, or asked for twice without echo. */
export const newPassword = async (options: PasswordOptions): Promise<string> => {
  if (options.password !== undefined && options.passwordStdin) {
    throw new UsageError('error: give either --password or --password-stdin');
  }
  if (options.password !== undefined) return options.password;
  if (options.passwordStdin) return (await readAll(process.stdin)).replace(/\r?\n$/, '');
  if (!hasTerminal()) throw new UsageError('error: give --password or --password-stdin');
  const first = given(await secretPrompt({ message: 'Password', output }));
  const second = given(await secretPrompt({ message: 'The same password again', output }));
  if (first !== second) throw new Refusal('The two passwords are not the same.');
  return first;
};

/** Without a terminal nobody can be asked: the command itself was the decision. */
export const isSure = async (question: string): Promise<boolean> =>
  hasTerminal() ? given(await confirm({ message: question, initialValue: false, output })) : true;
