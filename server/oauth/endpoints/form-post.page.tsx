/** Carries an answer to an app as a form that sends itself (OAuth 2.0 Form Post Response Mode §2); where scripts are off, by a button. */
import { Panel } from '../../pages/page.tsx';
import type { Texts } from '../../pages/texts.ts';

export interface FormPostPageProps {
  serviceName: string;
  texts: Texts['formPost'];
  /** The redirect URI. */
  action: string;
  answer: Readonly<Record<string, string>>;
}

export const FormPostPage = ({ serviceName, texts, action, answer }: FormPostPageProps) => (
  <Panel serviceName={serviceName} title={texts.title}>
    <p>{texts.text}</p>
    <form method="post" action={action}>
      {Object.entries(answer).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className="button primary wide" id="continue">
        {texts.button}
      </button>
    </form>
  </Panel>
);
