/** Asks a person whether an app may use their account: exactly what it will read and change, in their own words and values. */
import type { ReactNode } from 'react';
import type { ConsentKey } from '../../graphql/consent-texts.ts';
import { type AppFace, AppLinks, AppTile } from '../../pages/app-face.tsx';
import { Form } from '../../pages/form-field.tsx';
import { ArrowsIcon, EyeIcon, MailIcon, PencilIcon, UserIcon } from '../../pages/icons.tsx';
import type { Texts } from '../../pages/texts.ts';
import type { ConsentItem, ConsentQuestion } from './consent-question.ts';

export interface ConsentPageProps {
  texts: Texts['consent'] & { appFace: Texts['appFace'] };
  action: string;
  formToken: string;
  appName: string;
  face: AppFace;
  /** The host that the person returns to. */
  destination: string;
  registeredBy: string | null;
  person: { id: string; username: string; initials: string };
  question: ConsentQuestion;
  otherAccountHref: string;
}

const personal: readonly ConsentKey[] = ['identifier', 'username', 'name', 'profile'];

const ReadIcon = ({ of }: { of: ConsentKey }) => {
  if (of === 'email') return <MailIcon />;
  return personal.includes(of) ? <UserIcon /> : <EyeIcon />;
};

const Items = ({
  title,
  items,
  changing,
}: {
  title: string;
  items: readonly ConsentItem[];
  changing: boolean;
}): ReactNode =>
  items.length === 0 ? null : (
    <section className="stack">
      <h2>{title}</h2>
      <ul className="grants">
        {items.map((item) => (
          <li key={item.key}>
            {changing ? <PencilIcon /> : <ReadIcon of={item.key} />}
            <span>{item.label}</span>
            {item.value && <span className="value">{item.value}</span>}
          </li>
        ))}
      </ul>
    </section>
  );

export const LinkHop = (props: { appName: string; logoUri: string | null; initials: string }) => (
  <div className="link-hop" aria-hidden="true">
    <AppTile appName={props.appName} logoUri={props.logoUri} />
    <ArrowsIcon />
    <span className="avatar">{props.initials}</span>
  </div>
);

/** Everything that would be allowed. */
export const ConsentItems = ({ texts, question }: { texts: Texts['consent']; question: ConsentQuestion }) => (
  <>
    <Items title={texts.reads} items={question.reads} changing={false} />
    <Items title={texts.changes} items={question.changes} changing />
    {question.apis.map((api) => (
      <section className="stack" key={api.identifier}>
        <h2>{texts.atApi(api.name)}</h2>
        <ul className="grants">
          {api.items.map((item) => (
            <li key={item}>
              <ArrowsIcon />
              <span>{item}</span>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </>
);

/** @param props.accountId the person who is asked: an answer of anybody else counts for nothing */
export const Decision = (props: { texts: Texts['consent']; action: string; formToken: string; accountId: string }) => (
  <Form action={props.action} token={props.formToken}>
    <input type="hidden" name="account" value={props.accountId} />
    <div className="pair">
      <button type="submit" className="button wide" id="deny" name="decision" value="deny">
        {props.texts.deny}
      </button>
      <button type="submit" className="button primary wide" id="allow" name="decision" value="allow">
        {props.texts.allow}
      </button>
    </div>
  </Form>
);

export const ConsentPage = (props: ConsentPageProps) => {
  const { texts } = props;
  return (
    <>
      <div className="panel">
        <LinkHop appName={props.appName} logoUri={props.face.logoUri} initials={props.person.initials} />
        <header className="centered">
          <h1>{texts.title(props.appName)}</h1>
          <p className="muted small">
            {props.registeredBy === null
              ? props.destination
              : texts.registeredBy(props.destination, props.registeredBy)}
          </p>
        </header>
        <ConsentItems texts={texts} question={props.question} />
        <Decision texts={texts} action={props.action} formToken={props.formToken} accountId={props.person.id} />
        <p className="muted small centered">{texts.afterwards(props.destination)}</p>
        <AppLinks texts={texts.appFace} face={props.face} appName={props.appName} />
      </div>
      <p className="muted small centered">
        {texts.signedInAs(props.person.username)} <a href={props.otherAccountHref}>{texts.otherAccount}</a>
      </p>
    </>
  );
};
