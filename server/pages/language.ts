/** The languages that people are spoken to in. */

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/**
 * The first of the wishes that can be fulfilled.
 *
 * @param tags BCP 47 language tags, the dearest first
 */
export const chooseLanguage = (tags: Iterable<string>): Language | undefined => {
  for (const tag of tags) {
    const [primary = ''] = tag.toLowerCase().split(/[-_]/, 1);
    if (isLanguage(primary)) return primary;
  }
  return undefined;
};
