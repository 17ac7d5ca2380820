/** Where the person is signed in, and how to end that. */
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { useSignOut } from '../../auth/use-sign-out.ts';
import { graphql } from '../../graphql/generated/gql.ts';
import type { SessionsQuery } from '../../graphql/generated/graphql.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, List, ListRow } from '../../ui/card.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import { focusPageHeading, Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';
import { Moment } from '../../ui/time.tsx';

const Sessions = graphql(/* GraphQL */ `
  query Sessions($after: String) {
    me {
      id
      sessions(first: 20, after: $after) {
        nodes {
          id
          current
          browser
          address
          authenticatedAt
          lastUsedAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const EndSession = graphql(/* GraphQL */ `
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      endedSessionId
      userErrors {
        code
        message
        path
      }
    }
  }
`);

type Session = SessionsQuery['me']['sessions']['nodes'][number];

export const SessionsPage = () => {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, load] = useQuery({ query: Sessions, variables: { after } });
  const [ending, endSession] = useMutation(EndSession);
  const [chosen, setChosen] = useState<Session | null>(null);
  const { signOut, busy: signingOut } = useSignOut();
  const connection = data?.me.sessions;
  const nameOf = (session: Session) => session.browser ?? t('sessions.unknownBrowser');
  const end = async () => {
    if (chosen === null) return;
    const result = await endSession({ input: { id: chosen.id } });
    if (result.error) return;
    setChosen(null);
    focusPageHeading();
  };
  return (
    <Page title={t('sessions.title')} lead={t('sessions.lead')}>
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {connection ? (
        <Card padded={false}>
          <List label={t('sessions.title')}>
            {connection.nodes.map((session) => (
              <ListRow
                key={session.id}
                mark={
                  <span
                    className="grid place-items-center size-9 flex-none rounded-2 bg-accent-soft text-accent"
                    aria-hidden
                  >
                    <MonitorSmartphone />
                  </span>
                }
                actions={
                  session.current ? (
                    <Button compact busy={signingOut} onClick={signOut}>
                      {t('signOut')}
                    </Button>
                  ) : (
                    <Button
                      compact
                      look="danger"
                      aria-label={t('sessions.endThing', { what: nameOf(session) })}
                      onClick={() => setChosen(session)}
                    >
                      {t('sessions.end')}
                    </Button>
                  )
                }
              >
                <span className="flex flex-wrap items-center gap-2 font-[600]">
                  {nameOf(session)}
                  {session.current ? <Badge look="ok">{t('sessions.current')}</Badge> : null}
                </span>
                <span className="text-13 text-muted">
                  {session.address ? `${session.address}, ` : ''}
                  {t('sessions.lastUsed')} <Moment at={session.lastUsedAt} />
                </span>
                <span className="text-13 text-muted">
                  {t('sessions.signedIn')} <Moment at={session.authenticatedAt} />
                </span>
              </ListRow>
            ))}
          </List>
          {connection.pageInfo.hasNextPage ? (
            <ShowMore busy={fetching} onMore={() => setAfter(connection.pageInfo.endCursor ?? null)} />
          ) : null}
        </Card>
      ) : error ? null : (
        <Card padded={false}>
          <ListSkeleton rows={2} lines={3} />
        </Card>
      )}
      <p className="text-13 text-muted">{t('sessions.note')}</p>
      <ConfirmModal
        open={chosen !== null}
        onClose={() => setChosen(null)}
        title={chosen ? t('sessions.endTitle', { what: nameOf(chosen) }) : ''}
        confirm={t('sessions.end')}
        onConfirm={end}
        error={ending.error}
      >
        <p>{t('sessions.endBody')}</p>
      </ConfirmModal>
    </Page>
  );
};
