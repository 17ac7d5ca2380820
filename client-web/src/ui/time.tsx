import { useTranslation } from 'react-i18next';
import { formatLocale } from '../language/format-locale.ts';
import { currentLanguage } from '../language/language.ts';

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** For dates in the language of the page. */
const locale = (): string => formatLocale(currentLanguage());

/** How long ago, or how far ahead; null within the same minute. */
const relative = (seconds: number): string | null => {
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step === undefined ? null : format.format(Math.trunc(seconds / step[1]), step[0]);
};

const dayOf = (date: Date, now: Date): string =>
  new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'long',
    ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  }).format(date);

/** A moment, relative when near; the exact time on hover and for screen readers. */
export const Moment = ({ at }: { at: string }) => {
  const { t } = useTranslation();
  const date = new Date(at);
  const now = new Date();
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const near = Math.abs(seconds) < 7 * 86_400;
  const words = near ? (relative(seconds) ?? t('justNow')) : t('onDay', { day: dayOf(date, now) });
  const exact = new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short' }).format(date);
  return (
    <time dateTime={at} title={exact}>
      <span aria-hidden>{words}</span>
      <span className="sr-only">{exact}</span>
    </time>
  );
};

/** A month, for what happened long ago. */
export const Month = ({ at }: { at: string }) => {
  // The language may change while it is shown.
  useTranslation();
  const text = new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric' }).format(new Date(at));
  return <time dateTime={at}>{text}</time>;
};

/** A date of birth as OpenID Connect writes it: `YYYY-MM-DD`, `0000-MM-DD` without the year, or the year alone. */
export const Birthday = ({ date }: { date: string }) => {
  useTranslation();
  const [year = '', month, day] = date.split('-');
  if (month === undefined || day === undefined) return <time>{year}</time>;
  const words = new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'long',
    ...(year === '0000' ? {} : { year: 'numeric' }),
    timeZone: 'UTC',
    // A leap year where the year is kept back: the 29th of February is a birthday too.
  }).format(new Date(`${year === '0000' ? '2000' : year}-${month}-${day}T00:00:00Z`));
  return <time dateTime={year === '0000' ? `${month}-${day}` : date}>{words}</time>;
};
