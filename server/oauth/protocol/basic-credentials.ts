/** `Authorization: Basic` at the token endpoint (RFC 6749 §2.3.1): id and secret are form-encoded before they are joined. */

export interface BasicCredentials {
  clientId: string;
  /** The secret decoded as the standard says, then as it stands: many clients do not encode it. */
  secrets: string[];
}

const formDecode = (text: string): string | null => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
};

/** @returns null where the header holds no such credentials */
export const readBasicCredentials = (header: string): BasicCredentials | null => {
  const match = /^Basic +([A-Za-z0-9+/_-]+={0,2})$/i.exec(header);
  if (!match?.[1]) return null;
  const bytes = Buffer.from(match[1], 'base64');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) return null;
  const colon = text.indexOf(':');
  if (colon < 1) return null;
  const clientId = formDecode(text.slice(0, colon));
  const raw = text.slice(colon + 1);
  const decoded = formDecode(raw);
  if (clientId === null || raw === '' || clientId.includes('\0') || raw.includes('\0')) return null;
  return { clientId, secrets: decoded === null || decoded === raw ? [raw] : [decoded, raw] };
};
