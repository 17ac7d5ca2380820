/** Where a redirect URI differs from the one that was registered: for the person who can mend it. */

/** What is different, in the order in which it is looked for. */
type DifferenceKind = 'scheme' | 'host' | 'port' | 'trailing_slash' | 'case' | 'path' | 'query' | 'other';

/** Both texts, cut where they begin and where they cease to differ: `before + middle + after`. */
export interface RedirectUriDifference {
  readonly kind: DifferenceKind;
  readonly before: string;
  readonly registered: string;
  readonly presented: string;
  readonly after: string;
}

/**
 * @param presented what the request named
 * @param registered what was registered, none of it the same
 * @returns the difference to the most similar one; null where nothing is registered
 */
export const nearestDifference = (presented: string, registered: readonly string[]): RedirectUriDifference | null => {
  const [nearest] = registered
    .map((uri) => differenceOf(uri, presented))
    .sort((a, b) => b.before.length + b.after.length - a.before.length - a.after.length);
  return nearest ?? null;
};

const differenceOf = (registered: string, presented: string): RedirectUriDifference => {
  const shorter = Math.min(registered.length, presented.length);
  let start = 0;
  while (start < shorter && registered[start] === presented[start]) start++;
  let end = 0;
  while (end < shorter - start && registered.at(-1 - end) === presented.at(-1 - end)) end++;
  return {
    kind: kindOf(registered, presented),
    before: registered.slice(0, start),
    registered: registered.slice(start, registered.length - end),
    presented: presented.slice(start, presented.length - end),
    after: registered.slice(registered.length - end),
  };
};

const kindOf = (registered: string, presented: string): DifferenceKind => {
  const [before, now] = [partsOf(registered), partsOf(presented)];
  if (before === null || now === null) return 'other';
  const differing = (['scheme', 'host', 'port', 'path', 'query'] as const).filter((part) => before[part] !== now[part]);
  const [first] = differing;
  if (first === undefined) return 'other';
  if (differing.length === 1 && `${before.path}/` === now.path) return 'trailing_slash';
  if (differing.length === 1 && before.path === `${now.path}/`) return 'trailing_slash';
  return registered.toLowerCase() === presented.toLowerCase() ? 'case' : first;
};

/** By the text, not by a parser that would repair it. */
const partsOf = (uri: string) => {
  const found = /^([a-z][a-z0-9+.-]*):(?:\/\/(\[[^\]]*\]|[^/?#:]*)(:\d*)?)?([^?#]*)(.*)$/is.exec(uri);
  if (found === null) return null;
  const [, scheme, host = '', port = '', path = '', query = ''] = found;
  return { scheme, host, port, path, query };
};
