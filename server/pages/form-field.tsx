/** The parts of a form on the server's own pages. Names and ids are a contract: people script them. */
import type { ReactNode } from 'react';
import { formTokenField } from '../http/form-token.ts';
import { AlertIcon } from './icons.tsx';

export interface FormFieldProps {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  autoComplete: string;
  /** What was typed before; never a password. */
  value?: string | undefined;
  /** What is wrong with it, in words. */
  error?: string | undefined;
  hint?: string;
  focused?: boolean;
}

/** A labelled input, with what is wrong said beside it. */
export const FormField = ({
  name,
  label,
  type = 'text',
  autoComplete,
  value,
  error,
  hint,
  focused,
}: FormFieldProps) => {
  const describedBy = error ? `${name}-error` : hint && `${name}-hint`;
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        className="input"
        id={name}
        name={name}
        type={type}
        autoComplete={autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={type === 'password' ? undefined : value}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
        // biome-ignore lint/a11y/noAutofocus: the page's one question, or its first error
        autoFocus={focused}
      />
      {error && (
        <span className="error" id={`${name}-error`}>
          <AlertIcon />
          {error}
        </span>
      )}
      {hint && !error && (
        <span className="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
};

/**
 * A form that is posted back here. The browser's own checks are off: the server says everything, in the page's language.
 *
 * @param props.token from `FormTokens.issue`
 */
export const Form = (props: { action: string; token: string; children: ReactNode }) => (
  <form method="post" action={props.action} noValidate>
    <input type="hidden" name={formTokenField} value={props.token} />
    {props.children}
  </form>
);

/** Something to look at before one goes on. */
export const Warning = ({ children }: { children: ReactNode }) => (
  <div className="notice warn" role="note">
    <AlertIcon />
    <span>{children}</span>
  </div>
);

/** Something that is wrong with the whole, not with one field. */
export const Alert = ({ children }: { children: ReactNode }) => (
  <div className="notice danger" role="alert">
    <AlertIcon />
    <span>{children}</span>
  </div>
);
