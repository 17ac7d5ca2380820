import { useTranslation } from 'react-i18next';

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, while that is under a week; then the date. */
const wordsFor = (date: Date, now: Date, language: string): string => {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 7 * 86_400) {
    const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    for (const [unit, size] of steps) {
      if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
    }
    return format.format(0, 'second');
  }
  const sameYear = date.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date);
};

/** A moment, relative when near; the exact time on hover and for screen readers. */
export const Moment = ({ at }: { at: string }) => {
  const { i18n } = useTranslation();
  const date = new Date(at);
  const exact = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeStyle: 'short' }).format(date);
  return (
    <time dateTime={at} title={exact}>
      <span aria-hidden>{wordsFor(date, new Date(), i18n.language)}</span>
      <span className="sr-only">{exact}</span>
    </time>
  );
};

/** A month, for what happened long ago. */
export const Month = ({ at }: { at: string }) => {
  const { i18n } = useTranslation();
  const text = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric' }).format(new Date(at));
  return <time dateTime={at}>{text}</time>;
};
