/** Asks whether to sign out: no other site can do it to a person by a link. */
import { Form } from '../pages/form-field.tsx';
import { Panel } from '../pages/page.tsx';
import type { Texts } from '../pages/texts.ts';

export interface SignOutPageProps {
  serviceName: string;
  texts: Texts['signOut'];
  action: string;
  formToken: string;
  lead: string;
}

export const SignOutPage = (props: SignOutPageProps) => (
  <Panel serviceName={props.serviceName} title={props.texts.title} lead={props.lead}>
    <Form action={props.action} token={props.formToken}>
      <button type="submit" className="button primary wide" id="sign-out">
        {props.texts.button}
      </button>
    </Form>
    <a className="button wide" href="/">
      {props.texts.stay}
    </a>
  </Panel>
);
