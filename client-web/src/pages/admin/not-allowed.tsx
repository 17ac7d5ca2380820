import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

/** For whoever comes to Admin without being an administrator. */
export const NotAllowed = () => {
  const { t } = useTranslation();
  return <Page title={t('notAllowed.title')} lead={t('notAllowed.lead')} />;
};
