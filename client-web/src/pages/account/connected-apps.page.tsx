/** The applications that may use the account: what they may do, since when, and how to end it. */
import { Plug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { webClientId } from '../../auth/authorization-server.ts';
import { graphql } from '../../graphql/generated/gql.ts';
import type { ConnectedAppsQuery } from '../../graphql/generated/graphql.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, List, ListRow } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ConfirmModal, Modal } from '../../ui/modal.tsx';
import { focusPageHeading, Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';
import { Moment } from '../../ui/time.tsx';

const ConnectedApps = graphql(/* GraphQL */ `
  query ConnectedApps($after: String) {
    me {
      id
      connectedApps(first: 20, after: $after) {
        nodes {
          id
          createdAt
          lastUsedAt
          app {
            id
            clientId
            name
            homepageUri
          }
          scopes {
            name
            api
            reads
            changes
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const RevokeConnectedApp = graphql(/* GraphQL */ `
  mutation RevokeConnectedApp($input: RevokeConnectedAppInput!) {
    revokeConnectedApp(input: $input) {
      revokedConnectedAppId
      userErrors {
        code
        message
        path
      }
    }
  }
`);

type ConnectedApp = ConnectedAppsQuery['me']['connectedApps']['nodes'][number];

/** How many things of each kind a row names; the rest is in the details. */
const inShort = 3;

/** What a scope of another API lets the app do there; of one without words, that the person is known there. */
const readsOf = ({ api, reads }: ConnectedApp['scopes'][number]): readonly string[] => {
  if (api === null) return reads;
  return reads.length === 0 ? [api] : reads.map((read) => `${api} · ${read}`);
};

/** Each thing once, though several scopes may reach it. */
const reachOf = ({ scopes }: ConnectedApp) => ({
  reads: [...new Set(scopes.flatMap(readsOf))],
  changes: [...new Set(scopes.flatMap((scope) => scope.changes))],
});

const ReachList = ({ title, things }: { title: string; things: readonly string[] }) =>
  things.length === 0 ? null : (
    <section className="grid gap-1">
      <h3 className="text-13 font-[560] text-muted">{title}</h3>
      <ul className="grid gap-0.5 list-disc pl-5 text-14">
        {things.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
    </section>
  );

const Details = ({ connected }: { connected: ConnectedApp }) => {
  const { t } = useTranslation();
  const { reads, changes } = reachOf(connected);
  return (
    <>
      {reads.length + changes.length === 0 ? <p className="text-14">{t('connectedApps.onlyIdentity')}</p> : null}
      <ReachList title={t('connectedApps.reads')} things={reads} />
      <ReachList title={t('connectedApps.changes')} things={changes} />
      <p className="text-13 text-muted">
        {t('connectedApps.since')} <Moment at={connected.createdAt} />, {t('connectedApps.lastUsed')}{' '}
        <Moment at={connected.lastUsedAt} />
      </p>
      {connected.app.homepageUri ? (
        <a href={connected.app.homepageUri} rel="noreferrer" className="text-14 text-accent hover:underline">
          {connected.app.homepageUri}
        </a>
      ) : null}
    </>
  );
};

export const ConnectedAppsPage = () => {
  const { t, i18n } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, load] = useQuery({ query: ConnectedApps, variables: { after } });
  const [revoking, revokeConnectedApp] = useMutation(RevokeConnectedApp);
  const [shown, setShown] = useState<ConnectedApp | null>(null);
  const [chosen, setChosen] = useState<ConnectedApp | null>(null);
  const connection = data?.me.connectedApps;
  // This page itself is no third party, and revoking it would only sign it in again.
  const apps = connection?.nodes.filter((connected) => connected.app.clientId !== webClientId) ?? [];
  const summaryOf = (connected: ConnectedApp): string => {
    const { reads, changes } = reachOf(connected);
    const format = new Intl.ListFormat(i18n.language, { type: 'unit', style: 'short' });
    const list = (things: readonly string[]) =>
      format.format([
        ...things.slice(0, inShort).map((thing) => thing.charAt(0).toLocaleLowerCase() + thing.slice(1)),
        ...(things.length > inShort ? [t('connectedApps.more', { count: things.length - inShort })] : []),
      ]);
    const parts = [
      ...(reads.length > 0 ? [t('connectedApps.readsList', { list: list(reads) })] : []),
      ...(changes.length > 0 ? [t('connectedApps.changesList', { list: list(changes) })] : []),
    ];
    return parts.length > 0 ? parts.join('; ') : t('connectedApps.onlyIdentity');
  };
  const revoke = async () => {
    if (chosen === null) return;
    const result = await revokeConnectedApp({ input: { id: chosen.id } });
    if (result.error) return;
    setChosen(null);
    focusPageHeading();
  };
  return (
    <Page title={t('connectedApps.title')} lead={t('connectedApps.lead')}>
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {connection ? (
        <Card padded={false}>
          {apps.length === 0 ? (
            <Empty icon={<Plug />} title={t('connectedApps.empty')}>
              {t('connectedApps.emptyLead')}
            </Empty>
          ) : (
            <List label={t('connectedApps.title')}>
              {apps.map((connected) => (
                <ListRow
                  key={connected.id}
                  mark={<Avatar name={connected.app.name} of="app" />}
                  actions={
                    <>
                      <Button
                        compact
                        aria-label={t('connectedApps.detailsOf', { app: connected.app.name })}
                        onClick={() => setShown(connected)}
                      >
                        {t('connectedApps.details')}
                      </Button>
                      <Button
                        compact
                        look="danger"
                        aria-label={t('connectedApps.revokeThing', { app: connected.app.name })}
                        onClick={() => setChosen(connected)}
                      >
                        {t('connectedApps.revoke')}
                      </Button>
                    </>
                  }
                >
                  <span className="font-[600]">{connected.app.name}</span>
                  <span className="text-13">{summaryOf(connected)}</span>
                  <span className="text-13 text-muted">
                    {t('connectedApps.since')} <Moment at={connected.createdAt} />, {t('connectedApps.lastUsed')}{' '}
                    <Moment at={connected.lastUsedAt} />
                  </span>
                </ListRow>
              ))}
            </List>
          )}
          {connection.pageInfo.hasNextPage ? (
            <ShowMore busy={fetching} onMore={() => setAfter(connection.pageInfo.endCursor ?? null)} />
          ) : null}
        </Card>
      ) : error ? null : (
        <Card padded={false}>
          <ListSkeleton rows={3} lines={3} />
        </Card>
      )}
      <p className="text-13 text-muted">{t('connectedApps.note')}</p>
      <Modal
        open={shown !== null}
        onClose={() => setShown(null)}
        title={shown ? t('connectedApps.detailsTitle', { app: shown.app.name }) : ''}
      >
        {shown ? <Details connected={shown} /> : null}
        <div className="flex justify-end">
          <Button onClick={() => setShown(null)}>{t('close')}</Button>
        </div>
      </Modal>
      <ConfirmModal
        open={chosen !== null}
        onClose={() => setChosen(null)}
        title={chosen ? t('connectedApps.revokeTitle', { app: chosen.app.name }) : ''}
        confirm={t('connectedApps.revoke')}
        onConfirm={revoke}
        error={revoking.error}
      >
        {chosen ? <p>{t('connectedApps.revokeBody', { app: chosen.app.name })}</p> : null}
      </ConfirmModal>
    </Page>
  );
};
