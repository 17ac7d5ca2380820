/** The frame of a page for whoever is not signed in: one column, one question. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, currentLanguage, languageNames, languages } from '../language/language.ts';
import { serviceName } from '../service-name.ts';
import { BrandMark } from './brand.tsx';

export const Gate = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation();
  const others = languages.filter((language) => language !== currentLanguage());
  return (
    <div className="min-h-dvh grid grid-rows-[auto_1fr_auto] gap-6 px-4 sm:px-6">
      <header className="flex items-center gap-2 min-h-14 font-[620]">
        <BrandMark />
        {serviceName}
      </header>
      <main className="self-center justify-self-center grid gap-6 w-full max-w-[440px] py-6">{children}</main>
      <footer className="flex justify-center gap-6 p-4 text-13 text-muted">
        <nav aria-label={t('language')} className="flex gap-4">
          {others.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              onClick={() => void changeLanguage(language)}
              className="min-h-8 px-1 hover:underline underline-offset-3"
            >
              {languageNames[language]}
            </button>
          ))}
        </nav>
      </footer>
    </div>
  );
};
