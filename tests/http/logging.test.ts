import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCredential } from '../../server/kernel/secrets.ts';
import { aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';
import { send } from './request.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

describe('the log', () => {
  it('has one line for each request, of named facts alone', async () => {
    app.logLines.length = 0;
    await send(app.issuer, '/sign-in?continue=/secret-place', { headers: { 'user-agent': 'canary-agent' } });
    expect(app.logLines).toHaveLength(1);
    const line = JSON.parse(app.logLines[0] ?? '');
    expect(line).toMatchObject({ level: 30, method: 'GET', path: '/sign-in', status: 200, msg: 'request' });
    expect(Object.keys(line).sort()).toEqual(['id', 'level', 'method', 'ms', 'msg', 'path', 'status', 'time']);
  });

  it('names the request as the answer does', async () => {
    app.logLines.length = 0;
    const { headers } = await send(app.issuer, '/nowhere');
    expect(JSON.parse(app.logLines[0] ?? '').id).toBe(headers['x-request-id']);
  });

  it('never holds a password, cookie, token, code, query or header', async () => {
    app.logLines.length = 0;
    const { username, password, browser } = await aPerson(app);
    await browser.signIn(username, password);
    await browser.signIn(username, 'canary wrong password');
    const page = await browser.get('/sign-in?code=canary-query');
    const canaries = [
      password,
      'canary',
      browser.cookie('latchkey_session') ?? '',
      browser.cookie('latchkey_browser') ?? '',
    ];
    canaries.push(hiddenFields(page.body).form_token ?? '');
    for (const kind of ['at', 'rt', 'ac', 'cs', 'bs'] as const) {
      const credential = newCredential(kind);
      canaries.push(credential);
      await send(app.issuer, `/nowhere/${credential}`);
      await send(app.issuer, `/sign-in/${credential}?token=${credential}`);
      await send(app.issuer, '/sign-in', { headers: { authorization: `Bearer ${credential}`, referer: credential } });
    }
    await send(app.issuer, '/nowhere?canary', { headers: { authorization: 'Basic Y2FuYXJ5OmNhbmFyeQ==' } });
    expect(app.logLines.length).toBeGreaterThan(15);
    for (const canary of canaries) expect(app.logLines.join('\n')).not.toContain(canary);
  });

  it('never holds the code that a person types for a device', async () => {
    app.logLines.length = 0;
    for (const path of ['/device/WDJB-MJHT', '/Device/wdjb-mjht', '/device/WDJB-MJHT/']) await send(app.issuer, path);
    expect(app.logLines.map((line) => JSON.parse(line).path.toLowerCase())).toEqual(Array(3).fill('/device/…'));
  });

  it('says nothing of files that were found', async () => {
    const { body } = await send(app.issuer, '/sign-in');
    const [file = ''] = /\/assets\/theme-[\w-]+\.css/.exec(body) ?? [];
    app.logLines.length = 0;
    expect((await send(app.issuer, file)).status).toBe(200);
    expect((await send(app.issuer, '/assets/none.css')).status).toBe(404);
    expect((await send(app.issuer, '/static/none.js')).status).toBe(404);
    expect(app.logLines.map((line) => JSON.parse(line).path)).toEqual(['/assets/none.css', '/static/none.js']);
  });

  it('tells the cause of a failure in the same line, and the answer does not', async () => {
    const broken = await createTestApp();
    await broken.orm.schema.execute('alter table account rename to canary_table');
    const { body: page, headers } = await send(broken.issuer, '/sign-in');
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    broken.logLines.length = 0;
    const answer = await send(broken.issuer, '/sign-in', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      body: new URLSearchParams({ ...hiddenFields(page), identifier: 'canary', password: 'canary-pw' }).toString(),
    });
    expect(answer.status).toBe(500);
    expect(answer.body).toContain('Something went wrong');
    expect(answer.body).toContain(String(answer.headers['x-request-id']));
    expect(answer.body).not.toMatch(/relation|account"|at \/|node_modules/);
    expect(broken.logLines).toHaveLength(1);
    const line = JSON.parse(broken.logLines[0] ?? '');
    expect(line).toMatchObject({ level: 50, status: 500, msg: 'request failed', err: { type: expect.any(String) } });
    expect(line.err.stack).toContain('sign-in');
    expect(broken.logLines[0]).not.toContain('canary-pw');
    await broken.close();
  });
});
