/** Asks a person whether an app may use their account: exactly what it will read and change, in their own words and values. */
import type { ReactNode } from 'react';
import type { ConsentKey } from '../../graphql/consent-texts.ts';
import { Form } from '../../pages/form-field.tsx';
import { ArrowsIcon, EyeIcon, MailIcon, PencilIcon, UserIcon } from '../../pages/icons.tsx';
import type { Texts } from '../../pages/texts.ts';

export interface ConsentItem {
  key: ConsentKey;
  label: string;
  /** What the app would see of this person, if it can be shown. */
  value?: string | undefined;
}

export interface ConsentPageProps {
  texts: Texts['consent'];
  action: string;
  formToken: string;
  appName: string;
  /** The host that the person returns to. */
  destination: string;
  registeredBy: string | null;
  person: { id: string; username: string; initials: string };
  reads: readonly ConsentItem[];
  changes: readonly ConsentItem[];
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

export const ConsentPage = (props: ConsentPageProps) => {
  const { texts } = props;
  return (
    <>
      <div className="panel">
        <div className="link-hop" aria-hidden="true">
          <span className="avatar tile">{props.appName.slice(0, 1).toUpperCase()}</span>
          <ArrowsIcon />
          <span className="avatar">{props.person.initials}</span>
        </div>
        <header className="centered">
          <h1>{texts.title(props.appName)}</h1>
          <p className="muted small">
            {props.registeredBy === null
              ? props.destination
              : texts.registeredBy(props.destination, props.registeredBy)}
          </p>
        </header>
        <Items title={texts.reads} items={props.reads} changing={false} />
        <Items title={texts.changes} items={props.changes} changing />
        <Form action={props.action} token={props.formToken}>
          <input type="hidden" name="account" value={props.person.id} />
          <div className="pair">
            <button type="submit" className="button wide" id="deny" name="decision" value="deny">
              {texts.deny}
            </button>
            <button type="submit" className="button primary wide" id="allow" name="decision" value="allow">
              {texts.allow}
            </button>
          </div>
        </Form>
        <p className="muted small centered">{texts.afterwards(props.destination)}</p>
      </div>
      <p className="muted small centered">
        {texts.signedInAs(props.person.username)} <a href={props.otherAccountHref}>{texts.otherAccount}</a>
      </p>
    </>
  );
};
