/** The page on which a person types the code of a device: whom it asks, what it tells them, and whom it keeps away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DeviceAuthorization } from '../../../server/oauth/device-authorization.entity.ts';
import { TestClock } from '../../support/clock.ts';
import { answerDevice, beginDevice, deviceGrant, poll, typeCode } from '../../support/device.ts';
import { anApp, aPerson, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { hiddenFields } from '../../support/test-browser.ts';

let app: TestApp;
let other: TestApp;
let client: TestClient;
let person: Person;
const clock = new TestClock();

beforeAll(async () => {
  app = await createTestApp({ clock, settings: { LATCHKEY_DEVICE_CODE_FAILURES_PER_ADDRESS: '1000' } });
  other = await createTestApp({ beside: app, clock, settings: { LATCHKEY_DEVICE_CODE_FAILURES_PER_ADDRESS: '1000' } });
  client = await anApp(app, { name: 'Television', grantTypes: [deviceGrant], redirectUris: [] });
  person = await aSignedInPerson(app);
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const pathOf = (userCode: string) => `/device/${userCode}`;

describe('who types a code', () => {
  requirement('RFC 8628 §3.3', 'is asked to sign in first, and comes back to the code', async () => {
    const stranger = await aPerson(app);
    const { user_code: code } = await beginDevice(app, client);
    const first = await stranger.browser.get(`/device?user_code=${code}`);
    expect(first.status).toBe(303);
    const back = await stranger.browser.signIn(stranger.username, stranger.password, first.location ?? '');
    expect(back.location).toBe(`/device?user_code=${code}`);
  });

  requirement('RFC 8628 §6.1', 'may type it without dash, with blanks, in small letters', async () => {
    for (const spell of [
      (code: string) => code.toLowerCase(),
      (code: string) => code.replace('-', ''),
      (code: string) => ` ${code.replace('-', ' ')} `,
      (code: string) => code.replace('-', '–'),
    ]) {
      const { user_code: code } = await beginDevice(app, client);
      expect((await typeCode(person, spell(code))).location).toBe(pathOf(code));
    }
  });

  requirement('RFC 8628 §3.3.1', 'in the address, it fills in the field and must still be confirmed', async () => {
    const device = await beginDevice(app, client);
    const page = await person.browser.get(`/device?user_code=${device.user_code}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain(`value="${device.user_code}"`);
    expect(page.body).toContain('id="continue"');
    expect(page.body).toContain('Does your device show this very code?');
    expect(page.body).not.toContain('id="allow"');
    // Nor does the address of the next page lead past the question.
    expect((await person.browser.get(pathOf(device.user_code))).location).toBe(`/device?user_code=${device.user_code}`);
    const forged = await person.browser.post(pathOf(device.user_code), {
      ...hiddenFields(page.body),
      account: person.account.id,
      decision: 'allow',
    });
    expect(forged.status).toBe(303);
    expect((await poll(app, client, device)).body.error).toBe('authorization_pending');
  });

  requirement('RFC 8628 §5.4', 'sees which app asks for what, and is warned to compare the code', async () => {
    const { user_code: code } = await beginDevice(app, client, { scope: 'openid profile offline_access' });
    const { location } = await typeCode(person, code);
    const page = await person.browser.get(location ?? '');
    expect(page.status).toBe(200);
    for (const text of [
      'Television',
      code,
      'Allow this only if you began it yourself',
      'Username',
      'while you are away',
    ]) {
      expect(page.body).toContain(text);
    }
    expect(page.body).toContain('id="allow"');
    expect(page.body).toContain('id="deny"');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  requirement('RFC 8628 §5.4', 'is asked each time, even where everything was allowed before', async () => {
    for (let round = 0; round < 2; round += 1) {
      const device = await beginDevice(app, client);
      const { location } = await typeCode(person, device.user_code);
      expect((await person.browser.get(location ?? '')).body).toContain('id="allow"');
      expect((await poll(app, client, device)).body.error).toBe('authorization_pending');
      await answerDevice(person, device);
      expect((await poll(app, client, device)).status).toBe(200);
    }
  });

  test('is told in French too', async () => {
    const { user_code: code } = await beginDevice(app, client);
    expect((await person.browser.get('/device', { 'accept-language': 'fr' })).body).toContain('Connecter un appareil');
    await typeCode(person, code);
    const page = await person.browser.get(pathOf(code), { 'accept-language': 'fr' });
    expect(page.body).toContain('l’appareil devant vous affiche le code');
  });

  test('has one answer: what comes later changes nothing', async () => {
    const device = await beginDevice(app, client);
    await typeCode(person, device.user_code);
    const page = await person.browser.get(pathOf(device.user_code));
    const answer = (decision: string) =>
      person.browser.post(pathOf(device.user_code), { ...hiddenFields(page.body), decision });
    await answer('deny');
    await answer('allow');
    expect((await poll(app, client, device)).body.error).toBe('access_denied');
    expect((await typeCode(person, device.user_code)).status).toBe(422);
  });

  test('who comes too late is told so', async () => {
    const { user_code: code } = await beginDevice(app, client);
    await typeCode(person, code);
    const page = await person.browser.get(pathOf(code));
    clock.advance(901);
    await person.browser.post(pathOf(code), { ...hiddenFields(page.body), decision: 'allow' });
    const late = await person.browser.get(pathOf(code));
    expect(late.status).toBe(410);
    expect(late.body).toContain('This code has expired');
    expect((await typeCode(person, code)).status).toBe(422);
  });
});

describe('a code that somebody has typed', () => {
  requirement('RFC 8628 §5.2', 'is theirs: nobody else can see, allow or deny it', async () => {
    const device = await beginDevice(app, client);
    await typeCode(person, device.user_code);
    const page = await person.browser.get(pathOf(device.user_code));
    const stranger = await aSignedInPerson(app);
    const typed = await typeCode(stranger, device.user_code);
    expect(typed.status).toBe(422);
    expect(typed.body).toContain('That code is not right, or it has expired');
    const looked = await stranger.browser.get(pathOf(device.user_code));
    expect(looked.location).toBe(`/device?user_code=${device.user_code}`);
    const own = hiddenFields((await stranger.browser.get('/device')).body);
    for (const decision of ['allow', 'deny']) {
      for (const account of [stranger.account.id, person.account.id]) {
        await stranger.browser.post(pathOf(device.user_code), { ...own, account, decision });
      }
    }
    expect((await poll(app, client, device)).body.error).toBe('authorization_pending');
    await person.browser.post(pathOf(device.user_code), { ...hiddenFields(page.body), decision: 'allow' });
    expect((await poll(app, client, device)).status).toBe(200);
  });

  test('looks to others like one that there never was', async () => {
    const device = await beginDevice(app, client);
    await typeCode(person, device.user_code);
    const stranger = await aSignedInPerson(app);
    const blank = (body: string) =>
      body.replaceAll(/[A-Z]{4}-[A-Z]{4}/g, '').replaceAll(/name="form_token" value="[^"]*"/g, '');
    const claimed = await typeCode(stranger, device.user_code);
    const never = await typeCode(stranger, 'BBBB-BBBB');
    expect(blank(claimed.body)).toBe(blank(never.body));
    expect(claimed.status).toBe(never.status);
    expect((await stranger.browser.get('/device/BBBB-BBBB')).status).toBe(
      (await stranger.browser.get(pathOf(device.user_code))).status,
    );
  });

  test('is stored as a hash alone', async () => {
    const device = await beginDevice(app, client);
    const rows = await app.inContext(() => app.orm.em.find(DeviceAuthorization, {}));
    const text = JSON.stringify(rows);
    expect(text).not.toContain(device.device_code);
    expect(text).not.toContain(device.user_code.replace('-', ''));
  });
});

describe('who guesses', () => {
  requirement(
    'RFC 8628 §5.1',
    'must stop after a few wrong codes, on every node, and finds no right one either',
    async () => {
      const guesser = await aSignedInPerson(app);
      const { user_code: real } = await beginDevice(app, client);
      const statuses: number[] = [];
      for (let index = 0; index < 12; index += 1) {
        const origin = index % 2 ? app.issuer : other.issuer;
        statuses.push((await guesser.browser.fillIn(`${origin}/device`, { user_code: 'BCDF-GHJK' })).status);
      }
      expect(statuses).toEqual([...Array(10).fill(422), 429, 429]);
      const stopped = await typeCode(guesser, real);
      expect(stopped.status).toBe(429);
      expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(stopped.body).toContain('Too many wrong codes');
    },
  );

  test('right codes count for nothing', async () => {
    const busy = await aSignedInPerson(app);
    for (let index = 0; index < 12; index += 1) {
      const { user_code: code } = await beginDevice(app, client);
      expect((await typeCode(busy, code)).status).toBe(303);
    }
  });
});

describe('the forms', () => {
  test.each(['', 'WDJB', 'WDJB-MJHT-X', 'AEIO-UYAE', '<script>', 'x'.repeat(5000), '٣٣٣٣-٣٣٣٣'])(
    'what is no code (%s) is refused with a word',
    async (code) => {
      const answer = await typeCode(person, code);
      expect(answer.status).toBe(422);
      expect(answer.body).toContain('That code is not right');
      expect(answer.body).not.toContain('<script>');
    },
  );

  test('are taken from where they were shown alone', async () => {
    const { user_code: code } = await beginDevice(app, client);
    expect((await person.browser.post('/device', { user_code: code })).status).toBe(403);
    await typeCode(person, code);
    expect((await person.browser.post(pathOf(code), { account: person.account.id, decision: 'allow' })).status).toBe(
      403,
    );
  });

  test('an answer must be one of two', async () => {
    const { user_code: code } = await beginDevice(app, client);
    await typeCode(person, code);
    const page = await person.browser.get(pathOf(code));
    expect((await person.browser.post(pathOf(code), hiddenFields(page.body))).status).toBe(400);
  });

  test('an address that holds no code is not found', async () => {
    for (const path of ['/device/x', '/device/%00', '/device/BBBB-BBBB/more']) {
      expect([400, 404]).toContain((await person.browser.get(path)).status);
    }
  });
});
