/** Which addresses an app may be sent back to. What is registered is kept and compared byte for byte (RFC 9700 §4.1.3). */
import { isLoopbackHost, isProtected } from '../kernel/loopback.ts';
import type { AppType } from './app.entity.ts';

export const maxRedirectUris = 50;
const maxUriLength = 2000;

/** Printable ASCII without blanks and what RFC 3986 leaves out; a URL parser would repair these, so that the texts differ. */
const uriCharacters = /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/;

/** Schemes that a browser or the system acts on by itself. With a dot in it, a scheme is none of these. */
const privateUseScheme = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;

/** @returns what is wrong with the redirect URI for an app of this type, in a plain sentence; null where nothing is */
export const redirectUriProblem = (type: AppType, uri: string): string | null => {
  if (uri === '') return 'Enter an address.';
  if (uri.length > maxUriLength) return `An address has at most ${maxUriLength} characters.`;
  if (!uriCharacters.test(uri)) return 'An address is made of letters, digits and the signs of a URL, without blanks.';
  const parsed = URL.parse(uri);
  if (parsed === null || !/^[a-z][a-z0-9+.-]*:/i.test(uri))
    return 'That is not an address such as https://app.example.org/callback.';
  if (uri.includes('#')) return 'An address to return to has no fragment (#).';
  if (uri.includes('*')) return 'An address is registered exactly, without wildcards (*).';
  if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return webProblem(type, uri, parsed);
  if (type !== 'native') return 'The address must begin with https://.';
  // RFC 8252 §7.1: a domain name under the developer's control, reversed.
  if (!privateUseScheme.test(parsed.protocol) || !uri.startsWith(parsed.protocol)) {
    return 'An own scheme has a dot in it and small letters only, e.g. org.example.app:/callback.';
  }
  if (parsed.username !== '' || parsed.password !== '') return 'An address has no user name or password.';
  return null;
};

const webProblem = (type: AppType, uri: string, parsed: URL): string | null => {
  const authority = /^https?:\/\/([^/?]+)/i.exec(uri)?.[1];
  if (authority === undefined || authority.includes('@')) return 'An address has a host, and no user name or password.';
  // What the parser turns into another text would be shown as one address and be another.
  if (authority.toLowerCase() !== parsed.host && !isDefaultPort(authority, parsed))
    return 'The host of the address is not written as a host.';
  if (parsed.protocol === 'https:') return null;
  if (!isLoopbackHost(parsed.hostname)) {
    return type === 'native'
      ? 'Only addresses on this device may begin with http://.'
      : 'The address must begin with https://; http:// is for localhost only.';
  }
  return null;
};

const isDefaultPort = (authority: string, parsed: URL): boolean =>
  authority.toLowerCase() === `${parsed.host}:${parsed.protocol === 'https:' ? '443' : '80'}`;

/** Whether `uri` may be a page of the app's, or its picture: people are shown it beside what they trust. */
export const isAppPage = (uri: string): boolean =>
  uri.length <= maxUriLength &&
  uriCharacters.test(uri) &&
  /^https?:\/\/[^/?#@]+([/?#]|$)/.test(uri) &&
  URL.canParse(uri) &&
  isProtected(new URL(uri));
