/** What names a key (RFC 7638, with SHA-256): 32 bytes in base64url. */
export const isThumbprint = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value);
