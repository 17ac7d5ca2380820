import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstAdministrator } from '../../server/accounts/first-administrator.ts';
import { Passwords } from '../../server/accounts/password.ts';
import { Registration } from '../../server/accounts/registration.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { type RawAnswer, send } from '../http/request.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';

let app: TestApp;
let cookie = '';
let token = '';
let setUp = '';

beforeAll(async () => {
  app = await createTestApp();
  const page = await send(app.issuer, '/sign-in');
  cookie = String(page.headers['set-cookie']).split(';')[0] ?? '';
  token = hiddenFields(page.body).form_token ?? '';
  const { orm, clock, issuer, secret } = app;
  const inTransaction = unitOfWork(orm);
  const registration = new Registration({ em: orm.em, inTransaction, clock, passwords: new Passwords() });
  const link = await new FirstAdministrator({ em: orm.em, registration, issuer, secret }).link();
  setUp = link?.slice(issuer.length) ?? '';
});
afterAll(() => app.close());

const type = 'application/x-www-form-urlencoded';

/** Sends it, and sees that there is one line about it in the log and nothing of the inside in the answer. */
const refused = async (
  path: string,
  options: Parameters<typeof send>[2],
  status: number | RegExp,
): Promise<RawAnswer> => {
  app.logLines.length = 0;
  const answer = await send(app.issuer, path, {
    ...options,
    headers: { accept: 'text/html', cookie, ...options?.headers },
  });
  expect(String(answer.status)).toMatch(typeof status === 'number' ? new RegExp(`^${status}$`) : status);
  await expect.poll(() => app.logLines).toHaveLength(1);
  expect(JSON.parse(app.logLines[0] ?? '')).toMatchObject({ level: 30, status: answer.status });
  expect(answer.body).not.toMatch(/node_modules|\.tsx?:|Error:/);
  // A redirect is not looked at.
  if (options?.method !== 'HEAD' && answer.status !== 303) expect(answer.body).toMatch(/^<!doctype html>/i);
  return answer;
};

const forms = ['/sign-in', '/sign-up', '/sign-out', 'set-up', '/confirm-email?id=x&key=y'];
const at = (form: string): string => (form === 'set-up' ? setUp : form);

describe.each(forms)('the form at %s', (form) => {
  const post = (body: string | Buffer, status: number | RegExp, headers: Record<string, string> = {}) =>
    refused(at(form), { method: 'POST', body, headers: { 'content-type': type, ...headers } }, status);

  it('refuses a form that it has not shown to this browser', async () => {
    await post('identifier=a&password=b', 403);
    await post('form_token=', 403);
    await post(`form_token=${token}x`, 403);
    await post(`form_token=${token}`, 403, { cookie: 'nothing=here' });
    await refused(at(form), { method: 'POST' }, 403);
  });

  it('refuses repeated fields', async () => {
    await post(`form_token=${token}&form_token=${token}`, 400);
    await post(`form_token=${token}&username=a&username=b`, 400);
  });

  it('refuses NUL, broken UTF-8 and broken encoding', async () => {
    for (const value of ['%00', 'a%00b', '%ff', '%c0%80', '%ed%a0%80', '%', '%zz']) {
      await post(`form_token=${token}&username=${value}&identifier=${value}`, 400);
    }
    await post(Buffer.from([...Buffer.from(`form_token=${token}&username=`), 0xff, 0xfe]), 400);
    await post(Buffer.from([...Buffer.from(`form_token=${token}&username=`), 0x00]), 400);
  });

  it('refuses what is too large', async () => {
    await post(`form_token=${token}&username=${'x'.repeat(20_000)}`, 413);
    await post('x'.repeat(1_000_000), 413);
    await post(`form_token=${token}&${Array.from({ length: 200 }, (_, i) => `f${i}=`).join('&')}`, 400);
  });

  it('refuses other content types', async () => {
    for (const other of [
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      '',
      'a/b',
      `${type}; charset=utf-16`,
    ]) {
      await post(JSON.stringify({ identifier: 'a' }), 415, { 'content-type': other });
    }
    await post('x', 415, { 'content-encoding': 'gzip' });
  });

  it('answers other methods with what it allows', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND']) {
      expect((await refused(at(form), { method }, 405)).headers.allow).toBe('GET, HEAD, POST, OPTIONS');
    }
    const answer = await send(app.issuer, at(form), { method: 'OPTIONS' });
    expect(answer).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, POST, OPTIONS' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('refuses a query that is broken or repeated', async () => {
    const join = at(form).includes('?') ? '&' : '?';
    for (const query of ['a=%', 'a=%00', 'a=%ff', 'continue=/a&continue=/b']) {
      await refused(`${at(form)}${join}${query}`, {}, 400);
    }
  });

  it('takes hostile values for values', async () => {
    const hostile = [
      "' or 1=1 --",
      '<script>alert(1)</script>',
      '{{7*7}}',
      '../../etc/passwd',
      '\u202e',
      '{"a":1}',
      'x'.repeat(2000),
    ];
    for (const value of hostile) {
      const fields = { form_token: token, identifier: value, username: value, email: value, password: value };
      const answer = await post(new URLSearchParams(fields).toString(), /^(303|404|422|429)$/);
      expect(answer.body).not.toContain('<script>');
    }
  });
});
