/** An operator lowers a bound: what apps and APIs set before stays set, but nothing that is issued outlives it. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RefreshToken } from '../../server/oauth/refresh-token.entity.ts';
import { TokenFamily } from '../../server/oauth/token-family.entity.ts';
import { anApi, giveAccess, signInFor } from '../support/apis.ts';
import { TestClock } from '../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { tokenRequest } from '../support/token-request.ts';

const bound = 120;
const refreshBound = 3600;
const long = 7200;

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
let person: Person;

beforeAll(async () => {
  const settings = {
    LATCHKEY_ACCESS_TOKEN_LIFETIME_MAX: String(bound),
    LATCHKEY_REFRESH_TOKEN_LIFETIME_MAX: String(refreshBound),
  };
  app = await createTestApp({ clock: new TestClock(), settings });
  client = await anApp(app, {
    accessTokenLifetime: long,
    idTokenLifetime: long,
    refreshTokenLifetime: long,
    refreshFamilyLifetime: long,
  });
  party = await RelyingParty.discover(app, client);
  person = await aSignedInPerson(app);
});
afterAll(() => app.close());

const livesFor = (jwt: string | undefined): number => {
  const { iat = 0, exp = 0 } = decodeJwt(jwt ?? '');
  return exp - iat;
};

const secondsFromNow = (end: Date | null | undefined): number =>
  ((end?.getTime() ?? 0) - app.clock.now().getTime()) / 1000;

test('an app’s access, ID and refresh tokens', async () => {
  const tokens = await party.signIn(person, 'openid offline_access');
  expect(tokens.expires_in).toBe(bound);
  expect(livesFor(tokens.id_token)).toBe(bound);
  const em = app.orm.em.fork();
  const [family] = await em.find(TokenFamily, { app: client.id }, { orderBy: { id: 'desc' }, limit: 1 });
  expect(secondsFromNow(family?.expiresAt)).toBe(refreshBound);
  const refresh = await em.findOneOrFail(RefreshToken, { family: family?.id ?? '' });
  expect(secondsFromNow(refresh.expiresAt)).toBe(refreshBound);
});

test('the tokens of an API, named or meant, by every grant', async () => {
  const api = await anApi(app, { accessTokenLifetime: long });
  await giveAccess(app, client, api);
  const first = await signInFor(app, party, person, api, 'orders:read');
  const refreshed = await tokenRequest(app, client, {
    grant_type: 'refresh_token',
    refresh_token: first.refresh_token ?? '',
  });
  const own = await tokenRequest(app, client, { grant_type: 'client_credentials', resource: api.identifier });
  for (const body of [first, refreshed.body, own.body]) {
    expect(body.expires_in).toBe(bound);
    expect(livesFor(body.access_token)).toBe(bound);
  }
});

test('not the operator’s own default for families', async () => {
  const plain = await RelyingParty.discover(app, await anApp(app));
  await plain.signIn(person, 'openid offline_access');
  const [family] = await app.orm.em
    .fork()
    .find(TokenFamily, {}, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 1 });
  expect(secondsFromNow(family?.expiresAt)).toBe(31_536_000);
});
