/** What the developer can change of an app. */
import { Check } from 'lucide-react';
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import type { AuthMethod } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, SelectField, TextField } from '../../ui/field.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { placeUserErrors, type UserError, useUserErrorText } from '../../ui/user-errors.ts';
import { keepsSecret, signsPeopleIn } from './app-kinds.tsx';
import { openScopes } from './app-scopes.ts';
import type { AppDetails } from './credentials-card.tsx';
import { RedirectUriFields } from './redirect-uri-fields.tsx';

const UpdateApp = graphql(/* GraphQL */ `
  mutation UpdateApp($input: UpdateAppInput!) {
    updateApp(input: $input) {
      app {
        id
        name
        redirectUris
        homepageUri
        authMethod
        scopes
        requirePkce
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

interface SettingsForm {
  name: string;
  homepageUri: string;
  redirectUris: { uri: string }[];
  authMethod: AuthMethod;
  requirePkce: boolean;
  scopes: string[];
}

type Field = 'name' | 'homepageUri' | 'authMethod' | `redirectUris.${number}.uri`;

const fieldOf = ([first, second]: readonly string[]): Field | null => {
  if (first === 'name' || first === 'homepageUri' || first === 'authMethod') return first;
  return first === 'redirectUris' ? `redirectUris.${Number(second ?? 0)}.uri` : null;
};

const valuesOf = (app: AppDetails): SettingsForm => ({
  name: app.name,
  homepageUri: app.homepageUri ?? '',
  redirectUris: app.redirectUris.length > 0 ? app.redirectUris.map((uri) => ({ uri })) : [{ uri: '' }],
  authMethod: app.authMethod,
  requirePkce: app.requirePkce,
  scopes: [...app.scopes],
});

export const AppSettings = ({ app }: { app: AppDetails }) => {
  const { t } = useTranslation();
  const form = useForm<SettingsForm>({ mode: 'onTouched', reValidateMode: 'onChange', defaultValues: valuesOf(app) });
  const [{ error }, updateApp] = useMutation(UpdateApp);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const userErrorText = useUserErrorText();
  const [saved, setSaved] = useState(false);
  const { errors, isSubmitting } = form.formState;
  const confidential = keepsSecret(app.type);
  const interactive = signsPeopleIn(app.type);
  // Scopes that an administrator gave are kept, though nobody else could ask for them.
  const scopes = [...openScopes, ...app.scopes.filter((scope) => !openScopes.includes(scope))];

  const submit = form.handleSubmit(async (values) => {
    const { data } = await updateApp({
      input: {
        id: app.id,
        name: values.name.trim(),
        homepageUri: values.homepageUri.trim() || null,
        scopes: values.scopes,
        ...(interactive ? { redirectUris: values.redirectUris.map(({ uri }) => uri.trim()) } : {}),
        ...(confidential ? { authMethod: values.authMethod } : {}),
        ...(app.type === 'WEB' ? { requirePkce: values.requirePkce } : {}),
      },
    });
    if (!data) return;
    setRefusals(
      placeUserErrors(data.updateApp.userErrors, fieldOf, (field, refusal, first) =>
        form.setError(field, { message: userErrorText(refusal) }, { shouldFocus: first }),
      ),
    );
    if (data.updateApp.app) {
      form.reset(valuesOf({ ...app, ...data.updateApp.app }));
      setSaved(true);
    }
  });

  return (
    <Card title={t('app.settings')}>
      <FormProvider {...form}>
        <form onSubmit={submit} onChange={() => setSaved(false)} noValidate className="grid gap-6 max-w-[640px]">
          <TextField
            label={t('app.name')}
            autoComplete="off"
            maxLength={200}
            error={errors.name?.message}
            {...form.register('name', { validate: (value) => value.trim() !== '' || t('app.nameRequired') })}
          />
          {interactive ? <RedirectUriFields type={app.type} /> : null}
          <TextField
            label={t('app.homepage')}
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={errors.homepageUri?.message}
            {...form.register('homepageUri')}
          />
          <fieldset className="grid gap-1">
            <legend className="text-14 font-[540] mb-1.5">{t('app.scopes')}</legend>
            <p className="text-13 text-muted mb-1">{t('app.scopesHint')}</p>
            <div className="grid sm:grid-cols-2 gap-x-6">
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={<code className="font-mono text-13">{scope}</code>}
                  {...form.register('scopes')}
                />
              ))}
            </div>
          </fieldset>
          {confidential ? (
            <SelectField
              label={t('app.authMethod')}
              hint={t('app.authMethodHint')}
              error={errors.authMethod?.message}
              {...form.register('authMethod')}
            >
              {app.authMethod === 'NONE' ? <option value="NONE">none</option> : null}
              <option value="CLIENT_SECRET_BASIC">client_secret_basic</option>
              <option value="CLIENT_SECRET_POST">client_secret_post</option>
            </SelectField>
          ) : null}
          {app.type === 'WEB' ? (
            <Checkbox label={t('app.requirePkce')} hint={t('app.requirePkceHint')} {...form.register('requirePkce')} />
          ) : null}
          <FormRefusals refusals={refusals} />
          {error ? <ProblemNotice error={error} /> : null}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" look="primary" busy={isSubmitting}>
              {t('save')}
            </Button>
            <span role="status" className="flex items-center gap-1 text-13 text-ok">
              {saved ? (
                <>
                  <Check aria-hidden className="size-4" />
                  {t('saved')}
                </>
              ) : null}
            </span>
          </div>
        </form>
      </FormProvider>
    </Card>
  );
};
