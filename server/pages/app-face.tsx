/** What an app shows of itself on the pages where people decide about it (OpenID Connect Registration §2). */
import type { Texts } from './texts.ts';

export interface AppPage {
  readonly uri: string;
  /** Named where it is not known to be the app's own. */
  readonly host: string | null;
}

export interface AppFace {
  readonly logoUri: string | null;
  /** How it treats what it learns of people. */
  readonly policy: AppPage | null;
  readonly terms: AppPage | null;
}

/** The pictures that a page's policy must let it load. */
export const picturesOf = (face: AppFace | null): string[] => (face?.logoUri == null ? [] : [face.logoUri]);

const initialOf = (appName: string): string => ([...appName][0] ?? '').toUpperCase();

/** Where it cannot be loaded, the style sheet puts the app's initial there. The name stands beside it: it is not read out. */
export const AppLogo = ({ appName, logoUri }: Pick<AppFace, 'logoUri'> & { appName: string }) =>
  logoUri === null ? null : (
    <img className="logo" src={logoUri} alt={initialOf(appName)} aria-hidden="true" referrerPolicy="no-referrer" />
  );

/** The app as a tile: its logo, else its initial. */
export const AppTile = ({ appName, logoUri }: Pick<AppFace, 'logoUri'> & { appName: string }) => (
  <span className="avatar tile" aria-hidden="true">
    {logoUri === null ? initialOf(appName) : <AppLogo appName={appName} logoUri={logoUri} />}
  </span>
);

const Link = ({ page: { uri, host }, text }: { page: AppPage; text: string }) => (
  // In a window of its own: the sign-in stays where it is.
  <a href={uri} target="_blank" rel="noopener noreferrer">
    {host === null ? text : `${text} (${host})`}
  </a>
);

export const AppLinks = ({ texts, face, appName }: { texts: Texts['appFace']; face: AppFace; appName: string }) => {
  const { policy, terms } = face;
  if (policy === null && terms === null) return null;
  return (
    <p className="muted small centered app-links">
      <span>{appName}</span>
      {policy !== null && <Link page={policy} text={texts.policy} />}
      {terms !== null && <Link page={terms} text={texts.terms} />}
    </p>
  );
};
