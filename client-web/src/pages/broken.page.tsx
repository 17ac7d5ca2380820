/** A fault of this page itself, or a part of it that could not be fetched, as after an update of the server. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';

export const BrokenPage = () => {
  const { t } = useTranslation();
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  return (
    <Page title={t('broken.title')} lead={t('broken.lead')}>
      <div>
        <Button look="primary" onClick={() => window.location.reload()}>
          {t('broken.reload')}
        </Button>
      </div>
    </Page>
  );
};
