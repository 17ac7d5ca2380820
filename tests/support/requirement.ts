/** Tests that stand for a sentence of a standard: `docs/standards.md` is generated from their first two parameters. */
import { type TestOptions, test } from 'vitest';

/**
 * @param section the standard and the section, e.g. `RFC 9126 §2.1` or `OpenID Connect Core §3.1.2.1`; both texts are literals
 * @param sentence what must be true, in our own words
 */
export const requirement = (
  section: string,
  sentence: string,
  run: () => Promise<void> | void,
  options: TestOptions = {},
): void => {
  test(`${section}: ${sentence}`, options, run);
};
