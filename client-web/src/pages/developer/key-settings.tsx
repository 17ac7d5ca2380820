/** How an app proves that it is itself. */
import type { Path, UseFormRegister } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { AuthMethod, ClientSigningAlgorithm } from '../../graphql/generated/graphql.ts';
import { SelectField } from '../../ui/field.tsx';
import type { AppDetails } from './app-details.ts';
import { authMethodsOf, standardNames } from './app-kinds.tsx';
import { keyChangesOf, keyFieldOf, keyValuesOf, PublicKeyFields, type PublicKeysForm } from './public-key-fields.tsx';
import { oneOf, SettingsSection } from './settings-section.tsx';

const algorithms: Readonly<Record<ClientSigningAlgorithm, string>> = {
  ES256: 'ES256',
  PS256: 'PS256',
  EDDSA: 'EdDSA',
  RS256: 'RS256',
};
const algorithmNames: readonly ClientSigningAlgorithm[] = ['ES256', 'PS256', 'EDDSA', 'RS256'];
const algorithmFields = ['tokenEndpointAuthSigningAlg', 'requestObjectSigningAlg'] as const;

interface KeysForm extends PublicKeysForm, Record<(typeof algorithmFields)[number], ClientSigningAlgorithm | ''> {
  authMethod: AuthMethod;
}

const plainFields = ['authMethod', ...algorithmFields] as const;

const valuesOf = (app: AppDetails): KeysForm => ({
  ...keyValuesOf(app),
  authMethod: app.authMethod,
  tokenEndpointAuthSigningAlg: app.tokenEndpointAuthSigningAlg ?? '',
  requestObjectSigningAlg: app.requestObjectSigningAlg ?? '',
});

export const KeySettings = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const fapi = app.profile === 'FAPI2';
  const suitable: readonly AuthMethod[] = fapi ? ['PRIVATE_KEY_JWT'] : authMethodsOf[app.type];
  const methods = suitable.includes(app.authMethod) ? suitable : [app.authMethod, ...suitable];
  const offered = algorithmNames.filter((each) => each !== 'RS256' || !fapi);
  return (
    <SettingsSection<KeysForm>
      title={t('app.tabs.keys')}
      app={app}
      valuesOf={valuesOf}
      changesOf={(values) => ({
        ...keyChangesOf(values),
        authMethod: values.authMethod,
        tokenEndpointAuthSigningAlg: values.tokenEndpointAuthSigningAlg || null,
        requestObjectSigningAlg: values.requestObjectSigningAlg || null,
      })}
      fieldOf={(path, values) => keyFieldOf(path, values) ?? oneOf<Path<KeysForm>>(plainFields)(path)}
    >
      {({ register, watch, formState: { errors } }) => {
        const method = watch('authMethod');
        const losesSecret = app.secrets.length > 0 && (method === 'PRIVATE_KEY_JWT' || method === 'NONE');
        return (
          <>
            <SelectField
              label={t('app.authMethod')}
              hint={t(losesSecret ? 'app.losesSecret' : `authMethodHint.${method}`)}
              error={errors.authMethod?.message}
              {...register('authMethod')}
            >
              {methods.map((each) => (
                <option key={each} value={each}>
                  {standardNames[each]}
                </option>
              ))}
            </SelectField>
            <PublicKeyFields
              source={watch('keySource')}
              register={register as unknown as UseFormRegister<PublicKeysForm>}
              errors={errors}
            />
            {watch('keySource') === 'none' ? null : (
              <div className="grid sm:grid-cols-2 gap-6">
                {algorithmFields.map((field) => (
                  <SelectField
                    key={field}
                    label={t(`app.${field}`)}
                    hint={t(`app.${field}Hint`)}
                    error={errors[field]?.message}
                    {...register(field)}
                  >
                    <option value="">{t('app.anyAlgorithm')}</option>
                    {offered.map((each) => (
                      <option key={each} value={each}>
                        {algorithms[each]}
                      </option>
                    ))}
                  </SelectField>
                ))}
              </div>
            )}
          </>
        );
      }}
    </SettingsSection>
  );
};
