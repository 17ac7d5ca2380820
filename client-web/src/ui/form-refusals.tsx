import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from './notice.tsx';
import type { UserError } from './user-errors.ts';
import { useUserErrorText } from './user-errors.ts';

/**
 * Refusals that belong to no field of the form, above its button.
 * @param wayTo leads to where one of them can be mended
 */
export const FormRefusals = ({
  refusals,
  wayTo,
}: {
  refusals: readonly UserError[];
  wayTo?: (refusal: UserError) => ReactNode;
}) => {
  const { t } = useTranslation();
  const text = useUserErrorText('atForm');
  return refusals.length === 0 ? null : (
    <Notice look="danger">
      <p className="sr-only">{t('refused')}</p>
      {refusals.map((refusal) => (
        <p key={`${refusal.path.join('.')} ${refusal.code}`}>
          {text(refusal)} {wayTo?.(refusal)}
        </p>
      ))}
    </Notice>
  );
};
