/** Several addresses that the browser is sent to, each judged while it is typed. */
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { type Control, useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { AppType } from '../../graphql/generated/graphql.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { redirectUriProblem } from './redirect-uris.ts';

export type UriList = 'redirectUris' | 'postLogoutRedirectUris';
type Uris = { uri: string }[];
type UriListsForm = Record<UriList, Uris>;

/** The list as a form has it. */
export const uriFields = (uris: readonly string[]): Uris => uris.map((uri) => ({ uri }));

/** Without those that were left empty. */
export const urisOf = (fields: Uris): string[] => fields.map(({ uri }) => uri.trim()).filter(Boolean);

const hosts: Record<AppType, string> = {
  WEB: 'https://forum.example.org',
  SPA: 'https://app.example.org',
  NATIVE: 'http://127.0.0.1',
  SERVICE: '',
};

const paths: Record<UriList, string> = { redirectUris: '/callback', postLogoutRedirectUris: '/signed-out' };

/** @param props.name the field of the form that is around this one, which has no other list of that name */
export const UriListFields = ({ name, type, needed }: { name: UriList; type: AppType; needed: boolean }) => {
  const { t } = useTranslation();
  const { control, register, formState, trigger } = useFormContext<UriListsForm>();
  const { fields, append, remove } = useFieldArray({ control: control as Control<UriListsForm>, name });
  const typed = useWatch({ control, name });
  const group = useRef<HTMLFieldSetElement>(null);
  const judge = (uri: string) => {
    if (!needed && uri.trim() === '') return true;
    const problem = redirectUriProblem(uri.trim(), type);
    if (problem !== null) return t(`redirectUri.${problem}`);
    const same = typed?.filter((other) => other.uri.trim() === uri.trim()).length ?? 0;
    return same > 1 ? t('redirectUri.twice') : true;
  };
  return (
    <fieldset ref={group} className="grid gap-3 min-w-0">
      <legend className="text-14 font-[540] mb-1.5">{t(`app.${name}`)}</legend>
      <p className="text-13 text-muted">
        {name === 'redirectUris' ? t(`redirectUri.hint.${type}`) : t('redirectUri.postLogoutHint')}
      </p>
      {fields.map((field, index) => (
        <div key={field.id} className="flex items-start gap-2">
          <div className="grow min-w-0">
            <TextField
              label={t(name === 'redirectUris' ? 'redirectUri.label' : 'redirectUri.postLogoutLabel', {
                number: index + 1,
              })}
              labelHidden
              type="text"
              inputMode="url"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={hosts[type] + paths[name]}
              className="font-mono text-14"
              error={formState.errors[name]?.[index]?.uri?.message}
              {...register(`${name}.${index}.uri`, { validate: judge })}
            />
          </div>
          {fields.length > 1 || !needed ? (
            <Button
              look="quiet"
              className="min-h-11"
              aria-label={t('redirectUri.remove', { number: index + 1 })}
              onClick={() => {
                remove(index);
                void trigger(name);
                group.current?.querySelector<HTMLElement>('input, button')?.focus();
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
          {t(fields.length === 0 ? 'redirectUri.addFirst' : 'redirectUri.add')}
        </Button>
      </div>
    </fieldset>
  );
};
