import { useId } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { durationUnits } from './durations.ts';
import { controlClass, FieldError } from './field.tsx';

/** How long something lasts: a number and its unit, under one name. */
export const DurationField = ({
  label,
  hint,
  error,
  amount,
  unit,
}: {
  label: string;
  hint?: string;
  error?: string | undefined;
  amount: UseFormRegisterReturn;
  unit: UseFormRegisterReturn;
}) => {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className="grid gap-1.5 min-w-0">
      <legend className="text-14 font-[540] mb-1.5">{label}</legend>
      <div className="flex gap-2 max-w-80">
        <input
          {...amount}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-label={t('duration.amount')}
          aria-invalid={error ? true : undefined}
          aria-describedby={
            [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
          }
          className={`${controlClass} flex-[1_1_0] min-w-0`}
        />
        <select {...unit} aria-label={t('duration.unit')} className={`${controlClass} flex-[1_1_0] min-w-0`}>
          {durationUnits.map((each) => (
            <option key={each} value={each}>
              {t(`duration.${each}`)}
            </option>
          ))}
        </select>
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="text-13 text-muted">
          {hint}
        </p>
      ) : null}
      <div aria-live="polite">{error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}</div>
    </fieldset>
  );
};
