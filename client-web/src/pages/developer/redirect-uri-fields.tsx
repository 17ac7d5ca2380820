/** Several redirect URIs, each judged while it is typed. */
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { type Control, useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { AppType } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { type RedirectUriProblem, redirectUriProblem } from './redirect-uris.ts';

export interface RedirectUrisForm {
  redirectUris: { uri: string }[];
}

const examples: Record<AppType, string> = {
  WEB: 'https://forum.example.org/callback',
  SPA: 'https://app.example.org/callback',
  NATIVE: 'http://127.0.0.1/callback',
  SERVICE: '',
};

/** The words for what is wrong with a redirect URI. */
const useRedirectUriProblemText = (): ((problem: RedirectUriProblem) => string) => {
  const { t } = useTranslation();
  return (problem) => t(`redirectUri.${problem}`);
};

export const RedirectUriFields = ({ type }: { type: AppType }) => {
  const { t } = useTranslation();
  const problemText = useRedirectUriProblemText();
  const { control, register, formState, trigger } = useFormContext<RedirectUrisForm>();
  const { fields, append, remove } = useFieldArray({
    control: control as Control<RedirectUrisForm>,
    name: 'redirectUris',
  });
  const typed = useWatch({ control, name: 'redirectUris' });
  const group = useRef<HTMLFieldSetElement>(null);
  const judge = (uri: string, _form: unknown) => {
    const problem = redirectUriProblem(uri.trim(), type);
    if (problem !== null) return problemText(problem);
    const same = typed?.filter((other) => other.uri.trim() === uri.trim()).length ?? 0;
    return same > 1 ? t('redirectUri.twice') : true;
  };
  return (
    <fieldset ref={group} className="grid gap-3 min-w-0">
      <legend className="text-14 font-[540] mb-1.5">{t('app.redirectUris')}</legend>
      <p className="text-13 text-muted">{t(`redirectUri.hint.${type}`)}</p>
      {fields.map((field, index) => (
        <div key={field.id} className="flex items-start gap-2">
          <div className="grow min-w-0">
            <TextField
              label={t('redirectUri.label', { number: index + 1 })}
              labelHidden
              type="text"
              inputMode="url"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={examples[type]}
              className="font-mono text-14"
              error={formState.errors.redirectUris?.[index]?.uri?.message}
              {...register(`redirectUris.${index}.uri`, { validate: judge })}
            />
          </div>
          {fields.length > 1 ? (
            <Button
              look="quiet"
              className="min-h-11"
              aria-label={t('redirectUri.remove', { number: index + 1 })}
              onClick={() => {
                remove(index);
                void trigger('redirectUris');
                group.current?.querySelector('input')?.focus();
              }}
            >
              <X aria-hidden />
            </Button>
          ) : null}
        </div>
      ))}
      <div>
        <Button compact onClick={() => append({ uri: '' })}>
          <Plus aria-hidden />
          {t('redirectUri.add')}
        </Button>
      </div>
    </fieldset>
  );
};
