/** Lets a person say as whom they go on (`prompt=select_account`). */
import { Form } from '../../pages/form-field.tsx';
import { Panel } from '../../pages/page.tsx';
import type { Texts } from '../../pages/texts.ts';

export interface ChooseAccountPageProps {
  serviceName: string;
  texts: Texts['chooseAccount'] & { toContinueTo: string };
  action: string;
  formToken: string;
  appName: string;
  person: { id: string; name: string; username: string; email: string };
  otherAccountHref: string;
}

export const ChooseAccountPage = (props: ChooseAccountPageProps) => {
  const { texts, person } = props;
  return (
    <Panel
      serviceName={props.serviceName}
      title={texts.title}
      lead={
        <>
          {texts.toContinueTo} <b>{props.appName}</b>
        </>
      }
    >
      <Form action={props.action} token={props.formToken}>
        <input type="hidden" name="account" value={person.id} />
        <button type="submit" className="button primary wide" id="continue" name="decision" value="continue">
          {texts.continueAs(person.name)}
        </button>
        <p className="muted small centered">
          {person.username} · {person.email}
        </p>
      </Form>
      <a className="button wide" id="other-account" href={props.otherAccountHref}>
        {texts.other}
      </a>
    </Panel>
  );
};
