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
