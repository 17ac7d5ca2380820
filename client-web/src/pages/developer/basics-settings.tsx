/** What people and administrators read about an app. */
import type { Path } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useScopes } from '../../auth/signed-in.tsx';
import { Checkbox, TextArea, TextField } from '../../ui/field.tsx';
import type { AppDetails } from './app-details.ts';
import { type AppChanges, oneOf, SettingsSection } from './settings-section.tsx';

const addresses = ['homepageUri', 'logoUri', 'policyUri', 'tosUri'] as const;
const software = ['softwareId', 'softwareVersion'] as const;
const fields = ['name', ...addresses, 'contacts', ...software, 'trusted'] as const;

type BasicsForm = Record<Exclude<(typeof fields)[number], 'trusted'>, string> & { trusted: boolean };

const valuesOf = (app: AppDetails): BasicsForm => ({
  name: app.name,
  homepageUri: app.homepageUri ?? '',
  logoUri: app.logoUri ?? '',
  policyUri: app.policyUri ?? '',
  tosUri: app.tosUri ?? '',
  contacts: app.contacts.join('\n'),
  softwareId: app.softwareId ?? '',
  softwareVersion: app.softwareVersion ?? '',
  trusted: app.trusted,
});

const changesOf = (values: BasicsForm, mayTrust: boolean): AppChanges => ({
  name: values.name.trim(),
  ...Object.fromEntries([...addresses, ...software].map((field) => [field, values[field].trim() || null])),
  contacts: values.contacts
    .split('\n')
    .map((contact) => contact.trim())
    .filter(Boolean),
  ...(mayTrust ? { trusted: values.trusted } : {}),
});

export const BasicsSettings = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const mayTrust = useScopes().has('admin:apps:write');
  return (
    <SettingsSection<BasicsForm>
      title={t('app.tabs.basics')}
      app={app}
      valuesOf={valuesOf}
      changesOf={(values) => changesOf(values, mayTrust)}
      fieldOf={oneOf<Path<BasicsForm>>(fields)}
    >
      {({ register, formState: { errors } }) => (
        <>
          <TextField
            label={t('app.name')}
            hint={t('app.nameHint')}
            autoComplete="off"
            maxLength={200}
            error={errors.name?.message}
            {...register('name', { validate: (value) => value.trim() !== '' || t('app.nameRequired') })}
          />
          {addresses.map((field) => (
            <TextField
              key={field}
              label={t(`app.${field}`)}
              hint={t(`app.${field}Hint`)}
              inputMode="url"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={errors[field]?.message}
              {...register(field)}
            />
          ))}
          <TextArea
            label={t('app.contacts')}
            hint={t('app.contactsHint')}
            rows={2}
            autoComplete="off"
            spellCheck={false}
            error={errors.contacts?.message}
            {...register('contacts')}
          />
          <div className="grid sm:grid-cols-2 gap-6">
            {software.map((field) => (
              <TextField
                key={field}
                label={t(`app.${field}`)}
                autoComplete="off"
                spellCheck={false}
                error={errors[field]?.message}
                {...register(field)}
              />
            ))}
          </div>
          {mayTrust ? <Checkbox label={t('app.trust')} hint={t('app.trustHint')} {...register('trusted')} /> : null}
        </>
      )}
    </SettingsSection>
  );
};
