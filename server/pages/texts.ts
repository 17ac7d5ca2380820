/** What the pages say, by language. */
import type { Language } from './language.ts';
import { en, type Texts } from './texts.en.ts';
import { fr } from './texts.fr.ts';

export type { Texts };

export const texts: Readonly<Record<Language, Texts>> = { en, fr };

/**
 * What is said beside a field.
 *
 * @param field the input field's name
 * @param code of a `UserError`
 */
export const problemText = (texts: Texts, field: string, code: string): string => {
  const problems: Readonly<Record<string, string | Readonly<Record<string, string>>>> = texts.problems;
  const ofField = problems[field];
  return (typeof ofField === 'object' ? ofField[code] : undefined) ?? texts.problems.other;
};
