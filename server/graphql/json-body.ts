/** Reads the body of a request as JSON, strictly, and never more of it than is allowed. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestError } from '../http/request-error.ts';

const mediaType = 'application/json';

/**
 * @param limit bytes
 * @throws RequestError 400, 413, 415
 */
export const readJson = async (req: IncomingMessage, limit: number): Promise<unknown> => {
  checkHeaders(req);
  const bytes = await readBytes(req, limit);
  if (!isUtf8(bytes)) throw RequestError.malformed('The request is not valid UTF-8.');
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw RequestError.malformed('The body of the request is not valid JSON.');
  }
};

const checkHeaders = ({ headers }: IncomingMessage): void => {
  const type = headers['content-type'];
  // The common case first, without taking the header apart.
  if (type !== mediaType) {
    const [essence = '', ...parameters] = (type ?? '').split(';').map((part) => part.trim().toLowerCase());
    const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8);
    if (essence !== mediaType || (charset !== undefined && !/^"?utf-?8"?$/.test(charset))) {
      throw RequestError.unsupportedMediaType(mediaType);
    }
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw RequestError.unsupportedMediaType(mediaType);
};

const readBytes = (req: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(req.headers['content-length'] ?? 0) > limit) return Promise.reject(RequestError.tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let complete = false;
    const breakOff = () => {
      // Every request is closed in the end; only one that is not complete has failed.
      if (!complete) reject(RequestError.malformed('The body of the request could not be read.'));
    };
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        // What follows is thrown away, so that the answer can be read before the connection ends.
        req.removeAllListeners('data').resume();
        reject(RequestError.tooLarge());
      } else chunks.push(chunk);
    });
    req.once('end', () => {
      complete = true;
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    req.once('error', breakOff);
    req.once('close', breakOff);
  });
};
