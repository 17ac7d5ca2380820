/** One line of the profile that is changed where it stands. */
import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Fact } from '../../ui/card.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export const EditableFact = ({
  name,
  value,
  shown,
  choices,
  autoComplete,
  onSave,
}: {
  name: string;
  value: string;
  /** How the value reads, where that is not the value itself. */
  shown?: ReactNode;
  /** A closed list; anything may be typed where there is none. */
  choices?: readonly Choice[];
  autoComplete?: string;
  /** Resolves with what is wrong, null where it was saved. */
  onSave: (value: string) => Promise<string | null>;
}) => {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const [saved, setSaved] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const formId = useId();
  const { register, handleSubmit, reset, setError, setFocus, formState } = useForm({ values: { value } });

  useEffect(() => {
    if (editing) setFocus('value', { shouldSelect: true });
    else if (wasEditing.current) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing, setFocus]);
  useEffect(() => {
    if (!saved) return;
    const timer = setTimeout(() => setSaved(false), 3000);
    return () => clearTimeout(timer);
  }, [saved]);

  const close = () => {
    reset({ value });
    setEditing(false);
  };
  const save = handleSubmit(async (typed) => {
    const refusal = await onSave(typed.value.trim());
    if (refusal === null) {
      setEditing(false);
      setSaved(true);
    } else setError('value', { message: refusal }, { shouldFocus: true });
  });

  if (!editing) {
    return (
      <Fact
        name={name}
        action={
          <div className="flex items-center gap-2">
            <span role="status" className="flex items-center gap-1 text-13 text-ok">
              {saved ? (
                <>
                  <Check aria-hidden className="size-4" />
                  {t('saved')}
                </>
              ) : null}
            </span>
            <Button
              ref={edit}
              look="quiet"
              compact
              aria-label={t('editThing', { what: name })}
              onClick={() => setEditing(true)}
            >
              {t('edit')}
            </Button>
          </div>
        }
      >
        {value === '' ? <span className="text-muted">{t('notSet')}</span> : (shown ?? value)}
      </Fact>
    );
  }
  const field = {
    label: name,
    labelHidden: true,
    error: formState.errors.value?.message,
    ...register('value'),
  };
  return (
    <Fact name={name}>
      <form
        id={formId}
        onSubmit={save}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
        className="flex flex-wrap items-start gap-2"
      >
        <div className="flex-[1_1_200px] min-w-0">
          {choices ? (
            <SelectField {...field}>
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </SelectField>
          ) : (
            <TextField {...field} autoComplete={autoComplete ?? 'off'} maxLength={200} />
          )}
        </div>
        <div className="flex gap-2">
          <Button type="submit" look="primary" className="min-h-11" busy={formState.isSubmitting}>
            {t('save')}
          </Button>
          <Button className="min-h-11" onClick={close}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Fact>
  );
};
