import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScope } from '../../../server/kernel/scopes.ts';

/** RFC 6749 §3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )` */
const tokenCharacters = Array.from({ length: 0x5e }, (_, at) => String.fromCharCode(0x21 + at)).filter(
  (character) => character !== '"' && character !== '\\',
);
const token = fc.string({ unit: fc.constantFrom(...tokenCharacters), minLength: 1, maxLength: 20 });

test('scopes are told apart by blanks; order and repetition mean nothing', () => {
  fc.assert(
    fc.property(fc.array(token), (tokens) => {
      expect(parseScope(tokens.join(' '))).toEqual([...new Set(tokens)]);
      expect(parseScope(` ${[...tokens, ...tokens].join('  ')} `)).toEqual([...new Set(tokens)]);
    }),
  );
});

test('any other character makes the whole of it no scope', () => {
  const other = fc.constantFrom('"', '\\', '\t', '\n', '\0', '\x7f', '\u00a0', 'é', '\ud800', '😀');
  fc.assert(
    fc.property(fc.array(token), token, other, (tokens, before, text) => {
      expect(parseScope([...tokens, before + text].join(' '))).toBeNull();
    }),
  );
});

test('whatever comes is a list of tokens or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      const parsed = parseScope(text);
      if (parsed !== null)
        expect(parsed.every((name) => [...name].every((c) => tokenCharacters.includes(c)))).toBe(true);
    }),
  );
});
