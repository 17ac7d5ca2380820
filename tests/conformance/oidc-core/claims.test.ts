/** What an app learns about a person: by scope, and claim by claim. */
import fc from 'fast-check';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerFor } from '../../support/graphql-caller.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { hiddenFields } from '../../support/test-browser.ts';
import { tokenRequest } from '../../support/token-request.ts';

const scopes = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'read'];
const everything = 'openid profile email address phone';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
let ada: Person;
beforeAll(async () => {
  app = await createTestApp();
  client = await anApp(app, { trusted: true, scopes });
  party = await RelyingParty.discover(app, client);
  ada = await aSignedInPerson(app, { username: 'ada', givenName: 'Ada', familyName: 'Lovelace' });
  const { updateProfile } = await (await callerFor(app, ada.account, ['profile:write'])).data(
    'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { message } } }',
    {
      input: {
        middleName: 'King',
        nickname: 'Countess',
        profileUrl: 'https://example.org/ada',
        pictureUrl: 'https://example.org/ada.jpg',
        website: 'https://ada.example.org',
        gender: 'female',
        birthdate: '1815-12-10',
        phoneNumber: '+44 20 7946 0000',
        locale: 'en-GB',
        zoneinfo: 'Europe/London',
        address: {
          formatted: '12 St James Square\nLondon',
          streetAddress: '12 St James Square',
          locality: 'London',
          region: 'England',
          postalCode: 'SW1Y 4LB',
          country: 'United Kingdom',
        },
      },
    },
  );
  expect(updateProfile.userErrors).toEqual([]);
});
afterAll(() => app.close());

const userinfo = (token: string) =>
  fetch(`${app.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } }).then((res) => res.json());

const claimsOf = async (scope: string, more: Record<string, string> = {}, person = ada) => {
  const tokens = await party.signIn(person, scope, more);
  return { tokens, idToken: { ...tokens.claims() }, userinfo: await userinfo(tokens.access_token) };
};

const asked = (claims: object) => ({ claims: JSON.stringify(claims) });

const profile = {
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  middle_name: 'King',
  nickname: 'Countess',
  preferred_username: 'ada',
  profile: 'https://example.org/ada',
  picture: 'https://example.org/ada.jpg',
  website: 'https://ada.example.org',
  gender: 'female',
  birthdate: '1815-12-10',
  zoneinfo: 'Europe/London',
  locale: 'en-GB',
  updated_at: expect.any(Number),
};
const email = { email: 'ada@example.org', email_verified: true };
const phone = { phone_number: '+442079460000', phone_number_verified: false };
const address = {
  address: {
    formatted: '12 St James Square\nLondon',
    street_address: '12 St James Square',
    locality: 'London',
    region: 'England',
    postal_code: 'SW1Y 4LB',
    country: 'United Kingdom',
  },
};

requirement('OpenID Connect Core §5.4', 'the scope profile opens the claims of the profile, and no other', async () => {
  expect((await claimsOf('openid profile')).userinfo).toEqual({ sub: ada.account.id, ...profile });
});

requirement('OpenID Connect Core §5.4', 'email, phone and address open their own claims, and no other', async () => {
  const sub = ada.account.id;
  expect((await claimsOf('openid email')).userinfo).toEqual({ sub, ...email });
  expect((await claimsOf('openid phone')).userinfo).toEqual({ sub, ...phone });
  expect((await claimsOf('openid address')).userinfo).toEqual({ sub, ...address });
  expect((await claimsOf('openid')).userinfo).toEqual({ sub });
});

requirement('OpenID Connect Core §5.4', 'all scopes together open every standard claim of §5.1', async () => {
  expect((await claimsOf(everything)).userinfo).toEqual({
    sub: ada.account.id,
    ...profile,
    ...email,
    ...phone,
    ...address,
  });
});

requirement('OpenID Connect Core §5.3.2', 'a claim without a value is left out, never null or empty', async () => {
  const person = await aSignedInPerson(app);
  expect((await claimsOf(everything, {}, person)).userinfo).toEqual({
    sub: person.account.id,
    name: person.username,
    preferred_username: person.username,
    updated_at: expect.any(Number),
    email: `${person.username}@example.org`,
    email_verified: true,
  });
});

requirement('OpenID Connect Core §5.4', 'what the scopes open stands in UserInfo, not in the ID token', async () => {
  const { idToken } = await claimsOf(everything);
  expect(Object.keys(idToken).sort()).toEqual(
    ['acr', 'amr', 'at_hash', 'aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sid', 'sub'].sort(),
  );
});

requirement(
  'OpenID Connect Core §5.5',
  'single claims are told where they were asked for: in UserInfo or in the ID token',
  async () => {
    const told = await claimsOf(
      'openid',
      asked({
        userinfo: { given_name: { essential: true }, nickname: null },
        id_token: { email: null, address: null },
      }),
    );
    expect(told.userinfo).toEqual({ sub: ada.account.id, given_name: 'Ada', nickname: 'Countess' });
    expect(told.idToken).toMatchObject({ email: 'ada@example.org', ...address });
    expect(told.idToken).not.toHaveProperty('given_name');
  },
);

requirement('OpenID Connect Core §5.5', 'single claims come beside those of the scopes', async () => {
  const told = await claimsOf('openid email', asked({ userinfo: { birthdate: null } }));
  expect(told.userinfo).toEqual({ sub: ada.account.id, ...email, birthdate: '1815-12-10' });
});

requirement('OpenID Connect Core §5.5.1', 'essential or not, a claim without a value is no error', async () => {
  const person = await aSignedInPerson(app);
  const told = await claimsOf('openid', asked({ userinfo: { phone_number: { essential: true } } }), person);
  expect(told.userinfo).toEqual({ sub: person.account.id });
});

requirement('OpenID Connect Core §5.5.1', 'a wanted value does not make another one up', async () => {
  const told = await claimsOf(
    'openid',
    asked({ userinfo: { locale: { values: ['fr', 'de'] }, email: { value: 'x@y' } } }),
  );
  expect(told.userinfo).toEqual({ sub: ada.account.id, locale: 'en-GB', email: 'ada@example.org' });
});

requirement('OpenID Connect Core §5.5', 'claims and members that nobody knows are ignored', async () => {
  const told = await claimsOf(
    'openid',
    asked({
      userinfo: {
        'http://example.info/claims/groups': null,
        passwordHash: null,
        constructor: null,
        'name#fr': null,
        __proto__: null,
      },
      id_token: { toString: { essential: true } },
      other: { email: null },
    }),
  );
  expect(told.userinfo).toEqual({ sub: ada.account.id });
});

requirement('OpenID Connect Core §5.5', 'what is no claims request is invalid_request', async () => {
  for (const claims of [
    'x',
    '[]',
    '{"id_token":{"sub":{"value":"\\u0000"}}}',
    '{"userinfo":{"email":{"values":["\\ud800"]}}}',
    '"x"',
    'null',
    '{"userinfo":[]}',
    '{"id_token":{"email":1}}',
    '{"userinfo":{"email":{"essential":"yes"}}}',
    '{"userinfo":{"locale":{"values":"fr"}}}',
    `{"userinfo":{"${'x'.repeat(4000)}":null}}`,
  ]) {
    const { url } = await party.begin('openid', { claims });
    const { location } = await ada.browser.get(url.href);
    expect(new URL(location ?? '').searchParams.get('error'), claims.slice(0, 60)).toBe('invalid_request');
  }
});

requirement(
  'OpenID Connect Core §5.5.1.1',
  'acr as an essential claim with a value that no sign-in here has is a failed sign-in',
  async () => {
    const tell = async (acr: object) => {
      const { url } = await party.begin('openid', asked({ id_token: { acr } }));
      return new URL((await ada.browser.get(url.href)).location ?? '').searchParams;
    };
    expect((await tell({ essential: true, values: ['urn:mace:incommon:iap:silver'] })).get('error')).toBe(
      'unmet_authentication_requirements',
    );
    expect((await tell({ essential: true, values: ['other', 'urn:latchkey:acr:1fa'] })).get('code')).toBeTruthy();
    expect((await tell({ value: 'other' })).get('code')).toBeTruthy();
    expect((await tell({ essential: true })).get('code')).toBeTruthy();
  },
);

requirement('OpenID Connect Core §5.5.1', 'sub with a value is answered for that person alone', async () => {
  const other = await aSignedInPerson(app);
  const wanted = asked({ id_token: { sub: { value: ada.account.id } } });
  expect((await claimsOf('openid', wanted)).idToken.sub).toBe(ada.account.id);
  const { url } = await party.begin('openid', { ...wanted, prompt: 'none' });
  const { location } = await other.browser.get(url.href);
  expect(new URL(location ?? '').searchParams.get('error')).toBe('login_required');
});

requirement('OpenID Connect Core §5.5', 'a refreshed token still tells the claims that were asked for', async () => {
  const { tokens } = await claimsOf(
    'openid offline_access',
    asked({ userinfo: { nickname: null }, id_token: { email: null } }),
  );
  const refreshed = await oidc.refreshTokenGrant(party.configuration, tokens.refresh_token ?? '');
  expect(await userinfo(refreshed.access_token)).toEqual({ sub: ada.account.id, nickname: 'Countess' });
  expect(refreshed.claims()).toMatchObject({ email: 'ada@example.org' });
});

requirement('OpenID Connect Core §5.5', 'an app gets no claim whose scope it may not ask for', async () => {
  const modest = await RelyingParty.discover(app, await anApp(app, { trusted: true, scopes: ['openid'] }));
  const tokens = await modest.signIn(ada, 'openid', asked({ userinfo: { email: null }, id_token: { email: null } }));
  expect(await userinfo(tokens.access_token)).toEqual({ sub: ada.account.id });
  expect(tokens.claims()).not.toHaveProperty('email');
});

requirement(
  'OpenID Connect Core §5.5',
  'a person is asked for single claims as for their scopes, with the values that the app would see',
  async () => {
    const stranger = await anApp(app, { scopes });
    const other = await RelyingParty.discover(app, stranger);
    const first = await other.begin('openid', asked({ userinfo: { phone_number: null, address: null } }));
    const waiting = (await ada.browser.get(first.url.href)).location ?? '';
    const { body } = await ada.browser.get(waiting);
    expect(body).toMatch(/Phone number<\/span><span class="value">\+442079460000/);
    expect(body).toMatch(/Postal address<\/span><span class="value">12 St James Square, London/);
    expect(body).not.toContain('ada@example.org');
    await ada.browser.post(waiting, { ...hiddenFields(body), decision: 'allow' });
    const { url } = await other.begin('openid', asked({ userinfo: { email: null } }));
    expect((await ada.browser.get(url.href)).location).toMatch(/^\/oauth\/authorize\//);
  },
);

requirement(
  'OpenID Connect Core §5.5',
  'a claims request opens nothing in the API: its scope was not granted',
  async () => {
    const { tokens } = await claimsOf('openid', asked({ userinfo: { email: null } }));
    expect(tokens.scope).toBe('openid');
    const answer = await fetch(`${app.issuer}/graphql`, {
      method: 'POST',
      body: JSON.stringify({ query: '{ me { email } }' }),
      headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(403);
  },
);

test('whatever text stands in claims, the answer is a code or invalid_request', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json({ maxDepth: 3 }), fc.string()), async (claims) => {
      const { url } = await party.begin('openid', { claims });
      const { location, status } = await ada.browser.get(url.href);
      if (status === 400 && /[\0\ud800-\udfff]/.test(claims)) return;
      const told = new URL(location ?? '').searchParams;
      expect(told.has('code') || told.get('error') === 'invalid_request').toBe(true);
    }),
    { numRuns: 60 },
  );
});

requirement('OpenID Connect Core §5.4', 'a scope that the app may not ask for is invalid_scope', async () => {
  const modest = await anApp(app, { trusted: true, scopes: ['openid'] });
  const other = await RelyingParty.discover(app, modest);
  const { location } = await ada.browser.get((await other.begin('openid phone')).url.href);
  expect(new URL(location ?? '').searchParams.get('error')).toBe('invalid_scope');
  expect((await tokenRequest(app, modest, { grant_type: 'client_credentials', scope: 'phone' })).body.error).toBe(
    'invalid_scope',
  );
});
