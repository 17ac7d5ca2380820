/** oidc-client-ts, the library of many single-page applications, with nothing set but who it is. */
import { InMemoryWebStorage, OidcClient, WebStorageStateStore } from 'oidc-client-ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { allowInBrowser } from '../../support/relying-party.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
let client: TestClient;
let person: Person;
let library: OidcClient;

beforeAll(async () => {
  app = await createTestApp();
  client = await anApp(app, { type: 'spa', authMethod: 'none', grantTypes: ['authorization_code', 'refresh_token'] });
  person = await aSignedInPerson(app, { givenName: 'Ada', familyName: 'Lovelace' });
  library = new OidcClient({
    authority: app.issuer,
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    scope: 'openid profile email offline_access',
    loadUserInfo: true,
    stateStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
  });
});
afterAll(() => app.close());

const signIn = async () => {
  const { url } = await library.createSigninRequest({ state: { from: '/inside' } });
  const callback = await allowInBrowser(person, new URL(url));
  return library.processSigninResponse(callback.href);
};

test('signs a person in, reads UserInfo, and keeps its own state', async () => {
  const answer = await signIn();
  expect(answer.profile).toMatchObject({ sub: person.account.id, name: 'Ada Lovelace', email_verified: true });
  expect(answer.userState).toEqual({ from: '/inside' });
  expect(answer.expires_in).toBeGreaterThan(500);
});

test('renews by its refresh token', async () => {
  const before = await signIn();
  const after = await library.useRefreshToken({
    state: {
      refresh_token: before.refresh_token ?? '',
      id_token: before.id_token ?? '',
      session_state: null,
      scope: before.scope ?? '',
      profile: before.profile,
      data: undefined,
    },
  });
  expect(after.access_token).not.toBe(before.access_token);
  expect(after.refresh_token).not.toBe(before.refresh_token);
});

test('gives its tokens back', async () => {
  const { access_token: accessToken } = await signIn();
  await library.revokeToken(accessToken, 'access_token');
  const { status } = await fetch(`${app.issuer}/oauth/userinfo`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  expect(status).toBe(401);
});
