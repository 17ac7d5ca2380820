import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../server/pages/texts.en.ts';
import { fr } from '../../server/pages/texts.fr.ts';
import { send } from '../http/request.ts';
import { anApp } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { TestBrowser } from '../support/test-browser.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_NAME: 'Institute <Account>' } });
});
afterAll(() => app.close());

const policyOf = (headers: Headers): string => headers.get('content-security-policy') ?? '';

describe('a page of the server', () => {
  it('needs no script and no other host, and its policy allows none', async () => {
    const { body, headers } = await new TestBrowser(app.issuer).get('/sign-in');
    expect(policyOf(headers)).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(body).not.toMatch(/<script|style="|\son\w+="|<style|https?:\/\/(?!www\.w3\.org)/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });

  it('carries the operator’s name', async () => {
    const { body } = await new TestBrowser(app.issuer).get('/sign-in');
    expect(body).toContain('<title>Sign in · Institute &lt;Account&gt;</title>');
    expect(body).toContain('<span>Institute &lt;Account&gt;</span>');
  });

  it('says in words what is wrong with an address or a request', async () => {
    const browser = new TestBrowser(app.issuer);
    expect(await browser.get('/set-up')).toMatchObject({
      status: 404,
      body: expect.stringContaining('There is nothing here'),
    });
    expect((await browser.get('/%')).status).toBe(400);
    expect((await browser.get('/%00')).status).toBe(404);
    const program = await send(app.issuer, '/nowhere');
    expect(JSON.parse(program.body)).toMatchObject({ error: 'not_found' });
  });
});

describe('a page on the way to an app', () => {
  const way = async (redirectUri: string) => {
    const client = await anApp(app, { name: 'Forum', type: 'native', authMethod: 'none', redirectUris: [redirectUri] });
    const browser = new TestBrowser(app.issuer);
    const query = {
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: redirectUri,
      scope: 'openid',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    };
    const authorize = await browser.get(`/oauth/authorize?${new URLSearchParams(query)}`);
    const waiting = await browser.get(authorize.location ?? '');
    return { browser, signIn: waiting.location ?? '' };
  };

  it.each([
    ['https://forum.example.org/callback', 'https://forum.example.org'],
    ['http://127.0.0.1:5050/callback', 'http://127.0.0.1:5050'],
    ['http://[::1]:5050/callback', 'http:'],
    ['org.example.forum:/callback', 'org.example.forum:'],
  ])('names the app, and lets its form lead to %s', async (redirectUri, source) => {
    const { browser, signIn } = await way(redirectUri);
    for (const page of [await browser.get(signIn), await browser.get(signIn.replace('/sign-in', '/sign-up'))]) {
      expect(page.body).toContain('to continue to <b>Forum</b>');
      expect(policyOf(page.headers)).toContain(`form-action 'self' ${source};`);
    }
  });

  it('tells another browser nothing of it', async () => {
    const { signIn } = await way('https://forum.example.org/callback');
    const page = await new TestBrowser(app.issuer).get(signIn);
    expect(page.body).not.toContain('Forum');
    expect(policyOf(page.headers)).toContain("form-action 'self';");
  });
});

describe('the language', () => {
  const languageOf = async (
    address: string,
    headers: Record<string, string> = {},
    browser = new TestBrowser(app.issuer),
  ) => {
    const { body, headers: answered } = await browser.get(address, headers);
    const language = /<html lang="(\w+)">/.exec(body)?.[1];
    expect(answered.get('content-language')).toBe(language);
    return language;
  };

  it('is what the browser wishes, as far as we speak it', async () => {
    expect(await languageOf('/sign-in', { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' })).toBe('fr');
    expect(await languageOf('/sign-in', { 'accept-language': 'de, en-GB;q=0.5' })).toBe('en');
    expect(await languageOf('/sign-in', { 'accept-language': 'de, *;q=0.1' })).toBe('en');
    for (const odd of ['', ',,;q=x', 'x'.repeat(3000), 'fr;q=0']) {
      expect(await languageOf('/sign-in', { 'accept-language': odd })).toBe('en');
    }
  });

  it('is what the app asks for, unless the person has chosen', async () => {
    const browser = new TestBrowser(app.issuer);
    expect(await languageOf('/sign-in?ui_locales=de%20fr-CA%20en', {}, browser)).toBe('fr');
    expect(await languageOf('/sign-in?ui_locales=de%20fr-CA%20en&lang=en', {}, browser)).toBe('en');
    expect(await languageOf('/sign-in?ui_locales=fr', { 'accept-language': 'fr' }, browser)).toBe('en');
    expect(await languageOf('/sign-in?lang=fr', {}, browser)).toBe('fr');
    expect(await languageOf('/set-up', {}, browser)).toBe('fr');
    expect(await languageOf('/sign-in?lang=xx', {}, browser)).toBe('fr');
  });

  it('can be changed by a link that keeps the rest of the address and leads nowhere else', async () => {
    const browser = new TestBrowser(app.issuer);
    expect((await browser.get('/sign-in?continue=%2Fa%3Fb%3Dc')).body).toContain(
      'href="/sign-in?continue=%2Fa%3Fb%3Dc&amp;lang=fr"',
    );
    const elsewhere = await send(app.issuer, '//evil.example/x', { headers: { accept: 'text/html' } });
    expect(elsewhere.body).not.toContain('evil.example');
  });

  it('has every text, and none that was forgotten to translate', () => {
    const same: string[] = [];
    const compare = (a: unknown, b: unknown, path: string): void => {
      if (typeof a === 'object' && a !== null) {
        expect(Object.keys(b as object).sort()).toEqual(Object.keys(a).sort());
        for (const [key, value] of Object.entries(a))
          compare(value, (b as Record<string, unknown>)[key], `${path}.${key}`);
      } else if (a === b) same.push(path);
    };
    compare(en, fr, '');
    expect(same).toEqual([]);
  });
});

describe('the files of the pages', () => {
  it('are named by their content and kept for ever', async () => {
    const { body } = await new TestBrowser(app.issuer).get('/sign-in');
    const files = [...body.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(files).toHaveLength(3);
    for (const path of files) {
      const response = await fetch(new URL(path, app.issuer));
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(Number((await response.arrayBuffer()).byteLength)).toBeGreaterThan(200);
    }
    const stylesheet = files.find((path) => path.endsWith('.css')) ?? '';
    const packed = await send(app.issuer, stylesheet, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/css; charset=utf-8' });
    const plain = await send(app.issuer, stylesheet);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toContain('/assets/inter-latin-');
  });

  it('are these alone', async () => {
    for (const path of [
      '/assets/',
      '/assets/../package.json',
      '/assets/%2e%2e/package.json',
      '/assets/theme.css',
      '/assets/%00',
    ]) {
      expect((await send(app.issuer, path)).status).toBe(404);
    }
  });
});

describe('cookies', () => {
  it('under https carry the __Host- prefix and Secure', async () => {
    const secure = await createTestApp({ settings: { LATCHKEY_ISSUER: 'https://account.example.org' } });
    const { headers } = await send(secure.origin, '/sign-in?lang=fr');
    const cookies = headers['set-cookie'] as string[];
    expect(cookies.map((cookie) => cookie.split('=', 1)[0]).sort()).toEqual([
      '__Host-latchkey_browser',
      '__Host-latchkey_lang',
    ]);
    for (const cookie of cookies) expect(cookie).toMatch(/Path=\/;.* HttpOnly; Secure; SameSite=Lax$/);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    await secure.close();
  });

  it('of two servers on one host have different names', async () => {
    const second = await createTestApp();
    const [one, other] = await Promise.all([app, second].map(({ issuer }) => send(issuer, '/sign-in')));
    const name = (answer: typeof one) => String(answer?.headers['set-cookie']).split('=', 1)[0];
    expect(name(one)).not.toBe(name(other));
    await second.close();
  });
});
