import { useTranslation } from 'react-i18next';
import { Notice } from './notice.tsx';
import type { UserError } from './user-errors.ts';
import { useUserErrorText } from './user-errors.ts';

/** Refusals that belong to no field of the form, above its button. */
export const FormRefusals = ({ refusals }: { refusals: readonly UserError[] }) => {
  const { t } = useTranslation();
  const text = useUserErrorText();
  return refusals.length === 0 ? null : (
    <Notice look="danger">
      <p className="sr-only">{t('refused')}</p>
      {refusals.map((refusal) => (
        <p key={`${refusal.path.join('.')} ${refusal.code}`}>{text(refusal)}</p>
      ))}
    </Notice>
  );
};
