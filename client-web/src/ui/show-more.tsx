import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

/** The next page of a list, below the ones that are there. */
export const ShowMore = ({ busy, onMore }: { busy: boolean; onMore: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className="flex justify-center border-t border-line p-3">
      <Button look="quiet" busy={busy} onClick={onMore}>
        {t('showMore')}
      </Button>
    </div>
  );
};
