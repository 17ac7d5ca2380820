/** All accounts: finding one, locking it, making somebody an administrator. */
import { UserPlus, UsersRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useScopes } from '../../auth/signed-in.tsx';
import { graphql } from '../../graphql/generated/gql.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card, List } from '../../ui/card.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SearchField, useSearch } from '../../ui/search-field.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ListSkeleton } from '../../ui/skeleton.tsx';
import { NotAllowed } from './not-allowed.tsx';
import { UserRow } from './user-row.tsx';

const Users = graphql(/* GraphQL */ `
  query Users($after: String, $search: String) {
    me {
      id
    }
    users(first: 20, after: $after, search: $search) {
      nodes {
        id
        username
        name
        email
        emailVerified
        roles
        lockedAt
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const UsersList = () => {
  const { t } = useTranslation();
  const { search, typed, type } = useSearch();
  const [after, setAfter] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins with its first page
  useEffect(() => setAfter(null), [search]);
  const [{ data, error, fetching }, load] = useQuery({ query: Users, variables: { after, search: search || null } });
  const users = data?.users;
  return (
    <Page
      wide
      title={t('users.title')}
      lead={t('users.lead')}
      actions={
        <LinkButton to="/admin/users/new" look="primary">
          <UserPlus aria-hidden />
          {t('users.create')}
        </LinkButton>
      }
    >
      <SearchField label={t('users.search')} value={typed} onType={type} />
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {users ? (
        <Card padded={false}>
          {users.nodes.length === 0 ? (
            <Empty icon={<UsersRound />} title={t('users.none')}>
              {t('users.noneLead', { search })}
            </Empty>
          ) : (
            <List label={t('users.title')} busy={fetching}>
              {users.nodes.map((user) => (
                <UserRow key={user.id} user={user} own={user.id === data.me.id} />
              ))}
            </List>
          )}
          {users.pageInfo.hasNextPage ? (
            <ShowMore busy={fetching} onMore={() => setAfter(users.pageInfo.endCursor ?? null)} />
          ) : null}
        </Card>
      ) : error ? null : (
        <Card padded={false}>
          <ListSkeleton rows={6} />
        </Card>
      )}
    </Page>
  );
};

export const UsersPage = () => (useScopes().has('admin:users:read') ? <UsersList /> : <NotAllowed />);
