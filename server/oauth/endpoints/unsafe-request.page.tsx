/** Says why a request ends here; to the app's owner also what was registered, with the difference marked. No address of the request is a link. */
import { Panel } from '../../pages/page.tsx';
import type { Texts } from '../../pages/texts.ts';
import type { RedirectUriDifference } from '../protocol/redirect-uri-difference.ts';

export interface UnsafeRequestPageProps {
  serviceName: string;
  texts: Texts['unsafeRequest'];
  /** What is wrong, in words. */
  text: string;
  /** For the app's owner alone. */
  ownApp: { name: string; href: string; difference: RedirectUriDifference | null } | null;
}

/** What shows nothing of itself, or turns what stands beside it: control, format and bidirectional characters, foreign blanks. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

const visible = (text: string): string =>
  text.replace(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}`);

const Address = (props: { label: string; before: string; middle: string; after: string }) => (
  <div className="field">
    <b>{props.label}</b>
    <code className="mono address" dir="ltr">
      {visible(props.before)}
      <mark>{visible(props.middle)}</mark>
      {visible(props.after)}
    </code>
  </div>
);

const Difference = ({ texts, difference }: { texts: Texts['unsafeRequest']; difference: RedirectUriDifference }) => (
  <>
    <p>{texts.differences[difference.kind]}</p>
    <Address
      label={texts.registered}
      before={difference.before}
      middle={difference.registered}
      after={difference.after}
    />
    <Address
      label={texts.presented}
      before={difference.before}
      middle={difference.presented}
      after={difference.after}
    />
  </>
);

export const UnsafeRequestPage = ({ serviceName, texts, text, ownApp }: UnsafeRequestPageProps) => (
  <Panel serviceName={serviceName} title={texts.title}>
    <p>{text}</p>
    {ownApp && (
      <section className="stack" id="registered">
        <p className="muted">{texts.yourApp(ownApp.name)}</p>
        {ownApp.difference === null ? (
          <p>{texts.noneRegistered}</p>
        ) : (
          <Difference texts={texts} difference={ownApp.difference} />
        )}
        <p>
          <a href={ownApp.href}>{texts.toYourApp}</a>
        </p>
      </section>
    )}
  </Panel>
);
