/** Reads the body of a request as JSON, strictly. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { checkMediaType, readBody } from './body.ts';
import { RequestError } from './request-error.ts';

/**
 * @param limit bytes
 * @throws RequestError 400, 413, 415
 */
export const readJson = async (req: IncomingMessage, limit: number): Promise<unknown> => {
  checkMediaType(req, 'application/json');
  const bytes = await readBody(req, limit);
  if (!isUtf8(bytes)) throw RequestError.malformed('The request is not valid UTF-8.');
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw RequestError.malformed('The body of the request is not valid JSON.');
  }
};
