import { describe, expect, it } from 'vitest';
import { AnswerReader } from '../../bench/answer-reader.ts';

const byLength = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const inChunks = 'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n';

describe('the bench’s reader of answers', () => {
  it.each([
    ['with a length', byLength, 200],
    ['in chunks', inChunks, 201],
  ])('reads an answer %s, however it is cut', (_how, text, status) => {
    for (let cut = 1; cut < text.length; cut += 1) {
      const reader = new AnswerReader();
      expect(reader.read(Buffer.from(text.slice(0, cut)))).toBeNull();
      expect(reader.read(Buffer.from(text.slice(cut)))).toMatchObject({ status, body: Buffer.from('hello') });
    }
  });

  it('reads one answer after another', () => {
    const reader = new AnswerReader();
    expect(reader.read(Buffer.from(byLength))?.status).toBe(200);
    expect(reader.read(Buffer.from(inChunks))?.status).toBe(201);
  });

  it.each([
    ['no HTTP', 'what?\r\n\r\n'],
    ['without a length', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['longer than it says', `${byLength}!`],
  ])('refuses an answer that is %s', (_what, text) => {
    expect(() => new AnswerReader().read(Buffer.from(text))).toThrow();
  });
});
