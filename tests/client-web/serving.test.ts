/** How the server hands out the web client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../http/request.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_NAME: 'Institut <Ada> & "Grace" $& Account' } });
});
afterAll(() => app?.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(app.issuer + path, { headers });

const scriptPath = async (): Promise<string> => {
  const path = /src="(\/static\/index-[^"]+\.js)"/.exec(await (await get('/')).text())?.[1];
  if (path === undefined) throw new Error('the page names no script');
  return path;
};

describe('the page', () => {
  it.each(['/', '/callback?code=x', '/account/profile', '/developer/apps/new', '/admin/users?search=a'])(
    'is at %s, fresh every time and under a strict policy',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|data:(?!;)[^;]*script/);
    },
  );

  it("bears the operator's name, whatever signs are in it", async () => {
    const html = await (await get('/')).text();
    expect(html).toContain('<title>Institut &#60;Ada&#62; &#38; &#34;Grace&#34; $&#38; Account</title>');
    expect(html).toContain('content="Institut &#60;Ada&#62; &#38; &#34;Grace&#34; $&#38; Account"');
    expect(html).not.toContain('<Ada>');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });

  it('says 404 to people at an address that is nobody’s, in its own words', async () => {
    const answer = await get('/nothing/here', { accept: 'text/html,*/*' });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('id="root"');
  });

  it.each(['/nothing/here', '/.env', '/account.json', '/static/nothing.js', '/static/', '/static'])(
    'is not what a program gets at %s',
    async (path) => {
      const answer = await get(path, { accept: 'application/json' });
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('id="root"');
    },
  );
});

describe('its files', () => {
  it('are kept for good, and come compressed to whoever takes that', async () => {
    const path = await scriptPath();
    const plain = await send(app.issuer, path, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.status).toBe(200);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toMatch(/^text\/javascript/);
    expect(plain.headers.vary).toMatch(/accept-encoding/i);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const small = await send(app.issuer, path, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(small.headers['content-encoding']).toBe('br');
    expect(small.headers['content-type']).toMatch(/^text\/javascript/);
    expect(Number(small.headers['content-length'])).toBeLessThan(Number(plain.headers['content-length']) / 2);
  });

  it('are nowhere outside of their folder', async () => {
    for (const path of [
      '/static/../index.html',
      '/static/..%2f..%2f..%2fpackage.json',
      '/static/%2e%2e/%2e%2e/package.json',
      '/static/..\\..\\package.json',
      '/static/%00.js',
      '/static/%ff.js',
      '/%00',
      '/%e0%a4%a',
      '/static//etc/passwd',
    ]) {
      const answer = await send(app.issuer, path, { headers: { accept: 'application/json' } });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.body, path).not.toContain('"dependencies"');
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('answer no %s', async (method) => {
    for (const path of ['/', '/account/profile', await scriptPath()]) {
      const answer = await send(app.issuer, path, { method });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }
  });
});
