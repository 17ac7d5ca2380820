/** Registers an app: what it is called, what it is, where people come back to. */
import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import type { AppType, RegisterAppInput, RegisterAppMutation } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { placeUserErrors, type UserError, useUserErrorText } from '../../ui/user-errors.ts';
import { appTypeIcons, appTypes, signsPeopleIn } from './app-kinds.tsx';
import { NewCredentials } from './new-credentials.tsx';
import { UriListFields, uriFields, urisOf } from './uri-list-fields.tsx';

const RegisterApp = graphql(/* GraphQL */ `
  mutation RegisterApp($input: RegisterAppInput!) {
    registerApp(input: $input) {
      app {
        id
        clientId
        name
        type
      }
      clientSecret
      userErrors {
        code
        message
        path
      }
    }
  }
`);

interface AppForm {
  name: string;
  type: AppType;
  /** Whether it signs people in by a code that they type in elsewhere. */
  deviceFlow: boolean;
  homepageUri: string;
  redirectUris: { uri: string }[];
}

type Field = 'name' | 'homepageUri' | `redirectUris.${number}.uri`;

const fieldOf = ([first, second]: readonly string[]): Field | null => {
  if (first === 'name' || first === 'homepageUri') return first;
  return first === 'redirectUris' ? `redirectUris.${Number(second ?? 0)}.uri` : null;
};

/** What is not said is preset by the server. */
const inputOf = ({ name, type, deviceFlow, homepageUri, redirectUris }: AppForm): RegisterAppInput => {
  const uris = signsPeopleIn(type) ? urisOf(redirectUris) : [];
  const said = { name: name.trim(), type, redirectUris: uris, homepageUri: homepageUri.trim() || null };
  if (type !== 'NATIVE' || !deviceFlow) return said;
  return {
    ...said,
    grantTypes: [...(uris.length > 0 ? (['AUTHORIZATION_CODE'] as const) : []), 'DEVICE_CODE', 'REFRESH_TOKEN'],
  };
};

const TypeChoice = ({ type, chosen, onChoose }: { type: AppType; chosen: boolean; onChoose: () => void }) => {
  const { t } = useTranslation();
  const Icon = appTypeIcons[type];
  return (
    <label className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-3 p-4 border border-line-control rounded-1 cursor-pointer has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name="type"
        value={type}
        checked={chosen}
        onChange={onChoose}
        aria-describedby={`type-${type}`}
        className="mt-0.5 size-5 accent-accent outline-none"
      />
      <span className="text-14 font-[560]">{t(`appType.${type}`)}</span>
      <Icon aria-hidden className="text-muted" />
      <span id={`type-${type}`} className="col-start-2 col-span-2 text-13 text-muted">
        {t(`appTypeLead.${type}`)}
      </span>
    </label>
  );
};

export const NewAppPage = () => {
  const { t } = useTranslation();
  const form = useForm<AppForm>({
    mode: 'onTouched',
    reValidateMode: 'onChange',
    defaultValues: { name: '', type: 'WEB', deviceFlow: false, homepageUri: '', redirectUris: uriFields(['']) },
  });
  const [{ error }, registerApp] = useMutation(RegisterApp);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const [registered, setRegistered] = useState<RegisterAppMutation['registerApp'] | null>(null);
  const userErrorText = useUserErrorText();
  const type = form.watch('type');
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    const { data } = await registerApp({ input: inputOf(values) });
    if (!data) return;
    setRefusals(
      placeUserErrors(data.registerApp.userErrors, fieldOf, (field, refusal, first) =>
        form.setError(field, { message: userErrorText(refusal) }, { shouldFocus: first }),
      ),
    );
    if (data.registerApp.app) setRegistered(data.registerApp);
  });

  if (registered?.app) {
    return <NewCredentials app={registered.app} secret={registered.clientSecret ?? null} />;
  }
  return (
    <Page title={t('newApp.title')} lead={t('newApp.lead')} back={{ to: '/developer/apps', label: t('apps.title') }}>
      <Card>
        <FormProvider {...form}>
          <form onSubmit={submit} noValidate className="grid gap-6 max-w-[640px]">
            <TextField
              label={t('app.name')}
              hint={t('app.nameHint')}
              autoComplete="off"
              maxLength={200}
              error={errors.name?.message}
              {...form.register('name', {
                validate: (value) => value.trim() !== '' || t('app.nameRequired'),
              })}
            />
            <fieldset className="grid gap-2">
              <legend className="text-14 font-[540] mb-1.5">{t('app.type')}</legend>
              {appTypes.map((each) => (
                <TypeChoice
                  key={each}
                  type={each}
                  chosen={each === type}
                  onChoose={() => {
                    form.setValue('type', each);
                    if (form.formState.touchedFields.redirectUris) void form.trigger('redirectUris');
                  }}
                />
              ))}
            </fieldset>
            {type === 'NATIVE' ? (
              <Checkbox
                label={t('newApp.deviceFlow')}
                hint={t('newApp.deviceFlowHint')}
                {...form.register('deviceFlow')}
              />
            ) : null}
            {signsPeopleIn(type) ? (
              <UriListFields name="redirectUris" type={type} needed={type !== 'NATIVE' || !form.watch('deviceFlow')} />
            ) : null}
            <TextField
              label={t('app.homepageUri')}
              hint={t('app.homepageUriHint')}
              inputMode="url"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={errors.homepageUri?.message}
              {...form.register('homepageUri')}
            />
            <FormRefusals refusals={refusals} />
            {error ? <ProblemNotice error={error} /> : null}
            <div>
              <Button id="register-app" type="submit" look="primary" busy={isSubmitting}>
                {t('newApp.submit')}
              </Button>
            </div>
          </form>
        </FormProvider>
      </Card>
    </Page>
  );
};
