/** Who the person is: what applications see, if they are allowed to. */
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import type { ProfileQuery, UpdateProfileInput } from '../../graphql/generated/graphql.ts';
import { problemOf } from '../../graphql/problem.ts';
import { changeLanguage, languageNames, languages } from '../../language/language.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice, useProblemText } from '../../ui/problem-notice.tsx';
import { FactsSkeleton } from '../../ui/skeleton.tsx';
import { Month } from '../../ui/time.tsx';
import { useUserErrorText } from '../../ui/user-errors.ts';
import { EditableFact } from './editable-fact.tsx';
import { EmailCard, EmailCardSkeleton } from './email-card.tsx';

const Profile = graphql(/* GraphQL */ `
  query Profile {
    me {
      id
      username
      name
      givenName
      familyName
      displayName
      locale
      zoneinfo
      createdAt
      roles
      email
      emailVerified
    }
  }
`);

const UpdateProfile = graphql(/* GraphQL */ `
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        id
        name
        givenName
        familyName
        displayName
        locale
        zoneinfo
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

type Me = ProfileQuery['me'];

const timeZones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

/** The closed list, with what is stored now, even where it is not in the list. */
const withStored = (choices: readonly { value: string; label: string }[], stored: string, none: string) => [
  { value: '', label: none },
  ...choices,
  ...(stored === '' || choices.some((choice) => choice.value === stored) ? [] : [{ value: stored, label: stored }]),
];

const ProfileFacts = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const [, updateProfile] = useMutation(UpdateProfile);
  const problemText = useProblemText();
  const userErrorText = useUserErrorText();
  const save = (field: keyof UpdateProfileInput) => async (value: string) => {
    const { data, error } = await updateProfile({ input: { [field]: value === '' ? null : value } });
    if (error) return problemText(problemOf(error));
    const [refusal] = data?.updateProfile.userErrors ?? [];
    return refusal ? userErrorText(refusal) : null;
  };
  const languageChoices = languages.map((language) => ({ value: language, label: languageNames[language] }));
  const languageName = languageChoices.find((choice) => choice.value === me.locale)?.label;
  const saveLanguage = async (value: string) => {
    const refusal = await save('locale')(value);
    const language = languages.find((known) => known === value);
    if (refusal === null && language !== undefined) await changeLanguage(language);
    return refusal;
  };
  return (
    <Facts>
      <EditableFact
        name={t('profile.givenName')}
        value={me.givenName ?? ''}
        autoComplete="given-name"
        onSave={save('givenName')}
      />
      <EditableFact
        name={t('profile.familyName')}
        value={me.familyName ?? ''}
        autoComplete="family-name"
        onSave={save('familyName')}
      />
      <EditableFact
        name={t('profile.displayName')}
        value={me.displayName ?? ''}
        autoComplete="nickname"
        onSave={save('displayName')}
      />
      <Fact name={t('profile.username')}>{me.username}</Fact>
      <EditableFact
        name={t('profile.language')}
        value={me.locale ?? ''}
        shown={languageName}
        choices={withStored(languageChoices, me.locale ?? '', t('notSet'))}
        onSave={saveLanguage}
      />
      <EditableFact
        name={t('profile.timeZone')}
        value={me.zoneinfo ?? ''}
        shown={me.zoneinfo?.replaceAll('_', ' ')}
        choices={withStored(timeZones, me.zoneinfo ?? '', t('notSet'))}
        onSave={save('zoneinfo')}
      />
    </Facts>
  );
};

export const ProfilePage = () => {
  const { t } = useTranslation();
  const [{ data, error }, load] = useQuery({ query: Profile });
  const me = data?.me;
  return (
    <Page title={t('profile.title')} lead={t('profile.lead')}>
      {error ? <ProblemNotice error={error} onRetry={() => load({ requestPolicy: 'network-only' })} /> : null}
      {me ? (
        <>
          <Card
            padded={false}
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
            <div className="px-4 sm:px-6 py-1">
              <ProfileFacts me={me} />
            </div>
          </Card>
          <EmailCard email={me.email ?? null} verified={me.emailVerified ?? false} />
        </>
      ) : error ? null : (
        <>
          <Card
            padded={false}
            title={
              <div className="flex items-center gap-3 py-1" aria-hidden>
                <span className="size-14 rounded-full bg-line motion-safe:animate-pulse" />
                <span className="h-4 w-40 rounded-1 bg-line motion-safe:animate-pulse" />
              </div>
            }
          >
            <div className="px-4 sm:px-6 py-1">
              <FactsSkeleton rows={6} />
            </div>
          </Card>
          <EmailCardSkeleton />
        </>
      )}
    </Page>
  );
};
