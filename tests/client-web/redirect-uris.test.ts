/** The web client judges redirect URIs while they are typed: by the same rules as the server, never by others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redirectUriProblem } from '../../client-web/src/pages/developer/redirect-uris.ts';
import { redirectUriProblem as serverProblem } from '../../server/apps/redirect-uris.ts';

const types = [
  ['WEB', 'web'],
  ['SPA', 'spa'],
  ['NATIVE', 'native'],
] as const;

describe('redirect URIs while they are typed', () => {
  it.each([
    ['https://app.example.org/callback', 'WEB', null],
    ['https://app.example.org/callback?from=latchkey', 'SPA', null],
    ['http://localhost:3000/callback', 'WEB', null],
    ['http://127.0.0.1/callback', 'NATIVE', null],
    ['http://[::1]:8080/', 'NATIVE', null],
    ['org.example.app:/callback', 'NATIVE', null],
    ['', 'WEB', 'empty'],
    ['app.example.org', 'WEB', 'not-a-uri'],
    ['https:', 'WEB', 'not-a-uri'],
    ['https://app.example.org/#done', 'WEB', 'fragment'],
    ['https://*.example.org/', 'WEB', 'wildcard'],
    ['https://ada:secret@app.example.org/', 'WEB', 'credentials'],
    ['https://app.example.org\\@evil.example/', 'WEB', 'characters'],
    ['https://app.example.org/a b', 'WEB', 'characters'],
    ['https://0x7f.1/', 'WEB', 'host'],
    ['http://app.example.org/', 'WEB', 'http'],
    ['http://localhost.evil.example/', 'NATIVE', 'http'],
    ['org.example.app:/callback', 'SPA', 'scheme'],
    ['javascript:alert(1)', 'WEB', 'scheme'],
    ['javascript:alert(1)', 'NATIVE', 'scheme-without-dot'],
    ['myapp:/callback', 'NATIVE', 'scheme-without-dot'],
    [`https://app.example.org/${'a'.repeat(2000)}`, 'WEB', 'too-long'],
  ] as const)('says of %s for %s: %s', (uri, type, problem) => {
    expect(redirectUriProblem(uri, type)).toBe(problem);
  });

  it('agrees with the server on whatever is typed', () => {
    const part = fc.constantFrom(
      ...[
        'https:',
        'http:',
        'org.example.app:',
        'app:',
        '//',
        '/',
        'localhost',
        '127.0.0.1',
        '[::1]',
        'a.example',
        '@',
      ],
      ...[':', '443', '3000', '?', '#', '*', ' ', '\\', '%2e', '\0', 'é', 'javascript:', 'data:', '0x7f.1', '..', ';'],
    );
    const typed = fc.oneof(
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string(),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom(...types), (uri, [ours, theirs]) => {
        expect(redirectUriProblem(uri, ours) === null).toBe(serverProblem(theirs, uri) === null);
      }),
      { numRuns: 2000 },
    );
  });
});
