import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrlEncoded } from '../../server/http/form.ts';
import { RequestError } from '../../server/http/request-error.ts';

describe('reading a form', () => {
  it('gives back what a browser sent', () => {
    const field = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'));
    fc.assert(
      fc.property(fc.dictionary(field, field), (fields) => {
        const sent = new URLSearchParams(Object.entries(fields)).toString();
        expect(Object.fromEntries(parseUrlEncoded(sent))).toEqual(Object.fromEntries(Object.entries(fields)));
      }),
    );
  });

  it('either reads any bytes or refuses them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          parseUrlEncoded(Buffer.from(bytes).toString('latin1'));
        } catch (error) {
          expect(error).toBeInstanceOf(RequestError);
        }
      }),
    );
  });

  it('takes names that are nothing but names', () => {
    const form = parseUrlEncoded('__proto__=1&constructor=2&a[]=3&a[b]=4&=5&c');
    expect([...form]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['a[]', '3'],
      ['a[b]', '4'],
      ['', '5'],
      ['c', ''],
    ]);
  });

  it.each(['a=1&a=2', 'a&a', 'a=%', 'a=%zz', 'a=%00', '%00=a', 'a=%ff', 'a=\xff', 'a=%ed%a0%80', 'a=%c0%80'])(
    'refuses %j',
    (text) => {
      expect(() => parseUrlEncoded(text)).toThrow(RequestError);
    },
  );

  it('refuses more fields than any form has', () => {
    const many = Array.from({ length: 101 }, (_, i) => `f${i}=`).join('&');
    expect(() => parseUrlEncoded(many)).toThrow('too many fields');
  });
});
