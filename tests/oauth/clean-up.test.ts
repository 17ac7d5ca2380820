import { afterAll, beforeAll, expect, test } from 'vitest';
import { CleanUp } from '../../server/clean-up.ts';
import { Statements } from '../../server/database/statements.ts';
import { SigningKey } from '../../server/oauth/signing-key.entity.ts';
import { TestClock } from '../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../support/personas.ts';
import { RelyingParty, type Tokens } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { tokenRequest } from '../support/token-request.ts';

let app: TestApp;
let client: TestClient;
let party: RelyingParty;
let cleanUp: CleanUp;
const clock = new TestClock();
const day = 86_400;
const { signal } = new AbortController();

beforeAll(async () => {
  app = await createTestApp({ clock });
  client = await anApp(app);
  party = await RelyingParty.discover(app, client);
  cleanUp = new CleanUp({ statements: await Statements.on(app.orm), clock });
});
afterAll(() => app.close());

const run = async (): Promise<void> => {
  await cleanUp.often.run(signal);
  await cleanUp.daily.run(signal);
};

const count = async (table: string): Promise<number> => {
  const [row] = await app.orm.em.getConnection().execute<[{ count: number }]>(`select count(*)::int from ${table}`);
  return row.count;
};

const counts = async (...tables: string[]): Promise<number[]> => Promise.all(tables.map(count));

const signIn = async (scope: string): Promise<{ person: Person; tokens: Tokens; code: string; verifier: string }> => {
  const person = await aSignedInPerson(app);
  const request = await party.begin(scope);
  const callback = await party.authorize(person, request);
  const { tokens, code } = {
    tokens: await tokenRequest(app, client, {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: client.redirectUri,
      code_verifier: request.verifier,
    }),
    code: callback.searchParams.get('code') ?? '',
  };
  return { person, tokens: tokens.body as Tokens, code, verifier: request.verifier };
};

const refresh = (token: string | undefined) =>
  tokenRequest(app, client, { grant_type: 'refresh_token', refresh_token: token ?? '' });

test('what lives is left alone, and what shows a replay stays as long as what it would end', async () => {
  const { tokens, code, verifier } = await signIn('openid offline_access');
  let { refresh_token: current } = tokens;
  for (let week = 0; week < 8; week++) {
    clock.advance(7 * day);
    const answer = await refresh(current);
    expect(answer.status).toBe(200);
    current = answer.body.refresh_token;
    await run();
  }
  // The session and all but the last of the tokens are over; the family lives, and with it the code that began it.
  expect(await counts('token_family', 'authorization_code', 'browser_session')).toEqual([1, 1, 1]);
  expect(await count('refresh_token')).toBeLessThan(8);
  const replay = await tokenRequest(app, client, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUri,
    code_verifier: verifier,
  });
  expect(replay.body.error).toBe('invalid_grant');
  expect((await refresh(current)).body.error).toBe('invalid_grant');
});

test('what is over is removed, and all that hangs on it', async () => {
  await signIn('openid');
  clock.advance(60 * day);
  await run();
  await run();
  const gone = ['access_token', 'refresh_token', 'token_family', 'authorization_code', 'authorization_request'];
  expect(await counts(...gone, 'browser_session', 'used_jti', 'used_proof', 'rate_limit')).toEqual(Array(9).fill(0));
  expect(await count('account')).toBeGreaterThan(0);
});

test('while a session lives, its sign-out still finds the apps that were used in it', async () => {
  const { person } = await signIn('openid');
  clock.advance(10 * day);
  await run();
  expect(await counts('access_token', 'token_family', 'browser_session')).toEqual([0, 1, 1]);
  expect((await person.browser.fillIn('/sign-out', {})).status).toBe(303);
  clock.advance(3 * day);
  await run();
  expect(await counts('token_family', 'browser_session')).toEqual([0, 0]);
});

test('a row that somebody works with is not waited for', async () => {
  const { tokens } = await signIn('openid offline_access');
  expect(tokens.refresh_token).toBeDefined();
  clock.advance(60 * day);
  const [locked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const held = app.orm.em.fork().transactional(async (em) => {
    await em.execute('select 1 from refresh_token for update');
    locked.resolve();
    await released.promise;
  });
  await locked.promise;
  await cleanUp.often.run(signal);
  expect(await count('access_token')).toBe(0);
  expect(await count('refresh_token')).toBe(1);
  released.resolve();
  await held;
  await cleanUp.often.run(signal);
  expect(await count('refresh_token')).toBe(0);
});

test('the private part of a key that signs no more is destroyed, its public part stays', async () => {
  await signIn('openid');
  const find = () => app.orm.em.fork().find(SigningKey, { algorithm: 'ES256' }, { populate: ['sealedPrivateJwk'] });
  const keys = await find();
  expect(keys.length).toBeGreaterThan(0);
  await app.orm.em.fork().nativeUpdate(SigningKey, { algorithm: 'ES256' }, { retiredAt: clock.now() });
  clock.advance(2 * day);
  await run();
  for (const key of await find()) {
    expect(key.sealedPrivateJwk).toBeNull();
    expect(key.publicJwk.kty).toBe('EC');
  }
});

test('a node that stops leaves the rest for the next time', async () => {
  await signIn('openid');
  clock.advance(60 * day);
  const stopped = AbortSignal.abort();
  const before = await counts('access_token', 'token_family');
  await cleanUp.often.run(stopped);
  await cleanUp.daily.run(stopped);
  expect(await counts('access_token', 'token_family')).toEqual(before);
});
