/** The institution's own APIs, for which apps get tokens here. */
import { Plus, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useScopes } from '../../auth/signed-in.tsx';
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
import { NotAllowed } from './not-allowed.tsx';

const Apis = graphql(/* GraphQL */ `
  query Apis($after: String) {
    apis(first: 20, after: $after) {
      nodes {
        id
        identifier
        name
        createdAt
        scopes {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const ApisList = () => {
  const { t } = useTranslation();
  const mayChange = useScopes().has('admin:apis:write');
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, load] = useQuery({ query: Apis, variables: { after } });
  const apis = data?.apis;
  const register = mayChange ? (
    <LinkButton to="/admin/apis/new" look="primary">
      <Plus aria-hidden />
      {t('apis.register')}
    </LinkButton>
  ) : null;
  return (
    <Page wide title={t('apis.title')} lead={t('apis.lead')} actions={apis?.nodes.length === 0 ? null : register}>
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {apis ? (
        <Card padded={false}>
          {apis.nodes.length === 0 ? (
            <Empty icon={<Waypoints />} title={t('apis.empty')} action={register}>
              {t('apis.emptyLead')}
            </Empty>
          ) : (
            <List label={t('apis.title')}>
              {apis.nodes.map((api) => (
                <ListRow
                  key={api.id}
                  mark={<Avatar name={api.name} of="app" />}
                  actions={<Badge>{t('apis.scopes', { count: api.scopes.length })}</Badge>}
                >
                  <Link to={`/admin/apis/${api.id}`} className="font-[600] hover:underline justify-self-start">
                    {api.name}
                  </Link>
                  <span className="font-mono text-13 text-muted">{api.identifier}</span>
                  <span className="text-13 text-muted">
                    {t('apis.registered')} <Moment at={api.createdAt} />
                  </span>
                </ListRow>
              ))}
            </List>
          )}
          {apis.pageInfo.hasNextPage ? (
            <ShowMore busy={fetching} onMore={() => setAfter(apis.pageInfo.endCursor ?? null)} />
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

export const ApisPage = () => (useScopes().has('admin:apis:read') ? <ApisList /> : <NotAllowed />);
