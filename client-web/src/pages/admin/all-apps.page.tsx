/** All apps of everybody, and which of them are trusted. */
import { AppWindow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMutation, useQuery } from 'urql';
import { webClientId } from '../../auth/authorization-server.ts';
import { useScopes } from '../../auth/signed-in.tsx';
import { graphql } from '../../graphql/generated/gql.ts';
import type { AllAppsQuery } from '../../graphql/generated/graphql.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, List, ListRow } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SearchField, useSearch } from '../../ui/search-field.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';
import { Moment } from '../../ui/time.tsx';
import type { UserError } from '../../ui/user-errors.ts';
import { NotAllowed } from './not-allowed.tsx';

const AllApps = graphql(/* GraphQL */ `
  query AllApps($after: String, $search: String) {
    apps(first: 20, after: $after, owned: false, search: $search) {
      nodes {
        id
        clientId
        name
        type
        trusted
        createdAt
        owner {
          id
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

const SetTrusted = graphql(/* GraphQL */ `
  mutation SetTrusted($input: UpdateAppInput!) {
    updateApp(input: $input) {
      app {
        id
        trusted
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

type App = AllAppsQuery['apps']['nodes'][number];

const AllAppsList = () => {
  const { t } = useTranslation();
  const mayChange = useScopes().has('admin:apps:write');
  const { search, typed, type } = useSearch();
  const [after, setAfter] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins with its first page
  useEffect(() => setAfter(null), [search]);
  const [{ data, error, fetching }, load] = useQuery({ query: AllApps, variables: { after, search: search || null } });
  const [setting, setTrusted] = useMutation(SetTrusted);
  const [chosen, setChosen] = useState<App | null>(null);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const apps = data?.apps;
  const close = () => {
    setChosen(null);
    setRefusals([]);
  };
  const change = async () => {
    if (chosen === null) return;
    const result = await setTrusted({ input: { id: chosen.id, trusted: !chosen.trusted } });
    if (!result.data) return;
    if (result.data.updateApp.userErrors.length > 0) setRefusals(result.data.updateApp.userErrors);
    else close();
  };
  const wish = chosen?.trusted ? 'distrust' : 'trust';
  return (
    <Page wide title={t('allApps.title')} lead={t('allApps.lead')}>
      <SearchField label={t('allApps.search')} value={typed} onType={type} />
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {apps ? (
        <Card padded={false}>
          {apps.nodes.length === 0 ? (
            <Empty icon={<AppWindow />} title={t('allApps.none')}>
              {search ? t('allApps.noneLead', { search }) : t('apps.emptyLead')}
            </Empty>
          ) : (
            <List label={t('allApps.title')} busy={fetching}>
              {apps.nodes.map((app) => (
                <ListRow
                  key={app.id}
                  mark={<Avatar name={app.name} of="app" />}
                  actions={
                    mayChange && app.clientId !== webClientId ? (
                      <Button
                        compact
                        aria-label={t(app.trusted ? 'allApps.distrustThing' : 'allApps.trustThing', { app: app.name })}
                        onClick={() => setChosen(app)}
                      >
                        {t(app.trusted ? 'allApps.distrust' : 'allApps.trust')}
                      </Button>
                    ) : null
                  }
                >
                  <span className="flex flex-wrap items-center gap-2">
                    <Link to={`/admin/apps/${app.id}`} className="font-[600] hover:underline">
                      {app.name}
                    </Link>
                    <Badge>{t(`appType.${app.type}`)}</Badge>
                    {app.trusted ? <Badge look="accent">{t('app.trusted')}</Badge> : null}
                  </span>
                  <span className="font-mono text-13 text-muted">{app.clientId}</span>
                  <span className="text-13 text-muted">
                    {app.owner ? t('allApps.ownedBy', { name: app.owner.name }) : t('allApps.ownedByOperator')},{' '}
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
          <ListSkeleton rows={6} lines={3} />
        </Card>
      )}
      <ConfirmModal
        open={chosen !== null}
        onClose={close}
        title={chosen ? t(`allApps.${wish}Title`, { app: chosen.name }) : ''}
        confirm={t(`allApps.${wish}`)}
        dangerous={wish === 'trust'}
        onConfirm={change}
        error={setting.error}
      >
        <p>{t(`allApps.${wish}Body`)}</p>
        <FormRefusals refusals={refusals} />
      </ConfirmModal>
    </Page>
  );
};

export const AllAppsPage = () => (useScopes().has('admin:apps:read') ? <AllAppsList /> : <NotAllowed />);
