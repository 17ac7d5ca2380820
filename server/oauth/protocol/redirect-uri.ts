/** Whether a redirect URI is one that was registered: string equality, nothing else (RFC 9700 §2.1). */

const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::(\d{1,5}))?(\/.*|\?.*|)$/;

/** The URI without its port, if it is a plain loopback one; compared by text, so that no parser's leniency counts. */
const withoutPort = (uri: string): string | null => {
  const match = loopback.exec(uri);
  if (match === null) return null;
  const [, origin, port, rest] = match;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) return null;
  return `${origin}${rest}`;
};

/**
 * @param anyLoopbackPort native apps listen on a port that they learn at run time (RFC 8252 §7.3)
 */
export const isRegisteredRedirectUri = (
  presented: string,
  registered: readonly string[],
  anyLoopbackPort: boolean,
): boolean => {
  if (registered.includes(presented)) return true;
  if (!anyLoopbackPort) return false;
  const bare = withoutPort(presented);
  return bare !== null && registered.some((uri) => withoutPort(uri) === bare);
};
