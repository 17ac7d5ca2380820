import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuthorizationCode } from '../../server/oauth/authorization-code.entity.ts';
import { anApp, aPerson, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { requirement } from '../support/requirement.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
let ada: Person;

beforeAll(async () => {
  app = await createTestApp();
  client = await anApp(app);
  party = await RelyingParty.discover(app, client);
  ada = await aSignedInPerson(app, { username: 'ada', givenName: 'Ada', familyName: 'Lovelace' });
});
afterAll(() => app.close());

const authorizeUrl = (parameters: Record<string, string>) => `/oauth/authorize?${new URLSearchParams(parameters)}`;

/** What the app is told by a redirect. */
const answerTo = async (person: Person, more: Record<string, string>, scope?: string): Promise<URLSearchParams> => {
  const request = await party.begin(scope, more);
  const { location, status, body } = await person.browser.get(request.url.href);
  if (!location?.startsWith(client.redirectUri))
    throw new Error(`Not redirected to the app: ${status} ${location} ${body.slice(0, 500)}`);
  return new URL(location).searchParams;
};

describe('the authorization code flow', () => {
  test('gives a strict client everything that it checks', async () => {
    const tokens = await party.signIn(ada, 'openid profile email offline_access');
    expect(tokens.expires_in).toBe(600);
    expect(tokens.refresh_token).toMatch(/^lk_rt_/);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ iss: app.issuer, sub: ada.account.id, aud: client.clientId });
    expect(claims?.auth_time).toBeTypeOf('number');
    const profile = await oidc.fetchUserInfo(party.configuration, tokens.access_token, ada.account.id);
    expect(profile).toMatchObject({
      sub: ada.account.id,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
      preferred_username: 'ada',
      email: 'ada@example.org',
      email_verified: true,
    });
  });

  test('asks once, remembers, and asks again for more', async () => {
    const grace = await aSignedInPerson(app);
    const first = await party.begin('openid');
    const asked = await grace.browser.get(first.url.href);
    expect((await grace.browser.get(asked.location ?? '')).body).toContain('id="allow"');
    await party.finish(await party.authorize(grace, first), first);

    const second = await grace.browser.get((await party.begin('openid')).url.href);
    expect(second.location).toContain('code=');

    const wider = await grace.browser.get((await party.begin('openid email')).url.href);
    expect(wider.location).toMatch(/^\/oauth\/authorize\//);
    expect((await grace.browser.get(wider.location ?? '')).body).toContain('E-mail address');
  });

  test('neither asks for nor remembers what this person cannot give', async () => {
    const ambitious = await anApp(app, { scopes: ['openid', 'profile', 'admin:users:read'] });
    const other = await RelyingParty.discover(app, ambitious);
    const person = await aSignedInPerson(app);
    const scope = 'openid profile admin:users:read';
    const waiting = (await person.browser.get((await other.begin(scope)).url.href)).location ?? '';
    expect((await person.browser.get(waiting)).body).not.toContain('All accounts');
    expect((await other.signIn(person, scope)).scope).toBe('openid profile');
    const silent = await person.browser.get((await other.begin(scope, { prompt: 'none' })).url.href);
    expect(silent.location).toContain('code=');
    const administrator = await aSignedInPerson(app, { roles: ['administrator'] });
    expect((await other.signIn(administrator, scope)).scope).toBe(scope);
  });

  requirement('RFC 9207 §2', 'answers and refusals name the issuer beside code, error and state', async () => {
    const person = await aSignedInPerson(app);
    const request = await party.begin('openid');
    const { location: waiting } = await person.browser.get(request.url.href);
    const page = await person.browser.get(waiting ?? '');
    const { location } = await person.browser.post(waiting ?? '', { ...hiddenFields(page.body), decision: 'deny' });
    const answer = new URL(location ?? '').searchParams;
    expect(Object.fromEntries(answer)).toEqual({ error: 'access_denied', state: request.state, iss: app.issuer });
  });

  requirement('RFC 6749 §3.1.2', 'a registered query and any state come back unharmed', async () => {
    const redirectUri = 'http://localhost:9999/callback?dummy1=lorem&dummy2=ipsum';
    const special = await anApp(app, { redirectUris: [redirectUri], trusted: true });
    const state = '@=~\\/:&?]!>%}#';
    const other = await RelyingParty.discover(app, special);
    const { url } = await other.begin('openid', { state });
    const { location } = await ada.browser.get(url.href);
    expect(location).toMatch(/^http:\/\/localhost:9999\/callback\?dummy1=lorem&dummy2=ipsum&code=/);
    expect(new URL(location ?? '').searchParams.get('state')).toBe(state);
  });

  test('takes a POST like a GET, though it brings no cookie', async () => {
    const { url } = await party.begin('openid profile email offline_access');
    const response = await fetch(`${app.issuer}/oauth/authorize`, {
      method: 'POST',
      body: new URLSearchParams([...url.searchParams]),
      redirect: 'manual',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.status).toBe(303);
    const { location } = await ada.browser.get(response.headers.get('location') ?? '');
    expect(location).toContain('code=');
  });

  test('lets two tabs wait at once, and a request be answered once', async () => {
    const person = await aSignedInPerson(app);
    const [first, second] = [await party.begin('openid'), await party.begin('openid profile')];
    const one = (await person.browser.get(first.url.href)).location ?? '';
    const two = (await person.browser.get(second.url.href)).location ?? '';
    const pageOne = hiddenFields((await person.browser.get(one)).body);
    const pageTwo = hiddenFields((await person.browser.get(two)).body);
    expect((await person.browser.post(two, { ...pageTwo, decision: 'allow' })).location).toContain(
      `state=${second.state}`,
    );
    expect((await person.browser.post(one, { ...pageOne, decision: 'allow' })).location).toContain(
      `state=${first.state}`,
    );
    const again = await person.browser.post(one, { ...pageOne, decision: 'allow' });
    expect(again.status).toBe(400);
    expect(again.location).toBeNull();
  });

  requirement('RFC 6749 §4.1.2', 'of two decisions at the same moment, one gives a code', async () => {
    const person = await aSignedInPerson(app);
    const waiting = (await person.browser.get((await party.begin('openid')).url.href)).location ?? '';
    const fields = { ...hiddenFields((await person.browser.get(waiting)).body), decision: 'allow' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => person.browser.post(waiting, fields)));
    expect(answers.filter((answer) => answer.location?.includes('code=')).length).toBe(1);
    expect(answers.filter((answer) => answer.status === 400).length).toBe(7);
  });
});

describe('nothing redirects before client and redirect URI are proven', () => {
  test.each([
    ['no client', { response_type: 'code', redirect_uri: 'http://localhost:9999/callback' }],
    [
      'an unknown client',
      { client_id: 'nobody', response_type: 'code', redirect_uri: 'http://localhost:9999/callback' },
    ],
    ['an unregistered redirect URI', { redirect_uri: 'https://evil.example/' }],
    ['one with prompt=none', { redirect_uri: 'https://evil.example/', prompt: 'none' }],
    ['another response type', { redirect_uri: 'https://evil.example/', response_type: 'token' }],
    ['another response mode', { redirect_uri: 'https://evil.example/', response_mode: 'form_post' }],
    ['none at all where OpenID needs one', { scope: 'openid' }],
  ])('%s', async (_what, parameters) => {
    const { status, location, body } = await ada.browser.get(
      authorizeUrl({
        ...('client_id' in parameters || _what === 'no client' ? {} : { client_id: client.clientId }),
        ...parameters,
      }),
    );
    expect(status).toBe(400);
    expect(location).toBeNull();
    expect(body).toMatch(/invalid|unknown|not registered|missing/);
    const byPost = await fetch(`${app.issuer}/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        ...('client_id' in parameters || _what === 'no client' ? {} : { client_id: client.clientId }),
        ...parameters,
      }),
    });
    expect([byPost.status, byPost.headers.get('location')]).toEqual([400, null]);
    expect(body).not.toMatch(/(href|action|src)="[^"/]*\/\/evil/);
  });

  requirement('RFC 6749 §3.1', 'HEAD gives no code, and is said not to be answered', async () => {
    const trusted = await RelyingParty.discover(app, await anApp(app, { trusted: true }));
    const count = () => app.orm.em.fork().count(AuthorizationCode);
    const before = await count();
    const url = (await trusted.begin('openid')).url;
    const waiting =
      (await ada.browser.get((await party.begin('openid', { prompt: 'consent' })).url.href)).location ?? '';
    expect(waiting).toMatch(/^\/oauth\/authorize\//);
    for (const address of [url.href, `/o/authorize${url.search}`, waiting]) {
      const answer = await ada.browser.head(address);
      expect(answer).toMatchObject({ status: 405, location: null });
      expect(answer.headers.get('allow')).toBe('GET, POST, OPTIONS');
    }
    expect(await count()).toBe(before);
    expect((await ada.browser.get(url.href)).location).toContain('code=');
  });

  requirement('RFC 6749 §3.1', 'a repeated parameter is refused, in the query and in a form', async () => {
    for (const name of ['client_id', 'redirect_uri', 'response_type', 'scope', 'state', 'code_challenge', 'prompt']) {
      const { url } = await party.begin();
      const value = url.searchParams.get(name) ?? 'login';
      const repeated = `${url.search}&${name}=${encodeURIComponent(value)}${url.searchParams.has(name) ? '' : `&${name}=x`}`;
      const byGet = await ada.browser.get(`/oauth/authorize${repeated}`);
      expect([byGet.status, byGet.location], name).toEqual([400, null]);
      const byPost = await fetch(`${app.issuer}/oauth/authorize`, {
        method: 'POST',
        body: repeated.slice(1),
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(byPost.status, name).toBe(400);
    }
  });
});

describe('what is wrong with a request is told to the app as the standards name it', () => {
  test.each([
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: 'code id_token' }, 'unsupported_response_type'],
    [{ response_mode: 'fragment' }, 'invalid_request'],
    [{ scope: 'openid nonsense' }, 'invalid_scope'],
    [{ scope: 'openid admin:users:read' }, 'invalid_scope'],
    [{ scope: 'openid "' }, 'invalid_scope'],
    [{ code_challenge: '' }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: '' }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ prompt: 'whatever' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
    [{ max_age: '1e3' }, 'invalid_request'],
    [{ request: 'eyJhbGciOiJub25lIn0.e30.' }, 'invalid_request_object'],
    [{ request_uri: 'https://client.example/request' }, 'request_uri_not_supported'],
  ])('%j', async (parameters, error) => {
    const answer = await answerTo(
      ada,
      parameters as unknown as Record<string, string>,
      (parameters as { scope?: string }).scope,
    );
    expect(answer.get('error')).toBe(error);
    expect(answer.get('iss')).toBe(app.issuer);
    expect(answer.get('state')).toBeTruthy();
    expect(answer.get('code')).toBeNull();
  });

  test('a missing response_type', async () => {
    const { url } = await party.begin();
    url.searchParams.delete('response_type');
    const { location } = await ada.browser.get(url.href);
    expect(new URL(location ?? '').searchParams.get('error')).toBe('invalid_request');
  });
});

describe('prompt and max_age', () => {
  test('prompt=none signs in silently, or says what it would have to ask', async () => {
    const stranger = await aPerson(app);
    expect((await answerTo(stranger, { prompt: 'none' })).get('error')).toBe('login_required');
    const person = await aSignedInPerson(app);
    expect((await answerTo(person, { prompt: 'none' })).get('error')).toBe('consent_required');
    await party.signIn(person);
    expect((await answerTo(person, { prompt: 'none' })).get('code')).toMatch(/^lk_ac_/);
  });

  test('prompt=login and max_age=0 ask for the password again, once', async () => {
    for (const more of [{ prompt: 'login' }, { max_age: '0' }]) {
      const person = await aSignedInPerson(app);
      await party.signIn(person);
      await new Promise((resolve) => setTimeout(resolve, 20));
      const request = await party.begin(undefined, more);
      const waiting = (await person.browser.get(request.url.href)).location ?? '';
      const signIn = (await person.browser.get(waiting)).location ?? '';
      expect(signIn).toMatch(/^\/sign-in\?/);
      // Whoever goes on without it comes back here.
      expect((await person.browser.get(waiting)).location).toBe(signIn);
      const back = await person.browser.signIn(person.username, person.password, signIn);
      expect(back.location).toBe(waiting);
      const answer = await person.browser.get(waiting);
      const tokens = await party.finish(new URL(answer.location ?? ''), request);
      expect(Date.now() / 1000 - (tokens.claims()?.auth_time ?? 0)).toBeLessThan(10);
    }
  });

  test('a sign-in that is asked for cannot be skipped by sending the consent form', async () => {
    const person = await aSignedInPerson(app);
    const consent = (await person.browser.get((await party.begin('openid')).url.href)).location ?? '';
    const fields = { ...hiddenFields((await person.browser.get(consent)).body), decision: 'allow' };
    const waiting =
      (await person.browser.get((await party.begin('openid', { prompt: 'login' })).url.href)).location ?? '';
    const { location } = await person.browser.post(waiting, fields);
    expect(new URL(location ?? '').searchParams.get('error')).toBe('login_required');
  });

  test('signing in again for one app leaves what other apps were given in this browser', async () => {
    const person = await aSignedInPerson(app);
    const tokens = await party.signIn(person, 'openid');
    await person.browser.signIn(person.username, person.password);
    expect((await oidc.tokenIntrospection(party.configuration, tokens.access_token)).active).toBe(true);
    const stranger = await aPerson(app);
    await person.browser.signIn(stranger.username, stranger.password);
    expect((await oidc.tokenIntrospection(party.configuration, tokens.access_token)).active).toBe(false);
  });

  test('prompt=consent asks again, though it was allowed before', async () => {
    const person = await aSignedInPerson(app);
    await party.signIn(person, 'openid');
    const waiting =
      (await person.browser.get((await party.begin('openid', { prompt: 'consent' })).url.href)).location ?? '';
    expect((await person.browser.get(waiting)).body).toContain('id="allow"');
  });
});

describe('the consent form belongs to one browser and one person', () => {
  test('another browser cannot see or answer a waiting request', async () => {
    const [person, thief] = [await aSignedInPerson(app), await aSignedInPerson(app)];
    const waiting = (await person.browser.get((await party.begin('openid')).url.href)).location ?? '';
    const fields = hiddenFields((await person.browser.get(waiting)).body);
    expect((await thief.browser.get(waiting)).status).toBe(400);
    expect((await thief.browser.post(waiting, { ...fields, decision: 'allow' })).status).toBe(403);
    const own = (await thief.browser.get((await party.begin('openid')).url.href)).location ?? '';
    const ownToken = hiddenFields((await thief.browser.get(own)).body);
    expect((await thief.browser.post(waiting, { ...ownToken, decision: 'allow' })).status).toBe(400);
  });

  test('a decision needs the form: without its token, without a decision, for another account', async () => {
    const person = await aSignedInPerson(app);
    const waiting = (await person.browser.get((await party.begin('openid')).url.href)).location ?? '';
    const fields = hiddenFields((await person.browser.get(waiting)).body);
    expect((await person.browser.post(waiting, { account: person.account.id, decision: 'allow' })).status).toBe(403);
    expect((await person.browser.post(waiting, { ...fields, form_token: 'x', decision: 'allow' })).status).toBe(403);
    expect((await person.browser.post(waiting, fields)).status).toBe(400);
    expect((await person.browser.post(waiting, { ...fields, decision: 'yes' })).status).toBe(400);
    const other = await person.browser.post(waiting, { ...fields, account: ada.account.id, decision: 'allow' });
    expect(other.location).toBe(waiting);
    // Scope and client are those that were kept, whatever the form says.
    const { location } = await person.browser.post(waiting, {
      ...fields,
      scope: 'openid email',
      client_id: 'x',
      decision: 'allow',
    });
    expect(location).toContain('code=');
  });
});
