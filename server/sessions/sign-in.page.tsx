/** The sign-in form. The names of its fields and of its button are a contract. */
import { Alert, Form, FormField } from '../pages/form-field.tsx';
import { Panel } from '../pages/page.tsx';
import type { Texts } from '../pages/texts.ts';

export interface SignInPageProps {
  serviceName: string;
  texts: Texts['signIn'];
  action: string;
  formToken: string;
  appName: string | null;
  identifier: string;
  errors: { identifier?: string; password?: string };
  /** What is wrong with the whole. */
  alert: string | null;
  signUpHref: string;
}

export const SignInPage = (props: SignInPageProps) => {
  const { texts, errors } = props;
  const atPassword = !errors.identifier && (errors.password !== undefined || props.identifier !== '');
  return (
    <>
      <Panel
        serviceName={props.serviceName}
        title={texts.title}
        lead={
          props.appName && (
            <>
              {texts.toContinueTo} <b>{props.appName}</b>
            </>
          )
        }
      >
        {props.alert && <Alert>{props.alert}</Alert>}
        <Form action={props.action} token={props.formToken}>
          <FormField
            name="identifier"
            label={texts.identifier}
            autoComplete="username"
            value={props.identifier}
            error={errors.identifier}
            focused={!atPassword}
          />
          <FormField
            name="password"
            type="password"
            label={texts.password}
            autoComplete="current-password"
            error={errors.password}
            focused={atPassword}
          />
          <button type="submit" className="button primary wide" id="sign-in">
            {texts.button}
          </button>
        </Form>
      </Panel>
      <p className="muted centered">
        {texts.noAccount} <a href={props.signUpHref}>{texts.signUp}</a>
      </p>
    </>
  );
};
