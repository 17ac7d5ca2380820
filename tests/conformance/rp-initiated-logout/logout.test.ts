import { decodeJwt, SignJWT } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { anApp, aPerson, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { hiddenFields, TestBrowser } from '../../support/test-browser.ts';

const returnTo = 'https://app.example/signed-out?kept=a%20b';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;

beforeAll(async () => {
  app = await createTestApp();
  client = await anApp(app, { postLogoutRedirectUris: [returnTo] });
  party = await RelyingParty.discover(app, client);
});
afterAll(() => app.close());

const endSession = (parameters: Record<string, string>): string => `/oauth/logout?${new URLSearchParams(parameters)}`;

const isSignedIn = async ({ browser }: Pick<Person, 'browser'>): Promise<boolean> =>
  (await browser.get('/sign-out')).body.includes('id="sign-out"');

const signedInWithToken = async (scope = 'openid'): Promise<Person & { idToken: string }> => {
  const person = await aSignedInPerson(app);
  return { ...person, idToken: (await party.signIn(person, scope)).id_token ?? '' };
};

requirement('OpenID Connect RP-Initiated Logout §2.1', 'discovery says where to end a session', async () => {
  const metadata = (await (await fetch(`${app.issuer}/.well-known/openid-configuration`)).json()) as object;
  expect(metadata).toMatchObject({ end_session_endpoint: `${app.issuer}/oauth/logout` });
});

requirement(
  'OpenID Connect RP-Initiated Logout §2',
  'a request with the person’s ID token signs out and goes on to the registered address',
  async () => {
    const person = await signedInWithToken();
    // As a client library builds it, from what discovery says.
    const address = oidc.buildEndSessionUrl(party.configuration, {
      id_token_hint: person.idToken,
      post_logout_redirect_uri: returnTo,
    });
    expect(address.searchParams.get('client_id')).toBe(client.clientId);
    const answer = await person.browser.get(address.href);
    expect(answer).toMatchObject({ status: 303, location: returnTo });
    expect(await isSignedIn(person)).toBe(false);
  },
);

requirement(
  'OpenID Connect RP-Initiated Logout §2',
  'the endpoint answers GET and POST, and Django’s path',
  async () => {
    for (const path of ['/oauth/logout', '/o/logout', '/o/logout/']) {
      const person = await signedInWithToken();
      // From another site: no cookie comes with it, so the browser is asked to come again.
      const cookieless = new TestBrowser(app.issuer);
      const parameters = { id_token_hint: person.idToken, post_logout_redirect_uri: returnTo, state: 's' };
      const posted = await cookieless.post(path, parameters);
      expect(posted.status).toBe(303);
      const answer = await person.browser.get(posted.location ?? '');
      expect(answer.location).toBe(`${returnTo}&state=s`);
      expect(await isSignedIn(person)).toBe(false);
    }
  },
);

requirement('OpenID Connect RP-Initiated Logout §2', 'state comes back unharmed', async () => {
  for (const state of ['@=~\\/:&?]!>%}#', 'a b+c', 'é€ 漢', '%2F%25']) {
    const person = await signedInWithToken();
    const { location } = await person.browser.get(
      endSession({ id_token_hint: person.idToken, post_logout_redirect_uri: returnTo, state }),
    );
    const target = new URL(location ?? '');
    expect(target.searchParams.get('state')).toBe(state);
    expect(location?.startsWith(returnTo)).toBe(true);
  }
});

requirement('OpenID Connect RP-Initiated Logout §2', 'an ID token that has expired is still a hint', async () => {
  const person = await signedInWithToken();
  const { exp, iat, ...claims } = decodeJwt(person.idToken);
  // The server's own key, so that nothing but the time is different.
  const expired = await signedByServer(claims, 1_600_000_000);
  expect(exp).toBeGreaterThan(iat ?? 0);
  const answer = await person.browser.get(endSession({ id_token_hint: expired, post_logout_redirect_uri: returnTo }));
  expect(answer.location).toBe(returnTo);
});

/** By way of the database: a key that signs there is the server's. */
const signedByServer = async (claims: object, at: number, typ = 'JWT'): Promise<string> => {
  const { SigningKeys } = await import('../../../server/oauth/tokens/signing-keys.ts');
  const { Statements } = await import('../../../server/database/statements.ts');
  const { unitOfWork } = await import('../../../server/database/unit-of-work.ts');
  const keys = await SigningKeys.open({
    statements: await Statements.on(app.orm),
    inTransaction: unitOfWork(app.orm),
    clock: app.clock,
    secret: app.secret,
  });
  const { kid, algorithm, privateKey } = await keys.signerFor('ES256');
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: algorithm, kid, typ })
    .setIssuedAt(at)
    .setExpirationTime(at + 600)
    .sign(privateKey);
};

requirement(
  'OpenID Connect RP-Initiated Logout §2',
  'without an ID token the person is asked, and nothing happens until they answer',
  async () => {
    const person = await signedInWithToken();
    for (const parameters of [
      {},
      { state: 'only' },
      { client_id: client.clientId, post_logout_redirect_uri: returnTo, state: 'x' },
      { logout_hint: person.username, ui_locales: 'fr' },
    ]) {
      const asked = await person.browser.get(endSession(parameters as Record<string, string>));
      expect(asked.status).toBe(200);
      expect(asked.body).toMatch(/<button[^>]*id="sign-out"/);
      expect(asked.body).not.toContain(`href="${returnTo}`);
    }
    expect(await isSignedIn(person)).toBe(true);
  },
);

requirement('OpenID Connect RP-Initiated Logout §2', 'another person’s ID token does not prove who asks', async () => {
  const [person, other] = [await signedInWithToken(), await signedInWithToken()];
  const asked = await person.browser.get(endSession({ id_token_hint: other.idToken }));
  expect(asked.body).toMatch(/<button[^>]*id="sign-out"/);
  expect(await isSignedIn(person)).toBe(true);
});

requirement(
  'OpenID Connect RP-Initiated Logout §2',
  'an ID token of an earlier session of the same person does not prove who asks in this one',
  async () => {
    for (const subjectType of ['public', 'pairwise'] as const) {
      const kept = await RelyingParty.discover(app, await anApp(app, { subjectType }));
      const person = await aSignedInPerson(app);
      const before = (await kept.signIn(person, 'openid')).id_token ?? '';
      await person.browser.fillIn('/sign-out', {});
      await person.browser.signIn(person.username, person.password);
      const asked = await person.browser.get(endSession({ id_token_hint: before }));
      expect(asked.body).toMatch(/<button[^>]*id="sign-out"/);
      expect(await isSignedIn(person)).toBe(true);
      const now = (await kept.signIn(person, 'openid')).id_token ?? '';
      await person.browser.get(endSession({ id_token_hint: now }));
      expect(await isSignedIn(person)).toBe(false);
    }
  },
);

requirement('OpenID Connect RP-Initiated Logout §2', 'signed UserInfo is no ID token', async () => {
  const signed = await RelyingParty.discover(app, await anApp(app, { userinfoSignedResponseAlg: 'ES256' }));
  const person = await aSignedInPerson(app);
  const { access_token } = await signed.signIn(person, 'openid');
  const answer = await fetch(`${app.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${access_token}` } });
  const id_token_hint = await answer.text();
  expect(decodeJwt(id_token_hint).sub).toBe(person.account.id);
  expect((await person.browser.get(endSession({ id_token_hint }))).status).toBe(400);
  expect(await isSignedIn(person)).toBe(true);
});

requirement('OpenID Connect RP-Initiated Logout §2', 'HEAD signs nobody out', async () => {
  const person = await signedInWithToken();
  for (const path of ['/oauth/logout', '/o/logout', '/o/logout/']) {
    const address = `${path}?${new URLSearchParams({ id_token_hint: person.idToken })}`;
    const answer = await person.browser.head(address);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST, OPTIONS');
  }
  expect(await isSignedIn(person)).toBe(true);
});

requirement(
  'OpenID Connect RP-Initiated Logout §3',
  'after the answer the browser goes on to the registered address by itself',
  async () => {
    const person = await signedInWithToken();
    const asked = await person.browser.get(
      endSession({ client_id: client.clientId, post_logout_redirect_uri: returnTo, state: 's', ui_locales: 'fr' }),
    );
    expect(asked.body).toContain('lang="fr"');
    expect(asked.headers.get('content-security-policy')).toContain("form-action 'self' https://app.example;");
    const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(asked.body) ?? [];
    const answer = await person.browser.post(action.replaceAll('&amp;', '&'), hiddenFields(asked.body));
    expect(answer).toMatchObject({ status: 303, location: `${returnTo}&state=s` });
    expect(await isSignedIn(person)).toBe(false);
  },
);

requirement(
  'OpenID Connect RP-Initiated Logout §3',
  'without an address to go on to, a page says that the person is signed out',
  async () => {
    const person = await signedInWithToken();
    const { location } = await person.browser.get(endSession({ id_token_hint: person.idToken }));
    expect((await person.browser.get(location ?? '')).body).toContain('signed out');
  },
);

requirement(
  'OpenID Connect RP-Initiated Logout §3',
  'an address that is not registered exactly shows an error and leads nowhere',
  async () => {
    const person = await signedInWithToken();
    for (const uri of [
      `${returnTo}&more=1`,
      'https://app.example/signed-out',
      'https://app.example/signed-out?kept=a b',
      'https://app.example/signed-out?kept=a%20b#',
      'https://app.example:443/signed-out?kept=a%20b',
      'https://APP.example/signed-out?kept=a%20b',
      'https://app.example.evil.example/signed-out?kept=a%20b',
      'javascript:alert(1)',
      client.redirectUri,
    ]) {
      for (const who of [{ id_token_hint: person.idToken }, { client_id: client.clientId }]) {
        const answer = await person.browser.get(endSession({ ...who, post_logout_redirect_uri: uri }));
        expect(answer.status).toBe(400);
        expect(answer.location).toBeNull();
        expect(answer.body).toContain('not registered');
        expect(answer.body).not.toMatch(/(href|action|src|url)="?(https|javascript):/);
        expect(answer.body).not.toContain('redirect_uri=');
      }
    }
    // Whoever sends it, it is no fault of this server that somebody is woken for.
    expect(app.logLines.map((line) => (JSON.parse(line) as { level: number }).level)).not.toContain(50);
    expect(await isSignedIn(person)).toBe(true);
  },
);

requirement('OpenID Connect RP-Initiated Logout §3', 'where no app is named, nobody is sent anywhere', async () => {
  const person = await signedInWithToken();
  const asked = await person.browser.get(endSession({ post_logout_redirect_uri: returnTo }));
  const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(asked.body) ?? [];
  const answer = await person.browser.post(action.replaceAll('&amp;', '&'), hiddenFields(asked.body));
  expect(answer).toMatchObject({ status: 303, location: '/sign-out' });
});

requirement(
  'OpenID Connect RP-Initiated Logout §2',
  'a hint that this server did not issue is refused, and nobody is signed out',
  async () => {
    const person = await signedInWithToken();
    const claims = decodeJwt(person.idToken);
    const hints = [
      'x',
      `${person.idToken.slice(0, -4)}AAAA`,
      `${person.idToken}.x`,
      await signedByServer(claims, 1_700_000_000, 'at+jwt'),
      await signedByServer({ ...claims, iss: 'https://elsewhere.example' }, 1_700_000_000),
      await signedByServer({ ...claims, aud: [client.clientId, 'another'] }, 1_700_000_000),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${person.idToken.split('.')[1]}.`,
    ];
    for (const hint of hints) {
      const answer = await person.browser.get(endSession({ id_token_hint: hint, post_logout_redirect_uri: returnTo }));
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('invalid');
      expect(answer.location).toBeNull();
    }
    expect(await isSignedIn(person)).toBe(true);
  },
);

requirement(
  'OpenID Connect RP-Initiated Logout §2',
  'client_id must be the app that the ID token was issued to',
  async () => {
    const person = await signedInWithToken();
    const other = await anApp(app, { postLogoutRedirectUris: [returnTo] });
    for (const clientId of [other.clientId, 'nobody']) {
      const answer = await person.browser.get(endSession({ id_token_hint: person.idToken, client_id: clientId }));
      expect(answer.status).toBe(400);
    }
    expect((await person.browser.get(endSession({ client_id: 'nobody' }))).body).toContain('unknown');
    expect(await isSignedIn(person)).toBe(true);
  },
);

requirement(
  'OpenID Connect RP-Initiated Logout §6',
  'another site can neither answer the question nor repeat a parameter',
  async () => {
    const person = await signedInWithToken();
    const stranger = await aPerson(app);
    const foreign = hiddenFields((await stranger.browser.get('/sign-in')).body);
    for (const fields of [{}, { form_token: 'x' }, foreign]) {
      expect((await person.browser.post('/oauth/logout/confirm', fields)).status).toBe(403);
    }
    const twice = `${endSession({ id_token_hint: person.idToken, state: 'a' })}&state=b`;
    expect((await person.browser.get(twice)).status).toBe(400);
    expect(await isSignedIn(person)).toBe(true);
  },
);

requirement('OpenID Connect RP-Initiated Logout §2', 'who is signed out already is sent on all the same', async () => {
  const person = await signedInWithToken();
  const address = endSession({ id_token_hint: person.idToken, post_logout_redirect_uri: returnTo });
  for (const _ of [1, 2]) expect((await person.browser.get(address)).location).toBe(returnTo);
});

requirement(
  'OpenID Connect RP-Initiated Logout §4',
  'tokens without offline_access end with the session, others live on',
  async () => {
    const person = await aSignedInPerson(app);
    const short = await party.signIn(person, 'openid profile');
    const lasting = await party.signIn(person, 'openid profile offline_access');
    await person.browser.get(endSession({ id_token_hint: short.id_token ?? '' }));
    const userinfo = async (token: string) =>
      (await fetch(`${app.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await userinfo(short.access_token)).toBe(401);
    expect(await userinfo(lasting.access_token)).toBe(200);
  },
);
