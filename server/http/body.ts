/** Reads the body of a request, whatever is in it, and never more of it than is allowed. */
import type { IncomingMessage } from 'node:http';
import { RequestError } from './request-error.ts';

/** A body that is sent as nothing else, not compressed, in UTF-8 where it says so. @throws RequestError 415 */
export const checkMediaType = ({ headers }: IncomingMessage, mediaType: string): void => {
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

/**
 * @param limit bytes
 * @throws RequestError 400, 413
 */
export const readBody = (req: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(req.headers['content-length'] ?? 0) > limit) return Promise.reject(RequestError.tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        // What follows is thrown away, so that the answer can be read before the connection ends.
        req.removeAllListeners('data').resume();
        reject(RequestError.tooLarge());
      } else chunks.push(chunk);
    });
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.once('error', () => reject(RequestError.malformed('The body of the request could not be read.')));
    req.once('close', () => {
      // Every request ends in this event: an error that nobody waits for would cost its stack trace each time.
      if (!req.readableEnded) reject(RequestError.malformed('The body of the request could not be read.'));
    });
  });
};
