/** What is typed on an app's page, and what becomes of it. */
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../client-web/src/auth/server-clock.ts';
import { readPublicKeys } from '../../client-web/src/pages/developer/public-keys.ts';
import { durationOf, durationUnits, secondsOf } from '../../client-web/src/ui/durations.ts';

describe('a duration', () => {
  it.each([
    [5400, { amount: '90', unit: 'minutes' }],
    [86_400, { amount: '1', unit: 'days' }],
    [61, { amount: '61', unit: 'seconds' }],
    [0, { amount: '0', unit: 'minutes' }],
    [null, { amount: '', unit: 'minutes' }],
  ] as const)('of %s seconds reads as %o', (seconds, duration) => {
    expect(durationOf(seconds, 'minutes')).toEqual(duration);
  });

  it('is the same number of seconds again, whatever its unit', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.constantFrom(...durationUnits), (seconds, unit) => {
        expect(secondsOf(durationOf(seconds, unit))).toBe(seconds);
      }),
    );
  });

  it.each([
    ['1.5', 'hours', 5400],
    ['1,5', 'hours', 5400],
    [' 10 ', 'minutes', 600],
    ['', 'days', null],
    ['0.5', 'seconds', Number.NaN],
    ['-1', 'days', -86_400],
    ['1e3', 'days', Number.NaN],
    ['ten', 'minutes', Number.NaN],
    ['99999', 'days', 2 ** 31 - 1],
  ] as const)('typed as “%s” %s is %s', (amount, unit, seconds) => {
    expect(secondsOf({ amount, unit })).toEqual(seconds);
  });
});

describe('public keys', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });

  it('are a set, or a single key', () => {
    expect(readPublicKeys(JSON.stringify({ keys: [jwk] }))).toEqual({ keys: [jwk] });
    expect(readPublicKeys(JSON.stringify(jwk))).toEqual({ keys: [jwk] });
  });

  it.each([
    ['', 'not-json'],
    ['keys', 'not-json'],
    ['null', 'no-keys'],
    ['[]', 'no-keys'],
    ['{"keys": []}', 'no-keys'],
    ['{"keys": [1]}', 'no-keys'],
    [JSON.stringify(privateKey.export({ format: 'jwk' })), 'secret'],
    ['{"kty": "oct", "k": "c2VjcmV0"}', 'secret'],
  ])('are not %s: %s', (text, problem) => {
    expect(readPublicKeys(text)).toBe(problem);
  });

  it('are whatever, and nothing throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readPublicKeys(text)));
  });
});

describe('the server’s clock', () => {
  const now = Date.UTC(2001, 0, 1);
  const answerOf = (date: string | null) => new Response(null, { headers: date === null ? {} : { date } });

  it('is read off its answers', () => {
    const clock = new ServerClock(() => now);
    expect(clock.now).toBe(now / 1000);
    clock.readOff(answerOf('Mon, 01 Jan 2001 01:00:00 GMT'));
    expect([clock.ahead, clock.now]).toEqual([3600, now / 1000 + 3600]);
  });

  it.each([null, 'yesterday'])('stays as it was where the answer says %s', (date) => {
    const clock = new ServerClock(() => now);
    clock.readOff(answerOf(date));
    expect(clock.ahead).toBe(0);
  });
});
