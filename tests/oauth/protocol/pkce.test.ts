import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { challengeOf, isCodeChallenge } from '../../../server/oauth/protocol/pkce.ts';
import { requirement } from '../../support/requirement.ts';

const sha256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
const unreserved = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'];
const verifiers = fc.string({ unit: fc.constantFrom(...unreserved), minLength: 43, maxLength: 128 });

requirement('RFC 7636 §B', 'the example of the appendix holds', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  expect(challengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
});

requirement('RFC 7636 §4.6', 'a verifier answers its own challenge and no other', () => {
  fc.assert(
    fc.property(verifiers, verifiers, (verifier, other) => {
      expect(isCodeChallenge(challengeOf(verifier))).toBe(true);
      expect(challengeOf(verifier)).toBe(sha256(verifier));
      expect(challengeOf(other) === sha256(verifier)).toBe(other === verifier);
    }),
  );
});

requirement(
  'RFC 7636 §4.1',
  'a verifier that is too short, too long or of other characters answers no challenge at all',
  () => {
    for (const verifier of ['', 'a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(42)} `, `${'a'.repeat(42)}é`]) {
      expect(isCodeChallenge(challengeOf(verifier)), verifier).toBe(false);
    }
  },
);
