/** What an app's tokens are like, and how long they last. */
import type { Path } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { SigningAlgorithm } from '../../graphql/generated/graphql.ts';
import { DurationField } from '../../ui/duration-field.tsx';
import { type Duration, durationOf, secondsOf } from '../../ui/durations.ts';
import { Checkbox, SelectField } from '../../ui/field.tsx';
import type { AppDetails } from './app-details.ts';
import { signsPeopleIn } from './app-kinds.tsx';
import { type AppChanges, oneOf, SettingsSection } from './settings-section.tsx';

const lifetimes = ['accessTokenLifetime', 'idTokenLifetime', 'refreshTokenLifetime', 'refreshFamilyLifetime'] as const;
type Lifetime = (typeof lifetimes)[number];

/** What is proposed for the first number that is typed. */
const usualUnits = {
  accessTokenLifetime: 'minutes',
  idTokenLifetime: 'minutes',
  refreshTokenLifetime: 'days',
  refreshFamilyLifetime: 'days',
} as const satisfies Record<Lifetime, Duration['unit']>;

const algorithms: Readonly<Record<SigningAlgorithm, string>> = { ES256: 'ES256', RS256: 'RS256', EDDSA: 'EdDSA' };
const algorithmNames: readonly SigningAlgorithm[] = ['ES256', 'RS256', 'EDDSA'];

interface TokensForm extends Record<Lifetime, Duration> {
  dpopBoundAccessTokens: boolean;
  idTokenSignedResponseAlg: SigningAlgorithm;
  userinfoSignedResponseAlg: SigningAlgorithm | '';
}

const plainFields = ['dpopBoundAccessTokens', 'idTokenSignedResponseAlg', 'userinfoSignedResponseAlg'] as const;

const fieldOf = (path: readonly string[]): Path<TokensForm> | null => {
  const lifetime = oneOf(lifetimes)(path);
  return lifetime === null ? oneOf(plainFields)(path) : `${lifetime}.amount`;
};

const valuesOf = (app: AppDetails): TokensForm => ({
  accessTokenLifetime: durationOf(app.accessTokenLifetime, usualUnits.accessTokenLifetime),
  idTokenLifetime: durationOf(app.idTokenLifetime, usualUnits.idTokenLifetime),
  refreshTokenLifetime: durationOf(app.refreshTokenLifetime, usualUnits.refreshTokenLifetime),
  refreshFamilyLifetime: durationOf(app.refreshFamilyLifetime, usualUnits.refreshFamilyLifetime),
  dpopBoundAccessTokens: app.dpopBoundAccessTokens,
  idTokenSignedResponseAlg: app.idTokenSignedResponseAlg,
  userinfoSignedResponseAlg: app.userinfoSignedResponseAlg ?? '',
});

const changesOf = (values: TokensForm, interactive: boolean): AppChanges => ({
  dpopBoundAccessTokens: values.dpopBoundAccessTokens,
  accessTokenLifetime: secondsOf(values.accessTokenLifetime),
  ...(interactive
    ? {
        idTokenLifetime: secondsOf(values.idTokenLifetime),
        refreshTokenLifetime: secondsOf(values.refreshTokenLifetime),
        refreshFamilyLifetime: secondsOf(values.refreshFamilyLifetime),
        idTokenSignedResponseAlg: values.idTokenSignedResponseAlg,
        userinfoSignedResponseAlg: values.userinfoSignedResponseAlg || null,
      }
    : {}),
});

export const TokenSettings = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const interactive = signsPeopleIn(app.type);
  const fapi = app.profile === 'FAPI2';
  const offered = algorithmNames.filter((each) => each !== 'RS256' || !fapi);
  return (
    <SettingsSection<TokensForm>
      title={t('app.tabs.tokens')}
      app={app}
      valuesOf={valuesOf}
      changesOf={(values) => changesOf(values, interactive)}
      fieldOf={fieldOf}
    >
      {({ register, formState: { errors } }) => (
        <>
          {lifetimes
            .filter((lifetime) => interactive || lifetime === 'accessTokenLifetime')
            .map((lifetime) => (
              <DurationField
                key={lifetime}
                label={t(`app.${lifetime}`)}
                hint={t(`app.${lifetime}Hint`)}
                error={errors[lifetime]?.amount?.message}
                amount={register(`${lifetime}.amount`, {
                  validate: (amount, form) =>
                    !Number.isNaN(secondsOf({ ...form[lifetime], amount })) || t('duration.invalid'),
                })}
                unit={register(`${lifetime}.unit`)}
              />
            ))}
          <Checkbox
            // Another box where it cannot be changed: React keeps apart what a form owns and what is fixed.
            key={String(fapi)}
            label={t('app.dpopBoundAccessTokens')}
            hint={t(fapi ? 'app.fapiDemands' : 'app.dpopBoundAccessTokensHint')}
            error={errors.dpopBoundAccessTokens?.message}
            {...(fapi ? { checked: true, disabled: true, readOnly: true } : register('dpopBoundAccessTokens'))}
          />
          {interactive ? (
            <div className="grid sm:grid-cols-2 gap-6">
              <SelectField
                label={t('app.idTokenSignedResponseAlg')}
                hint={t('app.idTokenSignedResponseAlgHint')}
                error={errors.idTokenSignedResponseAlg?.message}
                {...register('idTokenSignedResponseAlg')}
              >
                {offered.map((each) => (
                  <option key={each} value={each}>
                    {algorithms[each]}
                  </option>
                ))}
              </SelectField>
              <SelectField
                label={t('app.userinfoSignedResponseAlg')}
                hint={t('app.userinfoSignedResponseAlgHint')}
                error={errors.userinfoSignedResponseAlg?.message}
                {...register('userinfoSignedResponseAlg')}
              >
                <option value="">{t('app.unsigned')}</option>
                {offered.map((each) => (
                  <option key={each} value={each}>
                    {algorithms[each]}
                  </option>
                ))}
              </SelectField>
            </div>
          ) : null}
        </>
      )}
    </SettingsSection>
  );
};
