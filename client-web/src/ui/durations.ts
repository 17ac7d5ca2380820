/** Lifetimes as people say them: a number and a unit. The API has seconds. */

export const durationUnits = ['seconds', 'minutes', 'hours', 'days'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** As it is typed; an empty amount says nothing. */
export interface Duration {
  amount: string;
  unit: DurationUnit;
}

const sizes: Readonly<Record<DurationUnit, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** @param seconds null: nothing is said */
export const durationOf = (seconds: number | null | undefined, usual: DurationUnit): Duration => {
  if (seconds == null) return { amount: '', unit: usual };
  const unit = seconds === 0 ? usual : (durationUnits.findLast((each) => seconds % sizes[each] === 0) ?? 'seconds');
  return { amount: String(seconds / sizes[unit]), unit };
};

/** The API's integers (GraphQL §3.5.1). */
const largest = 2 ** 31 - 1;

/**
 * @returns null where nothing is said, `NaN` where it is no whole number of seconds. A number that no lifetime can have
 * is kept as far as it can be sent: the API answers with the range.
 */
export const secondsOf = ({ amount, unit }: Duration): number | null => {
  const text = amount.trim().replace(',', '.');
  if (text === '') return null;
  const seconds = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * sizes[unit] : Number.NaN;
  return Number.isInteger(seconds) ? Math.max(-largest, Math.min(largest, seconds)) : Number.NaN;
};
