/** What the forms for a new account have in common: what was typed, and what is said beside which field. */
import type { Form } from '../http/form.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { problemText, type Texts } from '../pages/texts.ts';

export interface TypedAccount {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export const typedAccount = (form: Form): TypedAccount => ({
  username: form.get('username') ?? '',
  email: form.get('email') ?? '',
  password: form.get('password') ?? '',
});

/**
 * What is wrong with each field, in the reader's language.
 *
 * @throws `error` itself where it is nothing that the form can mend
 */
export const fieldErrors = (
  error: unknown,
  texts: Texts,
): Partial<Record<'username' | 'email' | 'password', string>> => {
  if (!(error instanceof DomainError) || error.code !== 'INVALID_INPUT') throw error;
  return Object.fromEntries(
    error.userErrors.map(({ path: [field = ''], code }) => [field, problemText(texts, field, code)]),
  );
};
