/** An app in a file: in the names of RFC 7591, as it was written to register the app or as `apps show --json` tells it. */
import { readFile } from 'node:fs/promises';
import { Refusal } from './outcome.ts';

/** What cannot be read, in one line each. */
const reasons: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `There is no file ${file}.`,
  EISDIR: (file) => `${file} is a folder, not a file.`,
  EACCES: (file) => `${file} may not be read by this user.`,
};

/** @throws Refusal where there is no such file, or no JSON object in it */
export const readJsonFile = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(reasons[error.code ?? '']?.(file) ?? `${file} cannot be read (${error.code}).`);
  });
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
      return content as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new Refusal(`${file} holds no JSON object.`);
};

/** Whether what a file says of a member that stays is what is so; by each member's name. */
export type StayingMembers = Readonly<Record<string, (said: unknown) => boolean | Promise<boolean>>>;

/**
 * What a file says beyond the members that stay (as RFC 7592 §2.2 has it: left out, or as they are).
 *
 * @throws Refusal that names those that the file would change
 */
export const changesIn = async (
  file: Readonly<Record<string, unknown>>,
  staying: StayingMembers,
): Promise<Readonly<Record<string, unknown>>> => {
  const changed: string[] = [];
  for (const [name, isSame] of Object.entries(staying)) {
    if (file[name] != null && !(await isSame(file[name]))) changed.push(name);
  }
  if (changed.length > 0) throw new Refusal(`${changed.join(', ')} cannot be changed.`);
  return Object.fromEntries(Object.entries(file).filter(([name]) => !(name in staying)));
};
