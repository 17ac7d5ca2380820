/** The sign-in form. The names of its fields and of its button are a contract. */
import { type AppFace, AppLinks, AppLogo } from '../pages/app-face.tsx';
import { Alert, Form, FormField } from '../pages/form-field.tsx';
import { Panel } from '../pages/page.tsx';
import type { Texts } from '../pages/texts.ts';

export interface SignInPageProps {
  serviceName: string;
  texts: Texts['signIn'] & { appFace: Texts['appFace'] };
  action: string;
  formToken: string;
  /** Whom the person signs in for. */
  app: { name: string; face: AppFace } | null;
  identifier: string;
  errors: { identifier?: string; password?: string };
  /** What is wrong with the whole. */
  alert: string | null;
  signUpHref: string;
}

export const SignInPage = (props: SignInPageProps) => {
  const { texts, errors, app } = props;
  const atPassword = !errors.identifier && (errors.password !== undefined || props.identifier !== '');
  return (
    <>
      <Panel
        serviceName={props.serviceName}
        title={texts.title}
        lead={
          app && (
            <>
              {texts.toContinueTo} <AppLogo appName={app.name} logoUri={app.face.logoUri} />
              <b>{app.name}</b>
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
      {app && <AppLinks texts={texts.appFace} face={app.face} appName={app.name} />}
    </>
  );
};
