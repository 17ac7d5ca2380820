/** The app's public keys: pasted, or the address where they are. */
import type { FieldErrors, UseFormRegister } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { CheckboxGroup, Radio, TextArea, TextField } from '../../ui/field.tsx';
import type { AppDetails } from './app-details.ts';
import { readPublicKeys } from './public-keys.ts';
import { redirectUriProblem } from './redirect-uris.ts';
import type { AppChanges } from './settings-section.tsx';

const keySources = ['none', 'value', 'uri'] as const;
type KeySource = (typeof keySources)[number];

export interface PublicKeysForm {
  keySource: KeySource;
  jwks: string;
  jwksUri: string;
}

export const keyValuesOf = (app: AppDetails): PublicKeysForm => ({
  keySource: app.jwksUri == null ? (app.jwks == null ? 'none' : 'value') : 'uri',
  jwks: app.jwks == null ? '' : JSON.stringify(app.jwks, null, 2),
  jwksUri: app.jwksUri ?? '',
});

export const keyChangesOf = ({ keySource, jwks, jwksUri }: PublicKeysForm): Pick<AppChanges, 'jwks' | 'jwksUri'> => ({
  jwks: keySource === 'value' ? readPublicKeys(jwks) : null,
  jwksUri: keySource === 'uri' ? jwksUri.trim() : null,
});

/** The field that a refusal of keys belongs to: what is not shown cannot say it, the choice above it can. */
export const keyFieldOf = (
  [first]: readonly string[],
  { keySource }: Pick<PublicKeysForm, 'keySource'>,
): keyof PublicKeysForm | null => {
  if (first === 'jwks') return keySource === 'value' ? 'jwks' : 'keySource';
  if (first === 'jwksUri') return keySource === 'uri' ? 'jwksUri' : 'keySource';
  return null;
};

export const PublicKeyFields = ({
  sources = keySources,
  source,
  register,
  errors,
}: {
  sources?: readonly KeySource[];
  source: KeySource;
  register: UseFormRegister<PublicKeysForm>;
  errors: FieldErrors<PublicKeysForm>;
}) => {
  const { t } = useTranslation();
  const judgeKeys = (text: string, form: PublicKeysForm) => {
    const read = form.keySource === 'value' ? readPublicKeys(text) : null;
    return typeof read === 'string' ? t(`publicKeys.${read}`) : true;
  };
  const judgeAddress = (uri: string, form: PublicKeysForm) => {
    const problem = form.keySource === 'uri' ? redirectUriProblem(uri.trim(), 'WEB') : null;
    return problem === null || t(`redirectUri.${problem}`);
  };
  return (
    <>
      <CheckboxGroup legend={t('publicKeys.title')} error={errors.keySource?.message}>
        {sources.map((each) => (
          <Radio key={each} value={each} label={t(`publicKeys.source.${each}`)} {...register('keySource')} />
        ))}
      </CheckboxGroup>
      {source === 'value' ? (
        <TextArea
          label={t('publicKeys.jwks')}
          hint={t('publicKeys.jwksHint')}
          rows={8}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono text-13"
          error={errors.jwks?.message}
          {...register('jwks', { validate: judgeKeys })}
        />
      ) : null}
      {source === 'uri' ? (
        <TextField
          label={t('publicKeys.jwksUri')}
          hint={t('publicKeys.jwksUriHint')}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.jwksUri?.message}
          {...register('jwksUri', { validate: judgeAddress })}
        />
      ) : null}
    </>
  );
};
