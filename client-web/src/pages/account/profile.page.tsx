/** Who the person is: what applications see, if they are allowed to. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { FactsSkeleton } from '../../ui/skeleton.tsx';
import { Month } from '../../ui/time.tsx';
import { EmailCard, EmailCardSkeleton } from './email-card.tsx';
import { AboutFacts, ContactFacts, NameFacts, RegionFacts } from './profile-facts.tsx';

graphql(/* GraphQL */ `
  fragment ProfileFields on User {
    id
    name
    givenName
    middleName
    familyName
    displayName
    nickname
    birthdate
    gender
    website
    profileUrl
    pictureUrl
    phoneNumber
    address {
      streetAddress
      postalCode
      locality
      region
      country
      formatted
    }
    locale
    zoneinfo
  }
`);

const Profile = graphql(/* GraphQL */ `
  query Profile {
    me {
      ...ProfileFields
      username
      createdAt
      roles
      email
      emailVerified
    }
  }
`);

const Group = ({ title, actions, children }: { title: ReactNode; actions?: ReactNode; children: ReactNode }) => (
  <Card padded={false} title={title} actions={actions}>
    <div className="px-4 sm:px-6 py-1">{children}</div>
  </Card>
);

export const ProfilePage = () => {
  const { t } = useTranslation();
  const [{ data, error }, load] = useQuery({ query: Profile });
  const me = data?.me;
  return (
    <Page title={t('profile.title')} lead={t('profile.lead')}>
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {me ? (
        <>
          <Group
            title={
              <div className="flex items-center gap-3 min-w-0 py-1">
                <Avatar name={me.name} of="person" size="large" />
                <div className="grid gap-1 min-w-0">
                  <h2>{me.name}</h2>
                  <span className="text-13 text-muted">
                    @{me.username}, {t('profile.memberSince')} <Month at={me.createdAt} />
                  </span>
                </div>
              </div>
            }
            actions={me.roles.includes('ADMINISTRATOR') ? <Badge look="accent">{t('administrator')}</Badge> : null}
          >
            <NameFacts me={me} />
          </Group>
          <EmailCard email={me.email ?? null} verified={me.emailVerified ?? false} />
          <Group title={t('profile.contact')}>
            <ContactFacts me={me} />
          </Group>
          <Group title={t('profile.about')}>
            <AboutFacts me={me} />
          </Group>
          <Group title={t('profile.languageAndTime')}>
            <RegionFacts me={me} />
          </Group>
        </>
      ) : error ? null : (
        <>
          <Group
            title={
              <div className="flex items-center gap-3 py-1" aria-hidden>
                <span className="size-14 rounded-full bg-line motion-safe:animate-pulse" />
                <span className="h-4 w-40 rounded-1 bg-line motion-safe:animate-pulse" />
              </div>
            }
          >
            <FactsSkeleton rows={6} />
          </Group>
          <EmailCardSkeleton />
          <Group title={t('profile.contact')}>
            <FactsSkeleton rows={2} />
          </Group>
          <Group title={t('profile.about')}>
            <FactsSkeleton rows={5} />
          </Group>
          <Group title={t('profile.languageAndTime')}>
            <FactsSkeleton rows={2} />
          </Group>
        </>
      )}
    </Page>
  );
};
