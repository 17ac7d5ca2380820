import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClock } from '../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { requirement } from '../support/requirement.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let strict: TestApp;
const clock = new TestClock();
let client: TestClient;
let party: RelyingParty;
let person: Person;

beforeAll(async () => {
  app = await createTestApp({ clock });
  strict = await createTestApp({ beside: app, clock, settings: { LATCHKEY_REFRESH_GRACE: '0' } });
  client = await anApp(app);
  party = await RelyingParty.discover(app, client);
  person = await aSignedInPerson(app);
});
afterAll(async () => {
  await strict.close();
  await app.close();
});

const refresh = (token: string, on = app, by = client, more: Record<string, string> = {}) =>
  tokenRequest(on, by, { grant_type: 'refresh_token', refresh_token: token, ...more });

const signIn = async (scope = 'openid profile offline_access'): Promise<{ access: string; refresh: string }> => {
  const tokens = await party.signIn(person, scope);
  return { access: tokens.access_token, refresh: tokens.refresh_token ?? '' };
};

const isActive = async (token: string): Promise<boolean> =>
  (await oidc.tokenIntrospection(party.configuration, token)).active;

describe('a refresh token', () => {
  test('is exchanged for a new pair; the ID token keeps subject and auth_time and has no nonce', async () => {
    const tokens = await party.signIn(person, 'openid offline_access');
    clock.advance(30);
    const renewed = await oidc.refreshTokenGrant(party.configuration, tokens.refresh_token ?? '');
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
    expect(renewed.claims()).toMatchObject({ sub: person.account.id, auth_time: tokens.claims()?.auth_time });
    expect(renewed.claims()?.nonce).toBeUndefined();
    expect(await isActive(renewed.access_token)).toBe(true);
  });

  test('within the window gives the same client a sibling of the same family', async () => {
    const { refresh: token } = await signIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(token)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    clock.advance(9);
    const late = await refresh(token);
    expect(late.status).toBe(200);
    // Each of them goes on by itself.
    for (const { body } of [...answers, late]) {
      expect((await refresh(body.refresh_token ?? '')).status).toBe(200);
    }
  });

  requirement('RFC 9700 §4.14.2', 'a refresh token that is used again ends its family', async () => {
    const { refresh: token } = await signIn();
    const renewed = await refresh(token);
    clock.advance(11);
    const replay = await refresh(token);
    expect([replay.status, replay.body.error]).toEqual([400, 'invalid_grant']);
    expect((await refresh(renewed.body.refresh_token ?? '')).body.error).toBe('invalid_grant');
    expect(await isActive(renewed.body.access_token ?? '')).toBe(false);
  });

  test('of an older generation is a replay even within the window', async () => {
    const { refresh: first } = await signIn();
    const second = await refresh(first);
    const third = await refresh(second.body.refresh_token ?? '');
    expect(third.status).toBe(200);
    expect((await refresh(first)).body.error).toBe('invalid_grant');
    expect((await refresh(third.body.refresh_token ?? '')).body.error).toBe('invalid_grant');
  });

  requirement(
    'RFC 9700 §4.14.2',
    'of fifty parallel refreshes exactly one succeeds, and the replays end the family',
    async () => {
      const { refresh: token } = await signIn();
      const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(token, strict)));
      const good = answers.filter((answer) => answer.status === 200);
      expect(good.length).toBe(1);
      expect(answers.filter((answer) => answer.body.error === 'invalid_grant').length).toBe(49);
      expect((await refresh(good[0]?.body.refresh_token ?? '')).body.error).toBe('invalid_grant');
    },
  );

  test('that was revoked, or whose family is dead, does not come back through the window', async () => {
    const revoked = await signIn();
    await oidc.tokenRevocation(party.configuration, revoked.refresh);
    expect((await refresh(revoked.refresh)).body.error).toBe('invalid_grant');

    const used = await signIn();
    const renewed = await refresh(used.refresh);
    await oidc.tokenRevocation(party.configuration, renewed.body.access_token ?? '');
    expect((await refresh(used.refresh)).body.error).toBe('invalid_grant');
    expect((await refresh(renewed.body.refresh_token ?? '')).body.error).toBe('invalid_grant');
  });

  requirement(
    'RFC 6749 §6',
    'a refresh token works for its own client alone, and a stranger does not end it',
    async () => {
      const { refresh: token } = await signIn();
      const other = await anApp(app);
      expect((await refresh(token, app, other)).body.error).toBe('invalid_grant');
      expect((await refresh(token)).status).toBe(200);
    },
  );

  requirement('RFC 6749 §6', 'a refresh may narrow the scope, and never widen it', async () => {
    const { refresh: token } = await signIn('openid profile offline_access');
    const wider = await refresh(token, app, client, { scope: 'openid email' });
    expect([wider.status, wider.body.error]).toEqual([400, 'invalid_scope']);
    const narrower = await refresh(token, app, client, { scope: 'openid' });
    expect(narrower.body.scope).toBe('openid');
    expect((await refresh(narrower.body.refresh_token ?? '')).body.scope).toBe('openid profile offline_access');
  });

  test('expires when it was not used for its lifetime', async () => {
    const { refresh: token } = await signIn();
    clock.advance(2_592_001);
    expect((await refresh(token)).body.error).toBe('invalid_grant');
    await person.browser.signIn(person.username, person.password);
  });

  test('truncated, padded, in another case or with noise is none', async () => {
    const { refresh: token } = await signIn();
    const swapped = token.replace(/[a-z](?=[^a-z]*$)/, (letter) => letter.toUpperCase());
    for (const wrong of [
      token.slice(0, -1),
      `${token}A`,
      `${token} `,
      `${token}=`,
      swapped,
      token.replace('rt', 'at'),
    ]) {
      expect((await refresh(wrong)).body.error, wrong).toBe('invalid_grant');
    }
    expect((await refresh(`${token}\0`)).body.error).toBe('invalid_request');
    expect((await refresh('')).body.error).toBe('invalid_request');
    expect((await refresh(token)).status).toBe(200);
  });
});

describe('without offline_access', () => {
  test('tokens end with the browser session; with it, they outlive it', async () => {
    const guest = await aSignedInPerson(app);
    const bound = await party.signIn(guest, 'openid');
    const offline = await party.signIn(guest, 'openid offline_access');
    expect(await isActive(bound.access_token)).toBe(true);
    await guest.browser.fillIn('/sign-out', {});
    expect(await isActive(bound.access_token)).toBe(false);
    expect((await refresh(bound.refresh_token ?? '')).body.error).toBe('invalid_grant');
    expect(await isActive(offline.access_token)).toBe(true);
    expect((await refresh(offline.refresh_token ?? '')).status).toBe(200);
  });
});
