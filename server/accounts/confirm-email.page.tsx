/** Asks before it confirms an address: programs that follow the links of mails must not do it for a person. */
import { Form } from '../pages/form-field.tsx';
import { Panel } from '../pages/page.tsx';
import type { Texts } from '../pages/texts.ts';

export interface ConfirmEmailPageProps {
  serviceName: string;
  texts: Texts['confirmEmail'];
  action: string;
  formToken: string;
  email: string;
}

export const ConfirmEmailPage = (props: ConfirmEmailPageProps) => (
  <Panel serviceName={props.serviceName} title={props.texts.title} lead={props.texts.lead(props.email)}>
    <Form action={props.action} token={props.formToken}>
      <button type="submit" className="button primary wide" id="confirm">
        {props.texts.button}
      </button>
    </Form>
  </Panel>
);
