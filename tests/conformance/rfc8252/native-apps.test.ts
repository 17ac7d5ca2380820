/** Native apps: what waits at a loopback address or behind a scheme of its own may be any program of that device. */
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { anApp, aSignedInPerson } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const aNativeApp = async (redirectUri: string) => {
  const grantTypes = ['authorization_code' as const, 'refresh_token' as const];
  const client = await anApp(app, { type: 'native', authMethod: 'none', redirectUris: [redirectUri], grantTypes });
  return RelyingParty.discover(app, client, oidc.None());
};

/** How often a person is asked who lets the app in twice. */
const secondAnswer = async (redirectUri: string) => {
  const party = await aNativeApp(redirectUri);
  const person = await aSignedInPerson(app);
  await party.authorize(person, await party.begin('openid'));
  const again = await party.begin('openid');
  return { party, person, ...(await person.browser.get(again.url.href)) };
};

requirement('RFC 8252 §8.6', 'a request of a program that may be another is never answered unseen', async () => {
  for (const redirectUri of ['http://127.0.0.1/callback', 'org.example.app:/callback']) {
    const { location, party, person } = await secondAnswer(redirectUri);
    expect(location).toMatch(/^\/oauth\/authorize\//);
    expect((await person.browser.get(location ?? '')).body).toContain('id="allow"');
    const { url } = await party.begin('openid', { prompt: 'none' });
    expect((await person.browser.get(url.href)).location).toContain('error=consent_required');
  }
});

requirement('RFC 8252 §8.6', 'one whose address only the app itself can hold is', async () => {
  const { location } = await secondAnswer('https://app.example.org/callback');
  expect(location).toContain('code=');
});

requirement('RFC 8252 §8.6', 'who has just signed in for it is not asked once more', async () => {
  const party = await aNativeApp('http://127.0.0.1/callback');
  const person = await aSignedInPerson(app);
  await party.authorize(person, await party.begin('openid'));
  const again = await party.begin('openid', { prompt: 'login' });
  const waiting = (await person.browser.get(again.url.href)).location ?? '';
  await person.browser.signIn(person.username, person.password, (await person.browser.get(waiting)).location ?? '');
  expect((await person.browser.get(waiting)).location).toContain('code=');
});
