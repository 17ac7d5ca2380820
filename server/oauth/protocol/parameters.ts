/** The parameters of a request, as RFC 6749 §3.1 and §3.2 want them read: each at most once, an empty one as if it were not there. */
import { OAuthError } from './oauth-error.ts';

export type Parameters = ReadonlyMap<string, string>;

/** U+FFFD is what broken UTF-8 decodes to; control characters belong in no parameter. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/**
 * @param pairs names and values as sent
 * @throws OAuthError `invalid_request` for a repeated name or a value that cannot be read
 */
export const readParameters = (pairs: Iterable<[string, string]>): Parameters => {
  const parameters = new Map<string, string>();
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    if (seen.has(name)) throw OAuthError.invalidRequest('A parameter is repeated.');
    seen.add(name);
    if (unreadable.test(name) || unreadable.test(value)) {
      throw OAuthError.invalidRequest('A parameter holds characters that are not allowed.');
    }
    if (value !== '') parameters.set(name, value);
  }
  return parameters;
};
