/** One group of an app's settings, which is saved by itself. */
import { type ReactNode, useState } from 'react';
import {
  type DefaultValues,
  type FieldValues,
  FormProvider,
  type Path,
  type UseFormReturn,
  useForm,
} from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMutation } from 'urql';
import type { UpdateAppInput } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { placeUserErrors, type UserError, useUserErrorText } from '../../ui/user-errors.ts';
import { type AppDetails, UpdateApp } from './app-details.ts';
import { signsPeopleIn } from './app-kinds.tsx';
import { anchorOf, groupOf } from './settings-places.ts';

/** What the section says; the rest of the app stays as it is. */
export type AppChanges = Omit<UpdateAppInput, 'id'>;

/** The way to another group of settings, where a refusal can be mended. */
const WayToGroup = ({ app, refusal, from }: { app: AppDetails; refusal: UserError; from: string }) => {
  const { t } = useTranslation();
  const group = groupOf(refusal.path);
  if (group === null) return null;
  const interactive = signsPeopleIn(app.type);
  const name = t(`app.tabs.${group === 'signIn' && !interactive ? 'access' : group}`);
  return name === from ? null : (
    <Link to={{ hash: anchorOf(group, interactive) }} replace preventScrollReset className="underline">
      {t('app.goToTab', { tab: name })}
    </Link>
  );
};

export const SettingsSection = <Values extends FieldValues>({
  title,
  app,
  valuesOf,
  changesOf,
  fieldOf,
  children,
}: {
  title: string;
  app: AppDetails;
  valuesOf: (app: AppDetails) => Values;
  changesOf: (values: Values) => AppChanges;
  /** The field that a path of the input is about; null where this section shows none such. */
  fieldOf: (path: readonly string[], typed: Values) => Path<Values> | null;
  children: (form: UseFormReturn<Values>) => ReactNode;
}) => {
  const { t } = useTranslation();
  const values = valuesOf(app);
  const form = useForm<Values>({
    mode: 'onTouched',
    reValidateMode: 'onChange',
    defaultValues: values as DefaultValues<Values>,
    // Another section may have changed it; what is being typed here stays.
    values,
    resetOptions: { keepDirtyValues: true },
  });
  const [{ error }, updateApp] = useMutation(UpdateApp);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const [saved, setSaved] = useState(false);
  const userErrorText = useUserErrorText();
  const submit = form.handleSubmit(async (typed) => {
    const { data } = await updateApp({ input: { ...changesOf(typed), id: app.id } });
    if (!data) return;
    setRefusals(
      placeUserErrors(
        data.updateApp.userErrors,
        (path) => fieldOf(path, typed),
        (field, refusal, first) => form.setError(field, { message: userErrorText(refusal) }, { shouldFocus: first }),
      ),
    );
    if (!data.updateApp.app) return;
    form.reset(valuesOf(data.updateApp.app));
    setSaved(true);
  });
  return (
    <Card title={title}>
      <FormProvider {...form}>
        <form onSubmit={submit} onChange={() => setSaved(false)} noValidate className="grid gap-6 max-w-[640px]">
          {children(form)}
          <FormRefusals
            refusals={refusals}
            wayTo={(refusal) => <WayToGroup app={app} refusal={refusal} from={title} />}
          />
          {error ? <ProblemNotice error={error} /> : null}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" look="primary" busy={form.formState.isSubmitting}>
              {t('save')}
            </Button>
            <SavedMark saved={saved} />
          </div>
        </form>
      </FormProvider>
    </Card>
  );
};

/** Keeps the path's first name where it is one of these fields. */
export const oneOf =
  <Name extends string>(names: readonly Name[]) =>
  ([first]: readonly string[]): Name | null =>
    names.find((name) => name === first) ?? null;
