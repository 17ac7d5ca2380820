/** How dates are written. */
/** Browsers on systems without a locale name languages that `Intl` refuses, such as `en-US@posix`. */
const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
};

/** The language as the person's region writes dates in it, e.g. `en-GB`. */
export const formatLocale = (language: string): string =>
  navigator.languages.find((tag) => tag.slice(0, 2) === language && isLanguageTag(tag)) ?? language;
