/** What of an app people are shown while they sign in to it. */
import type { AppFace, AppPage } from '../pages/app-face.tsx';
import type { App } from './app.entity.ts';

const hostOf = (uri: string | null | undefined): string | null => (uri == null ? null : (URL.parse(uri)?.host ?? null));

/**
 * Where nobody here looked at an app before it came, what is another's would make it look like that other (RFC 7591 §5): a picture is
 * not shown then, and of a page it is said whose it is.
 *
 * @param redirectUri where its answer goes; null where it goes to no browser
 */
export const faceOf = (app: App, redirectUri: string | null): AppFace => {
  const home = hostOf(redirectUri);
  const isForeign = (uri: string): boolean => app.origin !== 'registered' && (home === null || hostOf(uri) !== home);
  const page = (uri: string | null | undefined): AppPage | null =>
    uri == null ? null : { uri, host: isForeign(uri) ? hostOf(uri) : null };
  return {
    logoUri: app.logoUri == null || isForeign(app.logoUri) ? null : app.logoUri,
    policy: page(app.policyUri),
    terms: page(app.tosUri),
  };
};
