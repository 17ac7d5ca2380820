/** Reads one HTTP/1.1 answer at a time from a connection: by its length or in chunks (RFC 9112 §6). */
import type { Answer } from './load.ts';

const endOfHead = Buffer.from('\r\n\r\n');

export class AnswerReader {
  private pending: Buffer | null = null;

  /**
   * @param chunk what the socket gave
   * @returns the answer once it is complete
   * @throws where the bytes are no answer, or more than the one that was asked for
   */
  read(chunk: Buffer): Answer | null {
    const bytes = this.pending === null ? chunk : Buffer.concat([this.pending, chunk]);
    const headLength = bytes.indexOf(endOfHead);
    const parsed = headLength === -1 ? null : complete(bytes, headLength);
    this.pending = parsed === null ? bytes : null;
    return parsed;
  }
}

const complete = (bytes: Buffer, headLength: number): Answer | null => {
  const head = bytes.toString('latin1', 0, headLength);
  const status = Number(head.slice(9, 12));
  const location = /\r\nlocation: *([^\r]*)/i.exec(head)?.[1] ?? null;
  if (!head.startsWith('HTTP/1.1 ') || Number.isNaN(status)) throw new Error(`No HTTP answer: ${head.slice(0, 80)}`);
  const start = headLength + endOfHead.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = start + Number(length);
    if (bytes.length < end) return null;
    if (bytes.length > end) throw new Error('The server sent more than one answer to one request.');
    return { status, location, body: bytes.subarray(start, end) };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) throw new Error('The answer says neither its length nor chunks.');
  const body = unchunk(bytes, start);
  return body === null ? null : { status, location, body };
};

const unchunk = (bytes: Buffer, start: number): Buffer | null => {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const endOfSize = bytes.indexOf('\r\n', at);
    if (endOfSize === -1) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, endOfSize), 16);
    if (Number.isNaN(size)) throw new Error('A chunk without a size.');
    const from = endOfSize + 2;
    if (bytes.length < from + size + 2) return null;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
};
