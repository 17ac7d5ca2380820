/** One app: what it is known by, what it may do, how to use it, how to end it. */
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { webClientId } from '../../auth/authorization-server.ts';
import { graphql } from '../../graphql/generated/gql.ts';
import { problemOf } from '../../graphql/problem.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { FactsSkeleton } from '../../ui/skeleton.tsx';
import { AppSettings } from './app-settings.tsx';
import { CredentialsCard } from './credentials-card.tsx';
import { DeleteAppCard } from './delete-app-card.tsx';
import { QuickStart } from './quick-start.tsx';

const AppById = graphql(/* GraphQL */ `
  query AppById($id: ID!) {
    app(id: $id) {
      id
      clientId
      name
      type
      authMethod
      redirectUris
      grantTypes
      scopes
      requirePkce
      trusted
      homepageUri
      createdAt
      secrets {
        id
        hint
        createdAt
        expiresAt
      }
    }
  }
`);

export const AppPage = () => {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const fromAdmin = useLocation().pathname.startsWith('/admin');
  const [{ data, error, fetching }, load] = useQuery({ query: AppById, variables: { id } });
  const back = fromAdmin
    ? { to: '/admin/apps', label: t('allApps.title') }
    : { to: '/developer/apps', label: t('apps.title') };
  const app = data?.app;
  const missing = (data && !app && !fetching) || (error && problemOf(error).kind === 'not-found');
  if (missing) {
    return (
      <Page title={t('app.missing')} lead={t('app.missingLead')} back={back}>
        <div>
          <LinkButton to={back.to}>{back.label}</LinkButton>
        </div>
      </Page>
    );
  }
  if (!app) {
    return (
      <Page title={t('app.title')} back={back}>
        {error ? (
          <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} />
        ) : (
          <Card title={t('app.credentials')}>
            <FactsSkeleton rows={3} />
          </Card>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={app.name}
      lead={t(`appType.${app.type}`)}
      back={back}
      mark={<Avatar name={app.name} of="app" size="large" />}
      actions={app.trusted ? <Badge look="accent">{t('app.trusted')}</Badge> : null}
    >
      <CredentialsCard app={app} />
      <QuickStart app={app} />
      {app.clientId === webClientId ? (
        <p className="text-14 text-muted">{t('app.thisPage')}</p>
      ) : (
        <>
          <AppSettings key={app.id} app={app} />
          <DeleteAppCard app={app} onDeleted={() => navigate(back.to)} />
        </>
      )}
    </Page>
  );
};
