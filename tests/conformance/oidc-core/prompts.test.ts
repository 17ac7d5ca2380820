/** Whom a request means and how they must have signed in: prompt, max_age, login_hint, id_token_hint, display and languages. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect } from 'vitest';
import { TestClock } from '../../support/clock.ts';
import { anApp, aPerson, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { type Answer, hiddenFields, TestBrowser } from '../../support/test-browser.ts';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
const clock = new TestClock();
beforeAll(async () => {
  app = await createTestApp({ clock });
  client = await anApp(app, { trusted: true });
  party = await RelyingParty.discover(app, client);
});
afterAll(() => app.close());

const ask = async (person: Pick<Person, 'browser'>, more: Record<string, string>, scope = 'openid') => {
  const request = await party.begin(scope, more);
  return { request, answer: await person.browser.get(request.url.href) };
};

const told = ({ location, status, body }: Answer): URLSearchParams => {
  if (!location?.startsWith(client.redirectUri)) throw new Error(`${status} ${location} ${body.slice(0, 300)}`);
  return new URL(location).searchParams;
};

/** Where the waiting request sends the browser next. */
const nextPage = async (person: Pick<Person, 'browser'>, { location }: Answer): Promise<Answer> => {
  expect(location).toMatch(/^\/oauth\/authorize\//);
  return person.browser.get(location ?? '');
};

const signInFor = async (person: Person, waiting: string, who = person): Promise<Answer> => {
  clock.advance(1);
  const address = (await person.browser.get(waiting)).location ?? '';
  await person.browser.signIn(who.username, who.password, address);
  return person.browser.get(waiting);
};

const authTimeOf = async (answer: Answer, request: Awaited<ReturnType<RelyingParty['begin']>>): Promise<number> =>
  Number((await party.finish(new URL(answer.location ?? ''), request)).claims()?.auth_time);

requirement(
  'OpenID Connect Core §3.1.2.1',
  'prompt=none shows nothing: a code where one can be given, else an error',
  async () => {
    const person = await aSignedInPerson(app);
    expect(told((await ask(person, { prompt: 'none' })).answer).get('code')).toMatch(/^lk_ac_/);
    const nobody = { browser: new TestBrowser(app.issuer) };
    expect(told((await ask(nobody, { prompt: 'none' })).answer).get('error')).toBe('login_required');
    clock.advance(10);
    expect(told((await ask(person, { prompt: 'none', max_age: '5' })).answer).get('error')).toBe('login_required');
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'prompt=none with any other value is an error', async () => {
  const person = await aSignedInPerson(app);
  for (const prompt of ['none login', 'consent none', 'none none login']) {
    expect(told((await ask(person, { prompt })).answer).get('error'), prompt).toBe('invalid_request');
  }
});

requirement('OpenID Connect Core §3.1.2.6', 'prompt=none without permission tells consent_required', async () => {
  const stranger = await RelyingParty.discover(app, await anApp(app));
  const person = await aSignedInPerson(app);
  const { url } = await stranger.begin('openid', { prompt: 'none' });
  const { location } = await person.browser.get(url.href);
  expect(new URL(location ?? '').searchParams.get('error')).toBe('consent_required');
});

requirement(
  'OpenID Connect Core §3.1.2.1',
  'prompt=login asks for a new sign-in, once, and auth_time says when',
  async () => {
    const person = await aSignedInPerson(app);
    clock.advance(60);
    const { request, answer } = await ask(person, { prompt: 'login' });
    const page = await nextPage(person, answer);
    expect(page.location).toMatch(/^\/sign-in\?/);
    const done = await signInFor(person, answer.location ?? '');
    expect(await authTimeOf(done, request)).toBe(Math.floor(clock.now().getTime() / 1000));
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'who must sign in again need not type their name', async () => {
  const person = await aSignedInPerson(app);
  const { answer } = await ask(person, { prompt: 'login' });
  const { location } = await nextPage(person, answer);
  expect((await person.browser.get(location ?? '')).body).toContain(`value="${person.username}"`);
});

requirement('OpenID Connect Core §3.1.2.1', 'prompt=consent asks for permission that was given before', async () => {
  const person = await aSignedInPerson(app);
  const page = await nextPage(person, (await ask(person, { prompt: 'consent' })).answer);
  expect(page.body).toContain('id="allow"');
});

requirement('OpenID Connect Core §3.1.2.1', 'prompt=select_account lets a person go on as who they are', async () => {
  const person = await aSignedInPerson(app, { givenName: 'Ada', familyName: 'Lovelace' });
  const { answer } = await ask(person, { prompt: 'select_account' });
  const page = await nextPage(person, answer);
  expect(page.body).toContain('Continue as Ada Lovelace');
  const waiting = answer.location ?? '';
  const chosen = await person.browser.post(waiting, { ...hiddenFields(page.body), decision: 'continue' });
  expect(chosen).toMatchObject({ status: 303, location: waiting });
  expect(told(await person.browser.get(waiting)).get('code')).toMatch(/^lk_ac_/);
});

requirement('OpenID Connect Core §3.1.2.1', 'prompt=select_account lets a person use another account', async () => {
  const [person, other] = [await aSignedInPerson(app), await aPerson(app)];
  const { request, answer } = await ask(person, { prompt: 'select_account' });
  const page = await nextPage(person, answer);
  const [, href = ''] = /id="other-account" href="([^"]+)"/.exec(page.body) ?? [];
  clock.advance(1);
  await person.browser.signIn(other.username, other.password, href.replaceAll('&amp;', '&'));
  const done = await person.browser.get(answer.location ?? '');
  const tokens = await party.finish(new URL(done.location ?? ''), request);
  expect(tokens.claims()?.sub).toBe(other.account.id);
});

requirement(
  'OpenID Connect Core §3.1.2.1',
  'the choice of an account is no consent, and an answer to another question is no choice',
  async () => {
    const stranger = await RelyingParty.discover(app, await anApp(app));
    const person = await aSignedInPerson(app);
    const { url } = await stranger.begin('openid', { prompt: 'select_account' });
    const waiting = (await person.browser.get(url.href)).location ?? '';
    const fields = hiddenFields((await person.browser.get(waiting)).body);
    const early = await person.browser.post(waiting, { ...fields, decision: 'allow' });
    expect(new URL(early.location ?? '').searchParams.get('error')).toBe('login_required');
    await person.browser.post(waiting, { ...fields, decision: 'continue' });
    expect((await person.browser.get(waiting)).body).toContain('id="allow"');
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'prompt=select_account without a session is a sign-in', async () => {
  const person = await aPerson(app);
  const { answer } = await ask(person, { prompt: 'select_account' });
  expect((await nextPage(person, answer)).location).toMatch(/^\/sign-in\?/);
  expect(told(await signInFor(person, answer.location ?? '')).get('code')).toMatch(/^lk_ac_/);
});

requirement(
  'OpenID Connect Core §3.1.2.1',
  'prompt=create begins with the sign-up page (Initiating User Registration 1.0)',
  async () => {
    const person = await aSignedInPerson(app);
    const { answer } = await ask(person, { prompt: 'create' });
    expect((await nextPage(person, answer)).location).toMatch(/^\/sign-up\?/);
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'a prompt that does not exist is an error', async () => {
  const person = await aSignedInPerson(app);
  for (const prompt of ['LOGIN', 'login,consent', 'x']) {
    expect(told((await ask(person, { prompt })).answer).get('error'), prompt).toBe('invalid_request');
  }
});

requirement(
  'OpenID Connect Core §3.1.2.1',
  'max_age asks for a new sign-in only where the last one is older',
  async () => {
    const person = await aSignedInPerson(app);
    clock.advance(100);
    expect(told((await ask(person, { max_age: '101' })).answer).get('code')).toMatch(/^lk_ac_/);
    const { request, answer } = await ask(person, { max_age: '99' });
    expect((await nextPage(person, answer)).location).toMatch(/^\/sign-in\?/);
    const done = await signInFor(person, answer.location ?? '');
    expect(await authTimeOf(done, request)).toBe(Math.floor(clock.now().getTime() / 1000));
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'max_age=0 is the same as prompt=login', async () => {
  const person = await aSignedInPerson(app);
  const { answer } = await ask(person, { max_age: '0' });
  expect((await nextPage(person, answer)).location).toMatch(/^\/sign-in\?/);
  expect(told(await signInFor(person, answer.location ?? '')).get('code')).toMatch(/^lk_ac_/);
});

requirement('OpenID Connect Registration §2', 'default_max_age counts where the request names none', async () => {
  const careful = await anApp(app, { trusted: true, defaultMaxAge: 60 });
  const other = await RelyingParty.discover(app, careful);
  const person = await aSignedInPerson(app);
  clock.advance(61);
  const tell = async (more: Record<string, string>) =>
    (await person.browser.get((await other.begin('openid', more)).url.href)).location;
  expect(await tell({})).toMatch(/^\/oauth\/authorize\//);
  expect(await tell({ max_age: '1000' })).toContain('code=');
});

requirement('OpenID Connect Core §3.1.2.1', 'a max_age that is no number is an error', async () => {
  const person = await aSignedInPerson(app);
  for (const max_age of ['x', '-1', '1.5', '1e3', ' 1', '99999999999']) {
    expect(told((await ask(person, { max_age })).answer).get('error'), max_age).toBe('invalid_request');
  }
});

requirement('OpenID Connect Core §3.1.2.1', 'login_hint stands in the sign-in form, as text', async () => {
  const nobody = { browser: new TestBrowser(app.issuer) };
  const { answer } = await ask(nobody, { login_hint: '"><b>ada@example.org' });
  const { location } = await nextPage(nobody, answer);
  const { body } = await nobody.browser.get(location ?? '');
  expect(body).toContain('value="&quot;&gt;&lt;b&gt;ada@example.org"');
});

const idTokenOf = async (person: Person, scope = 'openid profile'): Promise<string> =>
  (await party.signIn(person, scope)).id_token ?? '';

requirement(
  'OpenID Connect Core §3.1.2.1',
  'id_token_hint of the person who is signed in is answered at once',
  async () => {
    const person = await aSignedInPerson(app);
    const id_token_hint = await idTokenOf(person);
    expect(told((await ask(person, { id_token_hint, prompt: 'none' })).answer).get('code')).toMatch(/^lk_ac_/);
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'an id_token_hint that has expired still says who is meant', async () => {
  const person = await aSignedInPerson(app);
  const id_token_hint = await idTokenOf(person);
  clock.advance(3 * 3600);
  expect(Number(decodeJwt(id_token_hint).exp) * 1000).toBeLessThan(clock.now().getTime());
  expect(told((await ask(person, { id_token_hint, prompt: 'none' })).answer).get('code')).toMatch(/^lk_ac_/);
});

requirement(
  'OpenID Connect Core §3.1.2.2',
  'id_token_hint of another person: login_required without a page, else a sign-in',
  async () => {
    const [ada, grace] = [await aSignedInPerson(app), await aSignedInPerson(app)];
    const id_token_hint = await idTokenOf(ada);
    expect(told((await ask(grace, { id_token_hint, prompt: 'none' })).answer).get('error')).toBe('login_required');
    const { answer } = await ask(grace, { id_token_hint });
    const { location } = await nextPage(grace, answer);
    expect(location).toMatch(/^\/sign-in\?/);
    // The app was told Ada's name before, so the form may tell it too.
    expect((await grace.browser.get(location ?? '')).body).toContain(`value="${ada.username}"`);
    expect(told(await signInFor(grace, answer.location ?? '', ada)).get('code')).toMatch(/^lk_ac_/);
  },
);

requirement(
  'OpenID Connect Core §3.1.2.2',
  'who signs in as somebody else than the id_token_hint says gets no code',
  async () => {
    const [ada, grace] = [await aSignedInPerson(app), await aSignedInPerson(app)];
    const id_token_hint = await idTokenOf(ada);
    const { answer } = await ask(grace, { id_token_hint });
    expect(told(await signInFor(grace, answer.location ?? '')).get('error')).toBe('login_required');
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'the sign-in page tells no name that the app was never told', async () => {
  const [ada, grace] = [await aSignedInPerson(app), await aSignedInPerson(app)];
  const id_token_hint = await idTokenOf(ada, 'openid');
  const { location } = await nextPage(grace, (await ask(grace, { id_token_hint })).answer);
  expect((await grace.browser.get(location ?? '')).body).not.toContain(ada.username);
});

requirement(
  'OpenID Connect Core §3.1.2.1',
  'an id_token_hint that is none, is altered, or was given to another app is refused',
  async () => {
    const person = await aSignedInPerson(app);
    const mine = await idTokenOf(person);
    const others = await RelyingParty.discover(app, await anApp(app, { trusted: true }));
    const foreign = (await others.signIn(person, 'openid')).id_token ?? '';
    const [header = '', , signature = ''] = mine.split('.');
    const payload = Buffer.from(JSON.stringify({ ...decodeJwt(mine), sub: 'x' })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const id_token_hint of [
      'x',
      'a.b.c',
      foreign,
      `${header}.${payload}.${signature}`,
      `${unsigned}.${payload}.`,
    ]) {
      expect(told((await ask(person, { id_token_hint })).answer).get('error')).toBe('invalid_request');
    }
  },
);

requirement(
  'OpenID Connect Core §3.1.2.1',
  'ui_locales chooses the language of the pages, the first that is known',
  async () => {
    const nobody = { browser: new TestBrowser(app.issuer) };
    const { answer } = await ask(nobody, { ui_locales: 'de-CH fr-CA en' });
    const { location } = await nextPage(nobody, answer);
    expect((await nobody.browser.get(location ?? '')).body).toContain('lang="fr"');
  },
);

requirement(
  'OpenID Connect Core §3.1.2.1',
  'display, claims_locales, acr_values and parameters that nobody knows disturb nothing',
  async () => {
    const person = await aSignedInPerson(app);
    for (const more of [
      { display: 'popup' },
      { display: 'nonsense' },
      { claims_locales: 'fr en' },
      { acr_values: '1 2 urn:latchkey:acr:1fa' },
      { extra: 'foobar' },
    ]) {
      expect(
        told((await ask(person, more as Record<string, string>)).answer).get('code'),
        JSON.stringify(more),
      ).toMatch(/^lk_ac_/);
    }
  },
);

requirement('OpenID Connect Core §3.1.2.1', 'a request may come by POST from any page, without a cookie', async () => {
  const person = await aSignedInPerson(app);
  const { url } = await party.begin('openid');
  const posted = await fetch(`${app.issuer}/oauth/authorize`, {
    method: 'POST',
    body: url.searchParams,
    redirect: 'manual',
    headers: { origin: 'https://anywhere.example', 'sec-fetch-site': 'cross-site' },
  });
  expect(posted.status).toBe(303);
  expect(told(await person.browser.get(posted.headers.get('location') ?? '')).get('code')).toMatch(/^lk_ac_/);
});
