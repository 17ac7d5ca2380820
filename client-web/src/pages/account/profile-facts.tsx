/** What a person can say of themselves, each line changed where it stands. All of it is optional. */
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import type { ProfileQuery, UpdateProfileInput } from '../../graphql/generated/graphql.ts';
import { problemOf } from '../../graphql/problem.ts';
import { changeLanguage, languageNames, languages } from '../../language/language.ts';
import { Fact, Facts } from '../../ui/card.tsx';
import { useProblemText } from '../../ui/problem-notice.tsx';
import { Birthday } from '../../ui/time.tsx';
import { useUserErrorText } from '../../ui/user-errors.ts';
import { AddressFact } from './address-fact.tsx';
import { ChoiceFact, TextFact } from './editable-fact.tsx';

const UpdateProfile = graphql(/* GraphQL */ `
  mutation UpdateProfile($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        ...ProfileFields
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
type TextOfProfile = Exclude<keyof UpdateProfileInput, 'address'>;

const useSave = () => {
  const [, updateProfile] = useMutation(UpdateProfile);
  const problemText = useProblemText();
  const textOf = useUserErrorText();
  const save = async (input: UpdateProfileInput) => {
    const { data, error } = await updateProfile({ input });
    if (error) return problemText(problemOf(error));
    return { refusals: data?.updateProfile.userErrors ?? [], textOf };
  };
  const saveText = (field: TextOfProfile) => async (value: string) => {
    const answer = await save({ [field]: value === '' ? null : value });
    if (typeof answer === 'string') return answer;
    const [refusal] = answer.refusals;
    return refusal ? textOf(refusal) : null;
  };
  return { save, saveText };
};

export const NameFacts = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const { saveText } = useSave();
  const names = [
    ['givenName', 'given-name'],
    ['middleName', 'additional-name'],
    ['familyName', 'family-name'],
    ['displayName', 'name'],
    ['nickname', 'nickname'],
  ] as const;
  return (
    <Facts>
      {names.map(([field, autoComplete]) => (
        <TextFact
          key={field}
          name={t(`profile.${field}`)}
          value={me[field] ?? ''}
          autoComplete={autoComplete}
          onSave={saveText(field)}
        />
      ))}
      <Fact name={t('profile.username')}>{me.username}</Fact>
    </Facts>
  );
};

/** An address of the web, which opens elsewhere: this page keeps what is being edited. */
const Elsewhere = ({ url }: { url: string }) => (
  <a href={url} target="_blank" rel="noreferrer" className="text-accent hover:underline">
    {url}
  </a>
);

export const AboutFacts = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const { saveText } = useSave();
  return (
    <Facts>
      <TextFact
        name={t('profile.birthdate')}
        value={me.birthdate ?? ''}
        shown={me.birthdate ? <Birthday date={me.birthdate} /> : null}
        hint={t('profile.birthdateHint')}
        autoComplete="bday"
        onSave={saveText('birthdate')}
      />
      <TextFact
        name={t('profile.gender')}
        value={me.gender ?? ''}
        hint={t('profile.genderHint')}
        autoComplete="sex"
        onSave={saveText('gender')}
      />
      {(['website', 'profileUrl', 'pictureUrl'] as const).map((field) => (
        <TextFact
          key={field}
          name={t(`profile.${field}`)}
          value={me[field] ?? ''}
          shown={me[field] ? <Elsewhere url={me[field]} /> : null}
          hint={t('profile.urlHint')}
          inputMode="url"
          maxLength={2000}
          autoComplete={field === 'pictureUrl' ? 'photo' : 'url'}
          onSave={saveText(field)}
        />
      ))}
    </Facts>
  );
};

export const ContactFacts = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const { save, saveText } = useSave();
  return (
    <Facts>
      <TextFact
        name={t('profile.phoneNumber')}
        value={me.phoneNumber ?? ''}
        hint={t('profile.phoneHint')}
        inputMode="tel"
        autoComplete="tel"
        onSave={saveText('phoneNumber')}
      />
      <AddressFact address={me.address ?? null} onSave={(address) => save({ address })} />
    </Facts>
  );
};

const languageChoices = languages.map((language) => ({ value: language, label: languageNames[language] }));
const timeZones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

export const RegionFacts = ({ me }: { me: Me }) => {
  const { t } = useTranslation();
  const { saveText } = useSave();
  const saveLanguage = async (value: string) => {
    const refusal = await saveText('locale')(value);
    const language = languages.find((known) => known === value);
    if (refusal === null && language !== undefined) await changeLanguage(language);
    return refusal;
  };
  return (
    <Facts>
      <ChoiceFact
        name={t('profile.language')}
        value={me.locale ?? ''}
        choices={languageChoices}
        onSave={saveLanguage}
      />
      <ChoiceFact
        name={t('profile.timeZone')}
        value={me.zoneinfo ?? ''}
        choices={timeZones}
        onSave={saveText('zoneinfo')}
      />
    </Facts>
  );
};
