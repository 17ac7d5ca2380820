/** An address without a page. */
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';

export const MissingPage = () => {
  const { t } = useTranslation();
  return (
    <Page title={t('missing.title')} lead={t('missing.lead')}>
      <div>
        <LinkButton to="/">{t('missing.home')}</LinkButton>
      </div>
    </Page>
  );
};
