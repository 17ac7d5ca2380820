/** How an app comes to tokens, and what it may ask for. */
import type { Path } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useScopes } from '../../auth/signed-in.tsx';
import type { GrantType, SubjectType } from '../../graphql/generated/graphql.ts';
import { DurationField } from '../../ui/duration-field.tsx';
import { type Duration, durationOf, secondsOf } from '../../ui/durations.ts';
import { Checkbox, CheckboxGroup, SelectField, TextField } from '../../ui/field.tsx';
import { ApiAccessFields, type ApiScope, apiChoices, apisOf } from './api-access-fields.tsx';
import type { AppDetails } from './app-details.ts';
import { grantTypesOf, signsPeopleIn, standardNames } from './app-kinds.tsx';
import { administrativeScopes, openScopes, serviceScopes } from './app-scopes.ts';
import { redirectUriProblem } from './redirect-uris.ts';
import { type AppChanges, oneOf, SettingsSection } from './settings-section.tsx';
import { UriListFields, uriFields, urisOf } from './uri-list-fields.tsx';

interface SignInForm {
  grantTypes: GrantType[];
  redirectUris: { uri: string }[];
  scopes: string[];
  apis: ApiScope[];
  requirePkce: boolean;
  requirePushedAuthorizationRequests: boolean;
  requireSignedRequestObject: boolean;
  defaultMaxAge: Duration;
  subjectType: SubjectType;
  sectorIdentifierUri: string;
  initiateLoginUri: string;
}

const demands = ['requirePkce', 'requirePushedAuthorizationRequests', 'requireSignedRequestObject'] as const;
const addresses = ['sectorIdentifierUri', 'initiateLoginUri'] as const;
const plainFields = ['grantTypes', 'scopes', 'apis', ...demands, 'subjectType', ...addresses] as const;

const fieldOf = (path: readonly string[]): Path<SignInForm> | null => {
  const [first, second] = path;
  if (first === 'redirectUris') return `redirectUris.${Number(second ?? 0)}.uri`;
  return first === 'defaultMaxAge' ? 'defaultMaxAge.amount' : oneOf(plainFields)(path);
};

const valuesOf = (app: AppDetails): SignInForm => ({
  grantTypes: [...app.grantTypes],
  redirectUris: uriFields(app.redirectUris.length > 0 ? app.redirectUris : ['']),
  scopes: [...app.scopes],
  apis: apiChoices(app.apis),
  requirePkce: app.requirePkce,
  requirePushedAuthorizationRequests: app.requirePushedAuthorizationRequests,
  requireSignedRequestObject: app.requireSignedRequestObject,
  defaultMaxAge: durationOf(app.defaultMaxAge, 'minutes'),
  subjectType: app.subjectType,
  sectorIdentifierUri: app.sectorIdentifierUri ?? '',
  initiateLoginUri: app.initiateLoginUri ?? '',
});

const changesOf = (values: SignInForm, app: AppDetails): AppChanges => {
  const access = { grantTypes: values.grantTypes, scopes: values.scopes, apis: apisOf(values.apis) };
  if (!signsPeopleIn(app.type)) return access;
  return {
    ...access,
    // Without the grant they are not shown, and stay as they are.
    ...(values.grantTypes.includes('AUTHORIZATION_CODE') ? { redirectUris: urisOf(values.redirectUris) } : {}),
    requirePkce: values.requirePkce,
    requirePushedAuthorizationRequests: values.requirePushedAuthorizationRequests,
    requireSignedRequestObject: values.requireSignedRequestObject,
    defaultMaxAge: secondsOf(values.defaultMaxAge),
    subjectType: values.subjectType,
    sectorIdentifierUri: values.sectorIdentifierUri.trim() || null,
    initiateLoginUri: values.initiateLoginUri.trim() || null,
  };
};

/** What suits the kind of app, and what it has though it does not. */
const withOwn = <T,>(suitable: readonly T[], own: readonly T[]): readonly T[] => [
  ...suitable,
  ...own.filter((each) => !suitable.includes(each)),
];

export const SignInSettings = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const administrator = useScopes().has('admin:apps:write');
  const interactive = signsPeopleIn(app.type);
  const grants = withOwn(
    grantTypesOf[app.type].filter((grant) => grant !== 'TOKEN_EXCHANGE' || administrator),
    app.grantTypes,
  );
  const open = interactive ? openScopes : serviceScopes;
  const scopes = withOwn(administrator ? [...open, ...administrativeScopes] : open, app.scopes);
  const fapi = app.profile === 'FAPI2';
  // An app without a secret is protected by it alone.
  const fixed = {
    requirePkce: fapi || app.authMethod === 'NONE',
    requirePushedAuthorizationRequests: fapi,
    requireSignedRequestObject: false,
  };
  const address = (value: string) => {
    const problem = value.trim() === '' ? null : redirectUriProblem(value.trim(), 'WEB');
    return problem === null || t(`redirectUri.${problem}`);
  };
  return (
    <SettingsSection<SignInForm>
      title={t(interactive ? 'app.tabs.signIn' : 'app.tabs.access')}
      app={app}
      valuesOf={valuesOf}
      changesOf={(values) => changesOf(values, app)}
      fieldOf={fieldOf}
    >
      {({ register, watch, formState: { errors } }) => (
        <>
          <CheckboxGroup legend={t('app.grantTypes')} error={errors.grantTypes?.message}>
            {grants.map((grant) => (
              <Checkbox
                key={grant}
                value={grant}
                label={
                  <>
                    {t(`grantType.${grant}`)}{' '}
                    <code className="font-mono text-13 text-muted">{standardNames[grant]}</code>
                  </>
                }
                hint={t(`grantTypeHint.${grant}`)}
                {...register('grantTypes')}
              />
            ))}
          </CheckboxGroup>
          {watch('grantTypes').includes('AUTHORIZATION_CODE') ? (
            <UriListFields name="redirectUris" type={app.type} needed />
          ) : null}
          <CheckboxGroup
            legend={t('app.scopes')}
            hint={t(interactive ? 'app.scopesHint' : 'app.serviceScopesHint')}
            error={errors.scopes?.message}
            columns
          >
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={<code className="font-mono text-13">{scope}</code>}
                {...register('scopes')}
              />
            ))}
          </CheckboxGroup>
          <ApiAccessFields choice={register('apis')} error={errors.apis?.message ?? errors.apis?.[0]?.message} />
          {interactive ? (
            <>
              <CheckboxGroup legend={t('app.requests')}>
                {demands.map((demand) => (
                  <Checkbox
                    // Another box where it cannot be changed: React keeps apart what a form owns and what is fixed.
                    key={`${demand} ${fixed[demand]}`}
                    label={t(`app.${demand}`)}
                    hint={t(fixed[demand] ? `app.${fapi ? 'fapiDemands' : 'pkceProtects'}` : `app.${demand}Hint`)}
                    error={errors[demand]?.message}
                    {...(fixed[demand] ? { checked: true, disabled: true, readOnly: true } : register(demand))}
                  />
                ))}
              </CheckboxGroup>
              <DurationField
                label={t('app.defaultMaxAge')}
                hint={t('app.defaultMaxAgeHint')}
                error={errors.defaultMaxAge?.amount?.message}
                amount={register('defaultMaxAge.amount', {
                  validate: (amount, form) =>
                    !Number.isNaN(secondsOf({ ...form.defaultMaxAge, amount })) || t('duration.invalid'),
                })}
                unit={register('defaultMaxAge.unit')}
              />
              <SelectField
                label={t('app.subjectType')}
                hint={t('app.subjectTypeHint')}
                error={errors.subjectType?.message}
                {...register('subjectType')}
              >
                <option value="PUBLIC">{t('app.subjectTypes.PUBLIC')}</option>
                <option value="PAIRWISE">{t('app.subjectTypes.PAIRWISE')}</option>
              </SelectField>
              {addresses
                .filter((field) => field !== 'sectorIdentifierUri' || watch('subjectType') === 'PAIRWISE')
                .map((field) => (
                  <TextField
                    key={field}
                    label={t(`app.${field}`)}
                    hint={t(`app.${field}Hint`)}
                    inputMode="url"
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    error={errors[field]?.message}
                    {...register(field, { validate: address })}
                  />
                ))}
            </>
          ) : null}
        </>
      )}
    </SettingsSection>
  );
};
