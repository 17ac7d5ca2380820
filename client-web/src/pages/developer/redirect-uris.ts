/** What is wrong with a redirect URI, while it is typed: the server's rules, so that nobody learns them by being refused. */
import type { AppType } from '../../graphql/generated/graphql.ts';

export type RedirectUriProblem =
  | 'empty'
  | 'not-a-uri'
  | 'characters'
  | 'too-long'
  | 'fragment'
  | 'credentials'
  | 'wildcard'
  | 'host'
  | 'http'
  | 'scheme'
  | 'scheme-without-dot';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
/** It is compared byte for byte: what a parser would quietly mend must not be registered. */
const uriCharacters = /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/;
/** RFC 8252 §7.1: a domain name reversed, so it has a dot. */
const privateUseScheme = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/;

export const redirectUriProblem = (uri: string, type: AppType): RedirectUriProblem | null => {
  if (uri === '') return 'empty';
  if (uri.length > 2000) return 'too-long';
  if (!uriCharacters.test(uri)) return 'characters';
  const parsed = /^[a-z][a-z0-9+.-]*:/i.test(uri) ? URL.parse(uri) : null;
  if (parsed === null) return 'not-a-uri';
  if (uri.includes('#')) return 'fragment';
  if (uri.includes('*')) return 'wildcard';
  if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return webProblem(uri, parsed);
  if (type !== 'NATIVE') return 'scheme';
  if (!privateUseScheme.test(parsed.protocol) || !uri.startsWith(parsed.protocol)) return 'scheme-without-dot';
  return parsed.username !== '' || parsed.password !== '' ? 'credentials' : null;
};

const webProblem = (uri: string, parsed: URL): RedirectUriProblem | null => {
  const authority = /^https?:\/\/([^/?]+)/i.exec(uri)?.[1]?.toLowerCase();
  if (authority === undefined) return 'not-a-uri';
  if (authority.includes('@')) return 'credentials';
  const defaultPort = parsed.protocol === 'https:' ? '443' : '80';
  if (authority !== parsed.host && authority !== `${parsed.host}:${defaultPort}`) return 'host';
  return parsed.protocol === 'http:' && !loopbackHosts.has(parsed.hostname) ? 'http' : null;
};
