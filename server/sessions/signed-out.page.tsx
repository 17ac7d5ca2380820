/** Says that it is done, while frames let the apps end their own sessions. */
import { Panel } from '../pages/page.tsx';
import type { Texts } from '../pages/texts.ts';

export interface SignedOutPageProps {
  serviceName: string;
  texts: Texts['signOut'];
  /** The apps' pages; their own cookies go with them. */
  frames: readonly string[];
  /** Where the browser goes once they are loaded. */
  next: string | null;
}

export const SignedOutPage = ({ serviceName, texts, frames, next }: SignedOutPageProps) => (
  <Panel serviceName={serviceName} title={texts.doneTitle} lead={next === null ? texts.done : texts.goingOn}>
    {frames.map((page) => (
      <iframe key={page} src={page} title={texts.doneTitle} hidden />
    ))}
    {next !== null && (
      <a className="button wide" id="continue" href={next}>
        {texts.goOn}
      </a>
    )}
  </Panel>
);
