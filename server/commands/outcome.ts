/** How a command ends: with an answer on standard output, or with one line on standard error and an exit code. */
import { ConfigError } from '../config.ts';
import { DatabaseProblem } from '../database/reach-database.ts';
import { DomainError } from '../kernel/domain-error.ts';

/** What the command says no to, in one line for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Called the wrong way: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface OutputOptions {
  readonly json?: boolean;
}

/** @param people the same for people, as lines */
export const answer = (options: OutputOptions, value: unknown, people: readonly string[]): void => {
  const text = options.json ? JSON.stringify(value, null, 2) : people.join('\n');
  process.stdout.write(`${text}\n`);
};

interface Failure {
  code: string;
  messages: string[];
  exitCode: number;
}

const describe = (error: unknown): Failure => {
  if (error instanceof UsageError) return { code: 'USAGE', messages: [error.message], exitCode: 2 };
  if (error instanceof ConfigError) return { code: 'SETTINGS', messages: [...error.problems], exitCode: 1 };
  if (error instanceof DatabaseProblem) return { code: 'DATABASE', messages: [error.message], exitCode: 1 };
  if (error instanceof DomainError) {
    const fields = error.userErrors.map(({ path, message }) =>
      path.length > 0 && !message.startsWith(`${path[0]}`) ? `${path.join('.')}: ${message}` : message,
    );
    return { code: error.code, messages: fields.length > 0 ? fields : [error.message], exitCode: 1 };
  }
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
  return { code: error instanceof Refusal ? 'REFUSED' : 'FAILED', messages: [message], exitCode: 1 };
};

/** Says on standard error why a command failed, and sets the exit code. */
export const fail = (options: OutputOptions, error: unknown): void => {
  const { code, messages, exitCode } = describe(error);
  process.stderr.write(
    options.json
      ? `${JSON.stringify({ error: { code, message: messages.join(' '), messages } })}\n`
      : `${messages.join('\n')}\n`,
  );
  process.exitCode = exitCode;
};

/**
 * Refusals in the names that were used to ask.
 *
 * @param nameOf what whoever asked calls the part that a rule names
 */
export const inNames = async <T>(work: () => Promise<T>, nameOf: (path: readonly string[]) => string[]): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.userErrors.length === 0) throw error;
    throw DomainError.invalidInput(
      error.userErrors.map((userError) => ({ ...userError, path: nameOf(userError.path) })),
    );
  }
};

/** Columns as wide as their widest cell; the first row is the heading. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
