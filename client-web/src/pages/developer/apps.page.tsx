/** The apps that the person has registered. */
import { AppWindow, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Card, List, ListRow } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';
import { Moment } from '../../ui/time.tsx';

const OwnApps = graphql(/* GraphQL */ `
  query OwnApps($after: String) {
    apps(first: 20, after: $after, owned: true) {
      nodes {
        id
        clientId
        name
        type
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const AppsPage = () => {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, load] = useQuery({ query: OwnApps, variables: { after } });
  const apps = data?.apps;
  const register = (
    <LinkButton to="/developer/apps/new" look="primary">
      <Plus aria-hidden />
      {t('apps.register')}
    </LinkButton>
  );
  return (
    <Page title={t('apps.title')} lead={t('apps.lead')} actions={apps?.nodes.length === 0 ? null : register}>
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {apps ? (
        <Card padded={false}>
          {apps.nodes.length === 0 ? (
            <Empty icon={<AppWindow />} title={t('apps.empty')} action={register}>
              {t('apps.emptyLead')}
            </Empty>
          ) : (
            <List label={t('apps.title')}>
              {apps.nodes.map((app) => (
                <ListRow
                  key={app.id}
                  mark={<Avatar name={app.name} of="app" />}
                  actions={<Badge>{t(`appType.${app.type}`)}</Badge>}
                >
                  <Link to={`/developer/apps/${app.id}`} className="font-[600] hover:underline justify-self-start">
                    {app.name}
                  </Link>
                  <span className="font-mono text-13 text-muted">{app.clientId}</span>
                  <span className="text-13 text-muted">
                    {t('apps.registered')} <Moment at={app.createdAt} />
                  </span>
                </ListRow>
              ))}
            </List>
          )}
          {apps.pageInfo.hasNextPage ? (
            <ShowMore busy={fetching} onMore={() => setAfter(apps.pageInfo.endCursor ?? null)} />
          ) : null}
        </Card>
      ) : error ? null : (
        <Card padded={false}>
          <ListSkeleton rows={3} lines={3} />
        </Card>
      )}
    </Page>
  );
};
