/** Reads forms and queries strictly: what a handler is given is a map of single, well-formed texts, or nothing. */
import { TextDecoder } from 'node:util';
import express, { type Request, type Response } from 'express';
import { RequestError } from './request-error.ts';

/** Field names and values; no name occurs twice. */
export type Form = ReadonlyMap<string, string>;

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
    if (form.has(name)) throw RequestError.malformed('A field of the request is repeated.');
    if (form.size === fieldLimit) throw RequestError.malformed('The request has too many fields.');
    form.set(name, at < 0 ? '' : decode(pair.slice(at + 1)));
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

/** @throws RequestError 415 */
const checkMediaType = (header: string): void => {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8);
  const known = charset === undefined || /^"?utf-?8"?$/.test(charset);
  if (type !== mediaType || !known) throw RequestError.unsupportedMediaType(mediaType);
};

const reason = (error: unknown): RequestError => {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return RequestError.tooLarge();
  if (status === 415) return RequestError.unsupportedMediaType(mediaType);
  return RequestError.malformed('The body of the request could not be read.');
};

/** Bytes. */
const bodyLimit = 16_384;
const readBody = express.raw({ type: () => true, limit: bodyLimit, inflate: false });

/**
 * The body of a POST, as a form. A request without a body is an empty form.
 *
 * @throws RequestError 400, 413, 415
 */
export const readForm = async (req: Request, res: Response): Promise<Form> => {
  const header = req.headers['content-type'];
  const empty = req.headers['transfer-encoding'] === undefined && !Number(req.headers['content-length'] ?? 0);
  if (header !== undefined) checkMediaType(header);
  else if (!empty) throw RequestError.unsupportedMediaType(mediaType);
  if (empty) return new Map();
  await new Promise<void>((resolve, reject) => {
    readBody(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(reason(error))));
  });
  return parseUrlEncoded(Buffer.isBuffer(req.body) ? req.body.toString('latin1') : '');
};
