/** The language of the page: the person's choice, else the browser's. The server's own pages are told it by `ui_locales`. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Texts } from './en.ts';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts };
  }
}

const isLanguage = (value: string | undefined): value is Language => languages.some((known) => known === value);

const choice = 'latchkey:language';

const remembered = (): string | undefined => {
  try {
    return window.localStorage.getItem(choice) ?? undefined;
  } catch {
    // Storage is blocked by the person's settings.
    return undefined;
  }
};

const preferred = (): Language =>
  [remembered(), ...navigator.languages.map((tag) => tag.slice(0, 2))].find(isLanguage) ?? 'en';

const load = async (language: Language): Promise<Texts> =>
  language === 'fr' ? (await import('./fr.ts')).fr : (await import('./en.ts')).en;

const show = (language: Language): void => {
  document.documentElement.lang = language;
};

export const startLanguage = async (): Promise<void> => {
  const language = preferred();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await load(language) } },
    // React escapes.
    interpolation: { escapeValue: false },
  });
  show(language);
};

export const currentLanguage = (): Language => (isLanguage(i18next.language) ? i18next.language : 'en');

export const changeLanguage = async (language: Language): Promise<void> => {
  try {
    window.localStorage.setItem(choice, language);
  } catch {
    // Then the choice holds until the page is closed.
  }
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load(language));
  }
  await i18next.changeLanguage(language);
  show(language);
};
