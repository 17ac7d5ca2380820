/** What of an app people are shown while they sign in to it. */
import type { AppFace } from '../pages/app-face.tsx';
import type { App } from './app.entity.ts';

const hostOf = (uri: string | null | undefined): string | null => (uri == null ? null : (URL.parse(uri)?.host ?? null));

/**
 * Where nobody here looked at an app before it came, only what is its own is shown: another's picture or policy would make it look
 * like that other (RFC 7591 §5).
 *
 * @param redirectUri where its answer goes; null where it goes to no browser
 */
export const faceOf = (app: App, redirectUri: string | null): AppFace => {
  const home = hostOf(redirectUri);
  const shown = (uri: string | null | undefined): string | null =>
    uri != null && (app.origin === 'registered' || (home !== null && hostOf(uri) === home)) ? uri : null;
  return { logoUri: shown(app.logoUri), policyUri: shown(app.policyUri), tosUri: shown(app.tosUri) };
};
