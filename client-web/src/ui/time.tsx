import { useTranslation } from 'react-i18next';
import { formatLocale } from '../language/language.ts';

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, while that is under a week; then the date; null for this very minute. */
const wordsFor = (date: Date, now: Date): string | null => {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 7 * 86_400) {
    const format = new Intl.RelativeTimeFormat(formatLocale(), { numeric: 'auto' });
    for (const [unit, size] of steps) {
      if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
    }
    return null;
  }
  const sameYear = date.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(formatLocale(), {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date);
};

/** A moment, relative when near; the exact time on hover and for screen readers. */
export const Moment = ({ at }: { at: string }) => {
  const { t } = useTranslation();
  const date = new Date(at);
  const exact = new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'long', timeStyle: 'short' }).format(date);
  return (
    <time dateTime={at} title={exact}>
      <span aria-hidden>{wordsFor(date, new Date()) ?? t('justNow')}</span>
      <span className="sr-only">{exact}</span>
    </time>
  );
};

/** A month, for what happened long ago. */
export const Month = ({ at }: { at: string }) => {
  // The language may change while it is shown.
  useTranslation();
  const text = new Intl.DateTimeFormat(formatLocale(), { month: 'long', year: 'numeric' }).format(new Date(at));
  return <time dateTime={at}>{text}</time>;
};
