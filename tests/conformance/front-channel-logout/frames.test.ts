import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect } from 'vitest';
import { anApp, aSignedInPerson, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import type { Answer } from '../../support/test-browser.ts';

const returnTo = 'https://app.example/signed-out';

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await createTestApp();
  client = await anApp(app, {
    frontchannelLogoutUri: 'https://app.example/end?kept=1',
    postLogoutRedirectUris: [returnTo],
  });
});
afterAll(() => app.close());

const frames = ({ body }: Answer): string[] =>
  [...body.matchAll(/<iframe[^>]*src="([^"]+)"/g)].map(([, src = '']) => src.replaceAll('&amp;', '&'));

const signOut = async (more: Record<string, string> = {}) => {
  const person = await aSignedInPerson(app);
  const { id_token = '' } = await (await RelyingParty.discover(app, client)).signIn(person, 'openid');
  const answer = await person.browser.get(`/oauth/logout?${new URLSearchParams({ id_token_hint: id_token, ...more })}`);
  return { person, answer, idToken: decodeJwt(id_token) };
};

requirement('OpenID Connect Front-Channel Logout §3', 'discovery says that it is there, with the session', async () => {
  const metadata = await (await fetch(`${app.issuer}/.well-known/openid-configuration`)).json();
  expect(metadata).toMatchObject({ frontchannel_logout_supported: true, frontchannel_logout_session_supported: true });
});

requirement(
  'OpenID Connect Front-Channel Logout §2',
  'the page opens the app’s address in a frame, with iss and sid beside its own query',
  async () => {
    const { answer, idToken } = await signOut({ post_logout_redirect_uri: returnTo, state: 'a"b' });
    const [frame = '', ...others] = frames(answer);
    expect(answer.status).toBe(200);
    expect(others).toEqual([]);
    const { origin, pathname, searchParams } = new URL(frame);
    expect(origin + pathname).toBe('https://app.example/end');
    expect(Object.fromEntries(searchParams)).toEqual({ kept: '1', iss: app.issuer, sid: idToken.sid });
  },
);

requirement('OpenID Connect Front-Channel Logout §2', 'the policy lets in the apps’ origins and no other', async () => {
  const { answer } = await signOut({ post_logout_redirect_uri: returnTo });
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain('frame-src https://app.example;');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});

requirement(
  'OpenID Connect Front-Channel Logout §2',
  'the browser goes on by itself, with and without scripts, and by a link',
  async () => {
    const { answer } = await signOut({ post_logout_redirect_uri: returnTo, state: 'a"b' });
    const target = `${returnTo}?state=a%22b`;
    expect(answer.body).toContain(`<meta http-equiv="refresh" content="2; url=${target}"/>`);
    expect(answer.body).toMatch(new RegExp(`<a[^>]*id="continue"[^>]*href="${target.replace('?', '\\?')}"`));
    const [, script = ''] = /<script src="([^"]+)"/.exec(answer.body) ?? [];
    expect(await (await fetch(app.issuer + script)).text()).toContain('location.replace');
  },
);

requirement(
  'OpenID Connect Front-Channel Logout §2',
  'without an address to go on to, the page says signed out and stays',
  async () => {
    const { answer } = await signOut();
    expect(frames(answer).length).toBe(1);
    expect(answer.body).toContain('signed out');
    expect(answer.body).not.toMatch(/http-equiv="refresh"|<script/);
  },
);

requirement(
  'OpenID Connect Front-Channel Logout §2',
  'the server’s own sign-out opens the frames too, and goes on to where it was going',
  async () => {
    const person = await aSignedInPerson(app);
    await (await RelyingParty.discover(app, client)).signIn(person, 'openid');
    const answer = await person.browser.fillIn('/sign-out?continue=%2Fbye', {});
    expect(frames(answer).length).toBe(1);
    expect(answer.body).toContain('url=/bye"');
  },
);

requirement(
  'OpenID Connect Front-Channel Logout §2',
  'an app that was not used in this session is not opened',
  async () => {
    const person = await aSignedInPerson(app);
    expect(await person.browser.fillIn('/sign-out', {})).toMatchObject({ status: 303, location: '/sign-out' });
  },
);
