/** What is said of an API: what apps name it by, what they can be allowed there, what its tokens are like. */
import { Plus, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { type Path, useFieldArray, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import type { SigningAlgorithm } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { DurationField } from '../../ui/duration-field.tsx';
import { type Duration, durationOf, secondsOf } from '../../ui/durations.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { placeUserErrors, type UserError, useUserErrorText } from '../../ui/user-errors.ts';

interface ApiScope {
  name: string;
  description: string;
}

export interface ApiSettings {
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly accessTokenSigningAlg: SigningAlgorithm;
  /** Seconds. */
  readonly accessTokenLifetime?: number | null | undefined;
}

interface ApiForm {
  identifier: string;
  name: string;
  scopes: ApiScope[];
  accessTokenSigningAlg: SigningAlgorithm;
  accessTokenLifetime: Duration;
}

const valuesOf = (api: ApiSettings | null): ApiForm => ({
  identifier: api?.identifier ?? '',
  name: api?.name ?? '',
  scopes: api?.scopes.map(({ name, description }) => ({ name, description })) ?? [{ name: '', description: '' }],
  accessTokenSigningAlg: api?.accessTokenSigningAlg ?? 'ES256',
  accessTokenLifetime: durationOf(api?.accessTokenLifetime, 'minutes'),
});

/** A line that was left empty says nothing. */
const isSaid = ({ name, description }: ApiScope): boolean => name.trim() !== '' || description.trim() !== '';

const settingsOf = (form: ApiForm): ApiSettings => ({
  identifier: form.identifier.trim(),
  name: form.name.trim(),
  scopes: form.scopes
    .filter(isSaid)
    .map(({ name, description }) => ({ name: name.trim(), description: description.trim() })),
  accessTokenSigningAlg: form.accessTokenSigningAlg,
  accessTokenLifetime: secondsOf(form.accessTokenLifetime),
});

const algorithms = [
  ['ES256', 'ES256'],
  ['RS256', 'RS256'],
  ['EDDSA', 'EdDSA'],
] as const;

/** @param lines of the form that the scopes of the input stand in */
const fieldOf = (lines: readonly number[], [first, index, part]: readonly string[]): Path<ApiForm> | null => {
  if (first === 'accessTokenLifetime') return 'accessTokenLifetime.amount';
  if (first === 'scopes') {
    const line = lines[Number(index)];
    return line === undefined ? null : `scopes.${line}.${part === 'description' ? 'description' : 'name'}`;
  }
  return first === 'identifier' || first === 'name' || first === 'accessTokenSigningAlg' ? first : null;
};

/** @param props.api null for a new one; its identifier cannot be changed later */
export const ApiFormFields = ({
  api,
  submitLabel,
  status,
  error,
  onChange,
  onSubmit,
}: {
  api: ApiSettings | null;
  submitLabel: string;
  /** Beside the button. */
  status?: ReactNode;
  error: CombinedError | undefined;
  onChange?: () => void;
  /** Resolves with what was refused. */
  onSubmit: (settings: ApiSettings) => Promise<readonly UserError[]>;
}) => {
  const { t } = useTranslation();
  const { register, control, handleSubmit, setError, formState } = useForm<ApiForm>({
    mode: 'onTouched',
    reValidateMode: 'onChange',
    defaultValues: valuesOf(api),
  });
  const { fields, append, remove } = useFieldArray({ control, name: 'scopes' });
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const userErrorText = useUserErrorText();
  const group = useRef<HTMLFieldSetElement>(null);
  const { errors, isSubmitting } = formState;
  const required = (value: string) => value.trim() !== '' || t('required');
  const submit = handleSubmit(async (values) => {
    const lines = values.scopes.flatMap((scope, line) => (isSaid(scope) ? [line] : []));
    const refused = await onSubmit(settingsOf(values));
    setRefusals(
      placeUserErrors(
        refused,
        (path) => fieldOf(lines, path),
        (field, refusal, first) => setError(field, { message: userErrorText(refusal) }, { shouldFocus: first }),
      ),
    );
  });
  return (
    <form onSubmit={submit} onChange={onChange} noValidate className="grid gap-6 max-w-[640px]">
      {api === null ? (
        <TextField
          label={t('api.identifier')}
          hint={t('api.identifierHint')}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="https://grades.example.org"
          className="font-mono text-14"
          error={errors.identifier?.message}
          {...register('identifier', { validate: required })}
        />
      ) : null}
      <TextField
        label={t('app.name')}
        hint={t('api.nameHint')}
        autoComplete="off"
        maxLength={200}
        error={errors.name?.message}
        {...register('name', { validate: required })}
      />
      <fieldset ref={group} className="grid gap-3 min-w-0">
        <legend className="text-14 font-[540] mb-1.5">{t('app.scopes')}</legend>
        <p className="text-13 text-muted">{t('api.scopesHint')}</p>
        {fields.map((field, index) => (
          <div key={field.id} className="flex items-start gap-2">
            <div className="grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-start gap-2 grow min-w-0">
              <TextField
                label={t('api.scopeName', { number: index + 1 })}
                labelHidden
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                placeholder="grades:read"
                className="font-mono text-14"
                error={errors.scopes?.[index]?.name?.message}
                {...register(`scopes.${index}.name`)}
              />
              <TextField
                label={t('api.scopeDescription', { number: index + 1 })}
                labelHidden
                autoComplete="off"
                placeholder={t('api.scopeExample')}
                error={errors.scopes?.[index]?.description?.message}
                {...register(`scopes.${index}.description`)}
              />
            </div>
            <Button
              look="quiet"
              className="min-h-11"
              aria-label={t('api.removeScope', { number: index + 1 })}
              onClick={() => {
                remove(index);
                onChange?.();
                group.current?.querySelector<HTMLElement>('input, button')?.focus();
              }}
            >
              <X aria-hidden />
            </Button>
          </div>
        ))}
        <div>
          <Button compact onClick={() => append({ name: '', description: '' })}>
            <Plus aria-hidden />
            {t('api.addScope')}
          </Button>
        </div>
      </fieldset>
      <DurationField
        label={t('app.accessTokenLifetime')}
        hint={t('api.lifetimeHint')}
        error={errors.accessTokenLifetime?.amount?.message}
        amount={register('accessTokenLifetime.amount', {
          validate: (amount, form) =>
            !Number.isNaN(secondsOf({ ...form.accessTokenLifetime, amount })) || t('duration.invalid'),
        })}
        unit={register('accessTokenLifetime.unit')}
      />
      <SelectField
        label={t('api.accessTokenSigningAlg')}
        hint={t('app.idTokenSignedResponseAlgHint')}
        error={errors.accessTokenSigningAlg?.message}
        {...register('accessTokenSigningAlg')}
      >
        {algorithms.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <FormRefusals refusals={refusals} />
      {error ? <ProblemNotice error={error} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button id="save-api" type="submit" look="primary" busy={isSubmitting}>
          {submitLabel}
        </Button>
        {status}
      </div>
    </form>
  );
};
