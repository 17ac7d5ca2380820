/** What the API refuses in a form: put beside the field that it is about, in the person's language. */
import { useTranslation } from 'react-i18next';

export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** The bounds that the server names in a message, for words of ours that name them too. */
const boundsOf = (message: string): { least?: string; most?: string } =>
  /(?<least>\d+) to (?<most>\d+) seconds/.exec(message)?.groups ?? {};

/**
 * The words for a refusal: ours where we have some for this field or this code, else the server's.
 * @param where they stand: beside the field, or away from it, where “this” would mean nothing
 */
export const useUserErrorText = (where: 'atField' | 'atForm' = 'atField'): ((error: UserError) => string) => {
  const { t } = useTranslation();
  return ({ code, message, path }) => {
    const texts: Readonly<Record<string, string>> = t(where === 'atField' ? 'userErrors' : 'userErrorsAtForm', {
      returnObjects: true,
      ...boundsOf(message),
    });
    return texts[`${path[0] ?? ''} ${code}`] ?? texts[code] ?? message;
  };
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
