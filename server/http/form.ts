/** Reads forms and queries strictly: what a handler is given is a map of single, well-formed texts, or nothing. */
import { TextDecoder } from 'node:util';
import type { Request } from 'express';
import { checkMediaType, readBody } from './body.ts';
import { RequestError } from './request-error.ts';

/** Field names and values; no name occurs twice, but see `repeatable`. */
export type Form = ReadonlyMap<string, string>;

/** What alone may occur twice (RFC 8707 §2, RFC 8693 §2.1): absolute URIs, which are joined by a blank because they hold none. */
const repeatable = new Set(['resource', 'audience']);

const mediaType = 'application/x-www-form-urlencoded';
const fieldLimit = 100;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param text one character for each byte */
const decode = (text: string): string => {
  // Most of what programs send needs no decoding: ids, secrets, tokens.
  if (/^[\w.~-]*$/.test(text)) return text;
  if (/%(?![0-9a-fA-F]{2})/.test(text)) throw RequestError.malformed('The request is not percent-encoded properly.');
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  let decoded: string;
  try {
    decoded = utf8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    throw RequestError.malformed('The request is not valid UTF-8.');
  }
  // PostgreSQL has no text with NUL in it, and no person types one.
  if (decoded.includes('\0')) throw RequestError.malformed('The request contains a NUL character.');
  return decoded;
};

/**
 * @param text `application/x-www-form-urlencoded`, one character for each byte (latin1)
 * @throws RequestError 400: broken percent-encoding or UTF-8, NUL, a repeated or unreasonable number of fields
 */
export const parseUrlEncoded = (text: string): Form => {
  const form = new Map<string, string>();
  for (const pair of text === '' ? [] : text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + 1));
    const before = form.get(name);
    if (before !== undefined && !repeatable.has(name))
      throw RequestError.malformed('A field of the request is repeated.');
    if (form.size === fieldLimit) throw RequestError.malformed('The request has too many fields.');
    form.set(name, before === undefined ? value : `${before} ${value}`);
  }
  return form;
};

/**
 * The query of the address.
 *
 * @throws RequestError 400
 */
export const readQuery = (req: Request): Form => {
  const at = req.originalUrl.indexOf('?');
  return parseUrlEncoded(at < 0 ? '' : Buffer.from(req.originalUrl.slice(at + 1), 'utf8').toString('latin1'));
};

/** Bytes. */
const bodyLimit = 16_384;

/**
 * The body of a POST, as a form. A request without a body is an empty form.
 *
 * @throws RequestError 400, 413, 415
 */
export const readForm = async (req: Request): Promise<Form> => {
  const { headers } = req;
  const empty = headers['transfer-encoding'] === undefined && !Number(headers['content-length'] ?? 0);
  if (!empty || headers['content-type'] !== undefined) checkMediaType(req, mediaType);
  return empty ? new Map() : parseUrlEncoded((await readBody(req, bodyLimit)).toString('latin1'));
};
