import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Says beside the button that it is saved; its place is there before. */
export const SavedMark = ({ saved }: { saved: boolean }) => {
  const { t } = useTranslation();
  return (
    <span role="status" className="flex items-center gap-1 text-13 text-ok">
      {saved ? (
        <>
          <Check aria-hidden className="size-4" />
          {t('saved')}
        </>
      ) : null}
    </span>
  );
};
