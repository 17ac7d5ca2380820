/** One line of the profile that is changed where it stands. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Fact } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import { FieldError, SelectField, TextField } from '../../ui/field.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';

/** What is wrong, and with which field; null where it is with none of them. */
export interface Refusal<Values extends FieldValues> {
  readonly field: Path<Values> | null;
  readonly text: string;
}

export const EditableFact = <Values extends FieldValues>({
  name,
  values,
  first,
  shown,
  tall = false,
  fields,
  onSave,
}: {
  name: string;
  values: Values;
  /** The field that the focus goes to. */
  first: Path<Values>;
  /** How it reads; null where nothing is set. */
  shown: ReactNode;
  /** Several fields, with the buttons below them. */
  tall?: boolean;
  fields: (form: UseFormReturn<Values>) => ReactNode;
  /** Resolves with what is wrong; with nothing where it was saved. */
  onSave: (values: Values) => Promise<readonly Refusal<Values>[]>;
}) => {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const form = useForm<Values>({ defaultValues: values as DefaultValues<Values> });
  const { handleSubmit, reset, setError, setFocus, formState } = form;

  useEffect(() => {
    if (editing) setFocus(first, { shouldSelect: true });
    else if (wasEditing.current) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing, first, setFocus]);
  useEffect(() => {
    if (!saved) return;
    const timer = setTimeout(() => setSaved(false), 3000);
    return () => clearTimeout(timer);
  }, [saved]);

  const open = () => {
    reset(values);
    setEditing(true);
  };
  const save = handleSubmit(async (typed) => {
    const refusals = await onSave(typed);
    for (const [index, { field, text }] of refusals.entries()) {
      setError(field ?? 'root', { message: text }, { shouldFocus: index === 0 && field !== null });
    }
    if (refusals.length > 0) return;
    setEditing(false);
    setSaved(true);
  });

  if (!editing) {
    return (
      <Fact
        name={name}
        action={
          <div className="flex items-center gap-2">
            <SavedMark saved={saved} />
            <Button ref={edit} look="quiet" compact aria-label={t('editThing', { what: name })} onClick={open}>
              {t('edit')}
            </Button>
          </div>
        }
      >
        {shown ?? <span className="text-muted">{t('notSet')}</span>}
      </Fact>
    );
  }
  return (
    <Fact name={name}>
      <form
        noValidate
        onSubmit={save}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setEditing(false);
        }}
        className="flex flex-wrap items-start gap-2 py-1"
      >
        <div className={classNames('grid min-w-0 gap-3', tall ? 'basis-full' : 'flex-[1_1_200px]')}>
          {fields(form)}
          <div aria-live="polite" className="empty:hidden">
            {formState.errors.root?.message ? <FieldError>{formState.errors.root.message}</FieldError> : null}
          </div>
        </div>
        <div className="flex gap-2">
          <Button type="submit" look="primary" className="min-h-11" busy={formState.isSubmitting}>
            {t('save')}
          </Button>
          <Button className="min-h-11" onClick={() => setEditing(false)}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Fact>
  );
};

/** @returns what is wrong; null where it was saved */
type SaveOne = (value: string) => Promise<string | null>;

const saveOne = (onSave: SaveOne) => async (typed: { value: string }) => {
  const refusal = await onSave(typed.value.trim());
  return refusal === null ? [] : [{ field: 'value' as const, text: refusal }];
};

/** A text of one line. */
export const TextFact = ({
  name,
  value,
  shown,
  hint,
  onSave,
  ...input
}: {
  name: string;
  value: string;
  /** How the value reads, where that is not the value itself. */
  shown?: ReactNode;
  hint?: string;
  onSave: SaveOne;
  autoComplete?: string;
  inputMode?: 'tel' | 'url';
  maxLength?: number;
}) => (
  <EditableFact
    name={name}
    values={{ value }}
    first="value"
    shown={value === '' ? null : (shown ?? value)}
    fields={({ register, formState }) => (
      <TextField
        autoComplete="off"
        maxLength={200}
        {...input}
        label={name}
        labelHidden
        hint={hint}
        error={formState.errors.value?.message}
        {...register('value')}
      />
    )}
    onSave={saveOne(onSave)}
  />
);

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One of a closed list. */
export const ChoiceFact = ({
  name,
  value,
  choices,
  onSave,
}: {
  name: string;
  value: string;
  choices: readonly Choice[];
  onSave: SaveOne;
}) => {
  const { t } = useTranslation();
  const known = choices.find((choice) => choice.value === value);
  // What is stored can still be chosen, even where it is not in the list.
  const all = [
    { value: '', label: t('notSet') },
    ...choices,
    ...(value === '' || known ? [] : [{ value, label: value }]),
  ];
  return (
    <EditableFact
      name={name}
      values={{ value }}
      first="value"
      shown={value === '' ? null : (known?.label ?? value)}
      fields={({ register, formState }) => (
        <SelectField label={name} labelHidden error={formState.errors.value?.message} {...register('value')}>
          {all.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </SelectField>
      )}
      onSave={saveOne(onSave)}
    />
  );
};
