/** What is wrong with a redirect URI, while it is typed: the server's rules, so that nobody learns them by being refused. */
import type { AppType } from '../../graphql/generated/graphql.ts';

export type RedirectUriProblem =
  | 'empty'
  | 'not-a-uri'
  | 'whitespace'
  | 'too-long'
  | 'fragment'
  | 'credentials'
  | 'wildcard'
  | 'http'
  | 'scheme'
  | 'scheme-without-dot';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Text that a person may still be typing, with the one host that http is for. */
const beginsWithScheme = /^[a-z][a-z0-9+.-]*:/i;

export const redirectUriProblem = (uri: string, type: AppType): RedirectUriProblem | null => {
  if (uri === '') return 'empty';
  if (uri.length > 2000) return 'too-long';
  // The string is compared byte for byte: what a parser would quietly mend must not be registered.
  if (!/^[\x21-\x7e]+$/.test(uri) || uri.includes('\\')) return 'whitespace';
  const parsed = beginsWithScheme.test(uri) ? URL.parse(uri) : null;
  if (parsed === null) return 'not-a-uri';
  if (uri.includes('#')) return 'fragment';
  if (uri.includes('*')) return 'wildcard';
  if (parsed.username !== '' || parsed.password !== '') return 'credentials';
  switch (parsed.protocol) {
    case 'https:':
      return uri.startsWith('https://') ? null : 'not-a-uri';
    case 'http:':
      if (!uri.startsWith('http://')) return 'not-a-uri';
      return loopbackHosts.has(parsed.hostname) ? null : 'http';
    default:
      // RFC 8252 §7.1: a scheme of one's own is a domain name reversed, so it has a dot.
      if (type !== 'NATIVE') return 'scheme';
      return parsed.protocol.includes('.') ? null : 'scheme-without-dot';
  }
};
