import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRegisteredRedirectUri } from '../../../server/oauth/protocol/redirect-uri.ts';
import { requirement } from '../../support/requirement.ts';

/** Every mutation that has let somebody in somewhere: matching is by bytes, so none may pass (RFC 9700 §2.1). */
const mutationsOf = (uri: string): string[] => {
  const { protocol, host, pathname, search } = new URL(uri);
  return [
    `${uri}/`,
    uri.replace(/\/$/, ''),
    `${uri}#`,
    `${uri}#fragment`,
    `${uri}?`,
    `${uri}&extra=1`,
    `${uri}?extra=1`,
    `${uri};params`,
    `${uri}%00`,
    `${uri}\0`,
    `${uri} `,
    ` ${uri}`,
    `${uri}\n`,
    uri.toUpperCase(),
    uri.replace(protocol, protocol.toUpperCase()),
    uri.replace(host, host.toUpperCase()),
    uri.replace(`${protocol}//`, `${protocol}//evil@`),
    uri.replace(`${protocol}//`, `${protocol}//user:password@`),
    uri.replace(host, `${host}.`),
    uri.replace(host, `${host}.evil.example`),
    uri.replace(host, `evil.example\\@${host}`),
    uri.replace(host, `${host}@evil.example`),
    uri.replace(host, `evil.example#${host}`),
    uri.replace(host, `evil.example?${host}`),
    uri.replace('.', 'x'),
    uri.replace(pathname, `${pathname}/../evil`),
    uri.replace(pathname, `/./${pathname.slice(1)}`),
    uri.replace(pathname, `//${pathname.slice(1)}`),
    uri.replace(pathname, pathname.replace('c', '%63')),
    uri.replace(pathname, pathname.replace('c', '%2563')),
    uri.replace(pathname, '/'),
    uri.replace('https:', 'http:'),
    uri.replace('http:', 'https:'),
    uri.replace('//', '/'),
    `javascript:alert(1)//${host}${pathname}${search}`,
    `data:text/html,${uri}`,
  ].filter((mutation) => mutation !== uri);
};

describe('a redirect URI', () => {
  const registered = ['https://forum.example.org/callback', 'https://forum.example.org/callback?a=1&b=2'];

  test('passes where it is equal to a registered one byte for byte', () => {
    for (const uri of registered) expect(isRegisteredRedirectUri(uri, registered, false)).toBe(true);
  });

  requirement('RFC 9700 §2.1', 'a redirect URI passes in no mutated form', () => {
    for (const uri of registered) {
      for (const mutation of mutationsOf(uri)) {
        const passes = isRegisteredRedirectUri(mutation, [uri], true);
        expect(passes, mutation).toBe(false);
      }
    }
  });

  requirement('RFC 8252 §7.3', 'a native app may vary the port of a loopback address, and nothing else', () => {
    const loopback = ['http://127.0.0.1/callback', 'http://[::1]:5000/callback?x=1'];
    for (const uri of ['http://127.0.0.1:49152/callback', 'http://127.0.0.1:1/callback', 'http://[::1]/callback?x=1']) {
      expect(isRegisteredRedirectUri(uri, loopback, true), uri).toBe(true);
      expect(isRegisteredRedirectUri(uri, loopback, false), uri).toBe(false);
    }
    for (const uri of [
      'http://127.0.0.1:0/callback',
      'http://127.0.0.1:65536/callback',
      'http://127.0.0.1:99999/callback',
      'http://127.0.0.1:80@evil.example/callback',
      'http://127.0.0.1:80:80/callback',
      'http://127.0.0.1:/callback',
      'http://127.0.0.1:80/callback/',
      'http://127.0.0.1.evil.example/callback',
      'http://127.0.0.2:80/callback',
      'http://localhost:80/callback',
      'https://127.0.0.1:80/callback',
      'http://127.0.0.1:80/callback#',
      'http://[::1]:80/callback?x=2',
    ]) {
      expect(isRegisteredRedirectUri(uri, loopback, true), uri).toBe(false);
    }
  });

  test('passes only if it is registered, whatever it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.webUrl(), (presented, uri) => {
        expect(isRegisteredRedirectUri(presented, [uri], true)).toBe(presented === uri);
      }),
    );
  });
});
