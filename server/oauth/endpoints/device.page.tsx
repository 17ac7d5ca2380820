/** Connects a device without a browser: its person types the code that it shows, and then allows it or not. */
import { type AppFace, AppLinks } from '../../pages/app-face.tsx';
import { Alert, Form, FormField, Warning } from '../../pages/form-field.tsx';
import { Panel } from '../../pages/page.tsx';
import type { Texts } from '../../pages/texts.ts';
import { ConsentItems, Decision, LinkHop } from './consent.page.tsx';
import type { ConsentQuestion } from './consent-question.ts';

interface Account {
  username: string;
  otherAccountHref: string;
}

const SignedInAs = ({ texts, account }: { texts: Texts['consent']; account: Account }) => (
  <p className="muted small centered">
    {texts.signedInAs(account.username)} <a href={account.otherAccountHref}>{texts.otherAccount}</a>
  </p>
);

export interface DeviceCodePageProps {
  serviceName: string;
  texts: Texts;
  action: string;
  formToken: string;
  /** What was typed, or came with the address. */
  userCode: string;
  /** It came with the address: the person has not seen it on the device yet. */
  isPrefilled: boolean;
  error: string | null;
  alert: string | null;
  account: Account;
}

export const DeviceCodePage = (props: DeviceCodePageProps) => {
  const texts = props.texts.device;
  return (
    <>
      <Panel serviceName={props.serviceName} title={texts.title} lead={texts.lead}>
        {props.alert && <Alert>{props.alert}</Alert>}
        {props.isPrefilled && <Warning>{texts.compare}</Warning>}
        <Form action={props.action} token={props.formToken}>
          <FormField
            name="user_code"
            label={texts.code}
            autoComplete="off"
            value={props.userCode}
            error={props.error ?? undefined}
            hint={texts.codeHint}
            focused={!props.isPrefilled}
          />
          <button type="submit" className="button primary wide" id="continue">
            {texts.button}
          </button>
        </Form>
      </Panel>
      <SignedInAs texts={props.texts.consent} account={props.account} />
    </>
  );
};

export interface DeviceConsentPageProps {
  texts: Texts;
  action: string;
  formToken: string;
  /** As the device shows it. */
  userCode: string;
  appName: string;
  face: AppFace;
  registeredBy: string | null;
  person: { id: string; username: string; initials: string };
  question: ConsentQuestion;
}

export const DeviceConsentPage = (props: DeviceConsentPageProps) => {
  const { device: texts, consent } = props.texts;
  return (
    <>
      <div className="panel">
        <LinkHop appName={props.appName} logoUri={props.face.logoUri} initials={props.person.initials} />
        <header className="centered">
          <h1>{texts.consentTitle(props.appName)}</h1>
          {props.registeredBy !== null && <p className="muted small">{texts.registeredBy(props.registeredBy)}</p>}
        </header>
        <Warning>
          {texts.warning} <b className="code">{props.userCode}</b>
        </Warning>
        <ConsentItems texts={consent} question={props.question} />
        <Decision texts={consent} action={props.action} formToken={props.formToken} accountId={props.person.id} />
        <p className="muted small centered">{texts.afterwards}</p>
        <AppLinks texts={props.texts.appFace} face={props.face} appName={props.appName} />
      </div>
      <p className="muted small centered">{consent.signedInAs(props.person.username)}</p>
    </>
  );
};
