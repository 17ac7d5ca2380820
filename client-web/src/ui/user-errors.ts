/** What the API refuses in a form: put beside the field that it is about, in the person's language. */
import { useTranslation } from 'react-i18next';

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** The words for a refusal: ours where we have some for this field or this code, else the server's. */
export const useUserErrorText = (): ((error: UserError) => string) => {
  const { t } = useTranslation();
  const texts: Readonly<Record<string, string>> = t('userErrors', { returnObjects: true });
  return ({ code, message, path }) => texts[`${path[0] ?? ''} ${code}`] ?? texts[code] ?? message;
};

/**
 * Gives each refusal to its field.
 * @param fieldOf the form's name for a path of the input; null where the form has no such field
 * @returns the ones that belong to no field
 */
export const placeUserErrors = <Name extends string>(
  refusals: readonly UserError[],
  fieldOf: (path: readonly string[]) => Name | null,
  place: (field: Name, refusal: UserError, first: boolean) => void,
): UserError[] => {
  const homeless: UserError[] = [];
  let first = true;
  for (const refusal of refusals) {
    const field = fieldOf(refusal.path);
    if (field === null) homeless.push(refusal);
    else {
      place(field, refusal, first);
      first = false;
    }
  }
  return homeless;
};
