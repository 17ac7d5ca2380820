import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBasicCredentials } from '../../../server/oauth/protocol/basic-credentials.ts';

const basic = (text: string) => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;

test('a secret that was not encoded is taken as it stands too', () => {
  expect(readBasicCredentials(basic('forum:a+b%'))?.secrets).toContain('a+b%');
  expect(readBasicCredentials(basic('forum:a+b:c'))?.secrets).toEqual(['a b:c', 'a+b:c']);
});

test('what holds no credentials is refused, whatever it is', () => {
  for (const header of [
    '',
    'Basic',
    'Basic ',
    'Basic =',
    'Basic !!!!',
    basic(''),
    basic('forum'),
    basic(':secret'),
    basic('forum:'),
    basic('forum:a\0b'),
    basic('%zz:secret'),
    basic('%00:secret'),
    `Basic ${Buffer.from([0xff, 0xfe, 0x3a, 0x41]).toString('base64')}`,
    `Bearer ${basic('forum:secret').slice(6)}`,
    `${basic('forum:secret')}, Basic Zm9vOmJhcg==`,
  ]) {
    expect(readBasicCredentials(header), header).toBeNull();
  }
  fc.assert(
    fc.property(fc.string(), (header) => {
      readBasicCredentials(`Basic ${header}`);
    }),
  );
});
