/** The form for a new account: by sign-up, and for the first administrator. Its names are a contract. */
import type { ReactNode } from 'react';
import { Alert, Form, FormField } from '../pages/form-field.tsx';
import { Panel } from '../pages/page.tsx';
import type { Texts } from '../pages/texts.ts';

export interface NewAccountPageProps {
  serviceName: string;
  texts: Texts['signUp'];
  title: string;
  lead: ReactNode;
  button: { id: string; label: string };
  action: string;
  formToken: string;
  typed: { username: string; email: string };
  errors: Readonly<Partial<Record<'username' | 'email' | 'password', string>>>;
  alert: string | null;
  below?: ReactNode;
}

export const NewAccountPage = (props: NewAccountPageProps) => {
  const { texts, errors, typed } = props;
  const first = (['username', 'email', 'password'] as const).find((field) => errors[field]) ?? 'username';
  return (
    <>
      <Panel serviceName={props.serviceName} title={props.title} lead={props.lead}>
        {props.alert && <Alert>{props.alert}</Alert>}
        <Form action={props.action} token={props.formToken}>
          <FormField
            name="username"
            label={texts.username}
            autoComplete="username"
            value={typed.username}
            error={errors.username}
            hint={texts.usernameHint}
            focused={first === 'username'}
          />
          <FormField
            name="email"
            type="email"
            label={texts.email}
            autoComplete="email"
            value={typed.email}
            error={errors.email}
            focused={first === 'email'}
          />
          <FormField
            name="password"
            type="password"
            label={texts.password}
            autoComplete="new-password"
            error={errors.password}
            hint={texts.passwordHint}
            focused={first === 'password'}
          />
          <button type="submit" className="button primary wide" id={props.button.id}>
            {props.button.label}
          </button>
        </Form>
      </Panel>
      {props.below}
    </>
  );
};
