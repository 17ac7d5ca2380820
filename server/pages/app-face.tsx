/** What an app shows of itself on the pages where people decide about it (OpenID Connect Registration §2). */
import type { Texts } from './texts.ts';

export interface AppFace {
  readonly logoUri: string | null;
  /** How it treats what it learns of people. */
  readonly policyUri: string | null;
  readonly tosUri: string | null;
}

/** The pictures that a page's policy must let it load. */
export const picturesOf = (face: AppFace | null): string[] => (face?.logoUri == null ? [] : [face.logoUri]);

/** The app's name stands beside it, so it says nothing to who cannot see it. */
export const AppLogo = ({ logoUri }: Pick<AppFace, 'logoUri'>) =>
  logoUri === null ? null : <img className="logo" src={logoUri} alt="" referrerPolicy="no-referrer" />;

const Link = (props: { href: string; text: string }) => (
  // In a window of its own: the sign-in stays where it is.
  <a href={props.href} target="_blank" rel="noopener noreferrer">
    {props.text}
  </a>
);

export const AppLinks = ({ texts, face, appName }: { texts: Texts['appFace']; face: AppFace; appName: string }) => {
  const { policyUri, tosUri } = face;
  if (policyUri === null && tosUri === null) return null;
  return (
    <p className="muted small centered app-links">
      <span>{appName}</span>
      {policyUri !== null && <Link href={policyUri} text={texts.policy} />}
      {tosUri !== null && <Link href={tosUri} text={texts.terms} />}
    </p>
  );
};
