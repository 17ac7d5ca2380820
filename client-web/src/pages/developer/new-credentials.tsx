/** What a new app is known by. The secret is in this component's memory only, and gone with it. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/button.tsx';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { focusPageHeading, Page } from '../../ui/page.tsx';
import { SecretOnce } from '../../ui/secret-once.tsx';

export const NewCredentials = ({
  app,
  secret,
}: {
  app: { id: string; clientId: string; name: string };
  secret: string | null;
}) => {
  const { t } = useTranslation();
  // The form that had the focus is gone, and the address is still the same.
  useEffect(focusPageHeading, []);
  return (
    <Page key="registered" title={t('newApp.done', { app: app.name })} lead={t('newApp.doneLead')}>
      <Card title={t('app.credentials')}>
        <div className="grid gap-4">
          <Facts>
            <Fact name={t('app.clientId')} action={<CopyButton text={app.clientId} what={t('app.clientId')} />}>
              <code className="font-mono text-13">{app.clientId}</code>
            </Fact>
          </Facts>
          {secret === null ? (
            <p className="text-14 text-muted">{t('newApp.noSecret')}</p>
          ) : (
            <SecretOnce id="client-secret" secret={secret} name={t('app.secret')} lead={t('app.secretOnce')} />
          )}
        </div>
      </Card>
      <div>
        <LinkButton to={`/developer/apps/${app.id}`} look="primary">
          {secret === null ? t('newApp.open') : t('newApp.keptSecret')}
        </LinkButton>
      </div>
    </Page>
  );
};
