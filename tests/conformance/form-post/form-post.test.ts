/** An answer that goes to the app as a form which sends itself. */
import { createHash } from 'node:crypto';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { anApp, aPerson, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { type PostedAnswer, postedAnswer } from '../../support/posted-answer.ts';
import { RelyingParty, type SignInRequest } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { hiddenFields, TestBrowser } from '../../support/test-browser.ts';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
let person: Person;
beforeAll(async () => {
  app = await createTestApp();
  client = await anApp(app, { trusted: true });
  party = await RelyingParty.discover(app, client);
  person = await aSignedInPerson(app);
});
afterAll(() => app.close());

const formPost = { response_mode: 'form_post' };

const ask = async (more: Record<string, string> = {}, browser = person.browser) => {
  const request = await party.begin('openid', { ...formPost, ...more });
  return { request, page: await browser.get(request.url.href) };
};

/** What the client library makes of the POST that the browser would send. */
const finish = ({ action, fields }: PostedAnswer, request: SignInRequest) =>
  oidc.authorizationCodeGrant(
    party.configuration,
    new Request(action, { method: 'POST', body: new URLSearchParams(fields) }),
    { pkceCodeVerifier: request.verifier, expectedState: request.state, expectedNonce: request.nonce },
  );

requirement(
  'OAuth 2.0 Form Post Response Mode §2',
  'the answer stands in the hidden fields of a form that is sent by POST to the redirect URI',
  async () => {
    const { request, page } = await ask();
    const answer = postedAnswer(page);
    expect(page.status).toBe(200);
    expect(answer).toMatchObject({ method: 'post', action: client.redirectUri });
    expect(Object.keys(answer.fields).sort()).toEqual(['code', 'iss', 'state']);
    expect(answer.fields).toMatchObject({ state: request.state, iss: app.issuer });
    expect((await finish(answer, request)).claims()?.sub).toBe(person.account.id);
  },
);

requirement(
  'OAuth 2.0 Form Post Response Mode §2',
  'the page may not be kept by a cache, and tells the app no address of this server but its origin',
  async () => {
    const { page } = await ask();
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('origin');
  },
);

requirement(
  'OAuth 2.0 Form Post Response Mode §4',
  'the form sends itself by the oldest of scripts, under a policy that allows this server’s files and this app’s origin alone',
  async () => {
    const { page } = await ask();
    const [, src = '', integrity = ''] =
      /<script src="([^"]+)" integrity="sha256-([^"]+)"><\/script><\/body>/.exec(page.body) ?? [];
    const script = await (await fetch(app.issuer + src)).text();
    expect(script).toBe('document.forms[0].submit();\n');
    expect(createHash('sha256').update(script).digest('base64')).toBe(integrity);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain(`form-action 'self' ${new URL(client.redirectUri).origin};`);
    // A field or a button of that name would take the place of the function.
    expect(page.body).not.toMatch(/(name|id)="submit"/);
  },
);

requirement('OAuth 2.0 Form Post Response Mode §4', 'where scripts are off, a button sends the form', async () => {
  const { page } = await ask();
  expect(page.body).toMatch(/<form [^>]*>.*<button type="submit"[^>]*>Continue<\/button><\/form>/s);
});

requirement('OAuth 2.0 Form Post Response Mode §2', 'an error goes the same way, with state and iss', async () => {
  for (const more of [{ prompt: 'none', scope: 'openid' }, { scope: 'openid nothing' }, { max_age: 'x' }]) {
    const { request, page } = await ask(more, new TestBrowser(app.issuer));
    const { action, fields } = postedAnswer(page);
    expect(action).toBe(client.redirectUri);
    expect(fields).toMatchObject({ error: expect.any(String), state: request.state, iss: app.issuer });
    expect(fields.code).toBeUndefined();
  }
});

requirement(
  'OAuth 2.0 Form Post Response Mode §2',
  'a refusal on the consent page goes the same way, and so does the answer after a sign-in',
  async () => {
    const stranger = await anApp(app);
    const other = await RelyingParty.discover(app, stranger);
    const somebody = await aPerson(app);
    const request = await other.begin('openid', formPost);
    const waiting = (await somebody.browser.get(request.url.href)).location ?? '';
    const signIn = (await somebody.browser.get(waiting)).location ?? '';
    const page = await somebody.browser.get(signIn);
    expect(page.headers.get('content-security-policy')).toContain(new URL(stranger.redirectUri).origin);
    await somebody.browser.signIn(somebody.username, somebody.password, signIn);
    const consent = await somebody.browser.get(waiting);
    const denied = await somebody.browser.post(waiting, { ...hiddenFields(consent.body), decision: 'deny' });
    expect(postedAnswer(denied).fields).toMatchObject({ error: 'access_denied', state: request.state });

    const again = await other.begin('openid', formPost);
    const second = (await somebody.browser.get(again.url.href)).location ?? '';
    const asked = await somebody.browser.get(second);
    const allowed = await somebody.browser.post(second, { ...hiddenFields(asked.body), decision: 'allow' });
    expect(postedAnswer(allowed).fields.code).toMatch(/^lk_ac_/);
  },
);

requirement(
  'OAuth 2.0 Form Post Response Mode §2',
  'a registered query stays in the address, and any state comes back unharmed and without effect on the page',
  async () => {
    const redirectUri = 'https://app.example.org/callback?dummy1=lorem&dummy2=ipsum';
    const special = await RelyingParty.discover(app, await anApp(app, { redirectUris: [redirectUri], trusted: true }));
    for (const state of ['@=~\\/:&?]!>%}#', '"><script>alert(1)</script>', '&amp;&quot;']) {
      const { url } = await special.begin('openid', { ...formPost, state });
      const { action, fields } = postedAnswer(await person.browser.get(url.href));
      expect([action, fields.state]).toEqual([redirectUri, state]);
    }
  },
);

requirement(
  'OAuth 2.0 Form Post Response Mode §2',
  'apps with a scheme of their own or a loopback port may be answered so too: the policy names exactly that',
  async () => {
    for (const [redirectUri, presented, source] of [
      ['org.example.app:/callback', 'org.example.app:/callback', 'org.example.app:'],
      ['http://127.0.0.1/callback', 'http://127.0.0.1:49152/callback', 'http://127.0.0.1:49152'],
    ] as const) {
      const native = await anApp(app, {
        type: 'native',
        authMethod: 'none',
        redirectUris: [redirectUri],
        trusted: true,
      });
      const { url } = await (await RelyingParty.discover(app, native)).begin('openid', {
        ...formPost,
        redirect_uri: presented,
      });
      const page = await person.browser.get(url.href);
      expect(postedAnswer(page).action).toBe(presented);
      expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${source};`);
    }
  },
);
