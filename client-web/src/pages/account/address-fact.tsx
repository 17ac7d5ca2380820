/** The postal address: one line of the profile, with a field for each part. */
import { useTranslation } from 'react-i18next';
import type { PostalAddressInput } from '../../graphql/generated/graphql.ts';
import { TextArea, TextField } from '../../ui/field.tsx';
import type { UserError } from '../../ui/user-errors.ts';
import { EditableFact, type Refusal } from './editable-fact.tsx';

const parts = ['streetAddress', 'postalCode', 'locality', 'region', 'country', 'formatted'] as const;
type Part = (typeof parts)[number];
type Address = Record<Part, string>;

const autoComplete: Record<Exclude<Part, 'formatted'>, string> = {
  streetAddress: 'street-address',
  postalCode: 'postal-code',
  locality: 'address-level2',
  region: 'address-level1',
  country: 'country-name',
};

/** As it stands on an envelope: the person's own words for it, else its parts. */
const linesOf = ({ formatted, streetAddress, postalCode, locality, region, country }: Address): string =>
  formatted ||
  [streetAddress, [postalCode, locality].filter(Boolean).join(' '), region, country].filter(Boolean).join('\n');

export const AddressFact = ({
  address,
  onSave,
}: {
  address: Readonly<Partial<Record<Part, string | null>>> | null;
  onSave: (
    address: PostalAddressInput | null,
  ) => Promise<{ refusals: readonly UserError[]; textOf: (refusal: UserError) => string } | string>;
}) => {
  const { t } = useTranslation();
  const values = Object.fromEntries(parts.map((part) => [part, address?.[part] ?? ''])) as Address;
  const shown = linesOf(values);
  const save = async (typed: Address): Promise<readonly Refusal<Address>[]> => {
    const said = Object.fromEntries(parts.map((part) => [part, typed[part].trim() || null]));
    const answer = await onSave(parts.some((part) => said[part] !== null) ? said : null);
    if (typeof answer === 'string') return [{ field: null, text: answer }];
    return answer.refusals.map((refusal) => ({
      field: parts.find((part) => part === refusal.path[1]) ?? null,
      text: answer.textOf(refusal),
    }));
  };
  return (
    <EditableFact
      name={t('profile.address')}
      values={values}
      first="streetAddress"
      tall
      shown={shown === '' ? null : <span className="whitespace-pre-line">{shown}</span>}
      fields={({ register, formState: { errors } }) => (
        <>
          <TextArea
            label={t('profile.streetAddress')}
            rows={2}
            autoComplete={autoComplete.streetAddress}
            error={errors.streetAddress?.message}
            {...register('streetAddress')}
          />
          <div className="grid sm:grid-cols-2 gap-3">
            {(['postalCode', 'locality', 'region', 'country'] as const).map((part) => (
              <TextField
                key={part}
                label={t(`profile.${part}`)}
                autoComplete={autoComplete[part]}
                error={errors[part]?.message}
                {...register(part)}
              />
            ))}
          </div>
          <TextArea
            label={t('profile.formatted')}
            hint={t('profile.formattedHint')}
            rows={3}
            autoComplete="off"
            error={errors.formatted?.message}
            {...register('formatted')}
          />
        </>
      )}
      onSave={save}
    />
  );
};
