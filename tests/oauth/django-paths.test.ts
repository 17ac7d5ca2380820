import { afterAll, beforeAll, expect, test } from 'vitest';
import { anApp, aSignedInPerson, type Person } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';
import { tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let ada: Person;

beforeAll(async () => {
  app = await createTestApp();
  ada = await aSignedInPerson(app, { username: 'ada', givenName: 'Ada', familyName: 'Lovelace' });
});
afterAll(() => app.close());

/** What django-allauth's custom provider of the tutorial does: no PKCE, no OpenID, scope `read`. */
const viaAllauth = async (slash: string, secretIn: 'body' | 'header') => {
  const client = await anApp(app, {
    authMethod: secretIn === 'body' ? 'client_secret_post' : 'client_secret_basic',
    requirePkce: false,
    redirectUris: ['http://localhost:9988/accounts/institute/login/callback/'],
  });
  const query = new URLSearchParams({
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: 'read',
    response_type: 'code',
    state: 'Wm5dSwoF',
  });
  const { location: waiting } = await ada.browser.get(`/o/authorize${slash}?${query}`);
  const page = await ada.browser.get(waiting ?? '');
  const back = await ada.browser.post(waiting ?? '', { ...hiddenFields(page.body), decision: 'allow' });
  const callback = new URL(back.location ?? '');
  expect(callback.searchParams.get('state')).toBe('Wm5dSwoF');
  const { status, body } = await tokenRequest(
    app,
    secretIn === 'header' ? client : null,
    {
      redirect_uri: client.redirectUri,
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      ...(secretIn === 'body' ? { client_id: client.clientId, client_secret: client.clientSecret } : {}),
    },
    `/o/token${slash}`,
  );
  expect(status).toBe(200);
  return fetch(`${app.issuer}/profile${slash}`, { headers: { authorization: `Bearer ${body.access_token}` } });
};

test.each([
  ['/', 'body'],
  ['/', 'header'],
  ['', 'body'],
] as const)('the tutorial’s client signs its users in (slash “%s”, secret in the %s)', async (slash, secretIn) => {
  const profile = await viaAllauth(slash, secretIn);
  expect(profile.status).toBe(200);
  expect(profile.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await profile.json()).toEqual({
    id: ada.account.id,
    username: 'ada',
    email: 'ada@example.org',
    first_name: 'Ada',
    last_name: 'Lovelace',
  });
});

test('the other paths answer too, and none where they are turned off', async () => {
  const off = await createTestApp({ beside: app, settings: { LATCHKEY_DJANGO_PATHS: 'off' } });
  const paths = [
    ['/o/.well-known/openid-configuration', 200],
    ['/o/.well-known/openid-configuration/', 200],
    ['/o/authorize/', 400],
    ['/o/token/', 405],
    ['/o/revoke_token/', 405],
    ['/o/introspect/', 405],
    ['/o/userinfo/', 401],
    ['/profile', 401],
  ] as const;
  for (const [path, status] of paths) {
    expect((await fetch(app.issuer + path, { redirect: 'manual' })).status, path).toBe(status);
    expect((await fetch(off.issuer + path, { redirect: 'manual' })).status, path).toBe(404);
  }
  await off.close();
});
