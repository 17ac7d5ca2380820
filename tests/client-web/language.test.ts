import { afterEach, expect, test, vi } from 'vitest';
import { formatLocale } from '../../client-web/src/language/format-locale.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  [['en-GB', 'en'], 'en-GB'],
  [['fr-CA', 'en-US'], 'en-US'],
  [['de'], 'en'],
  // What Chromium says where the system has no locale: dates must still be written.
  [['en-US@posix'], 'en'],
  [['en-US@posix', 'en-IE'], 'en-IE'],
])('a browser that wants %j is shown dates as %s', (languages, locale) => {
  vi.stubGlobal('navigator', { languages });
  expect(formatLocale('en')).toBe(locale);
  expect(() => new Intl.DateTimeFormat(formatLocale('en'))).not.toThrow();
});
