/** Everything that an app can be set to, by way of the API: said, kept, taken away, and not more than one may give. */
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Api } from '../../server/apis/api.entity.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { scopes } from '../../server/kernel/scopes.ts';
import { callerFor, type GraphQLCaller } from '../support/graphql-caller.ts';
import { aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

const settings = { LATCHKEY_APPS_PER_PERSON: '40', LATCHKEY_ACCESS_TOKEN_LIFETIME_MAX: '3600' };
const everything = scopes.map(({ name }) => name);
const identifier = 'https://api.example.org';
let app: TestApp;
let own: GraphQLCaller;
let administrator: GraphQLCaller;
beforeAll(async () => {
  app = await createTestApp({ settings });
  own = await callerFor(app, (await aPerson(app)).account, everything);
  administrator = await callerFor(app, (await aPerson(app, { roles: ['administrator'] })).account, everything);
  await unitOfWork(app.orm)(async (em) => {
    const now = app.clock.now();
    const names = ['orders:read', 'orders:write'];
    const api = em.create(Api, {
      identifier,
      name: 'Orders',
      scopes: names.map((name) => ({ name, description: name })),
      createdAt: now,
      updatedAt: now,
    });
    await em.persist(api).flush();
  });
});
afterAll(() => app.close());

const fields = `id authMethod grantTypes scopes requirePkce trusted homepageUri logoUri policyUri tosUri contacts softwareId
  softwareVersion initiateLoginUri postLogoutRedirectUris backchannelLogoutUri backchannelLogoutSessionRequired
  frontchannelLogoutUri frontchannelLogoutSessionRequired jwks jwksUri tokenEndpointAuthSigningAlg requestObjectSigningAlg
  requireSignedRequestObject requirePushedAuthorizationRequests dpopBoundAccessTokens profile idTokenSignedResponseAlg
  userinfoSignedResponseAlg subjectType sectorIdentifierUri defaultMaxAge accessTokenLifetime idTokenLifetime
  refreshTokenLifetime refreshFamilyLifetime origin apis { identifier name scopes }`;
const register = async (input: object, caller = own) =>
  (
    await caller.data(
      `mutation ($input: RegisterAppInput!) { registerApp(input: $input) { app { ${fields} } clientSecret userErrors { code path } } }`,
      { input: { ...web, ...input } },
    )
  ).registerApp;
const update = async (input: object, caller = own) =>
  (
    await caller.data(
      `mutation ($input: UpdateAppInput!) { updateApp(input: $input) { app { ${fields} } userErrors { code path } } }`,
      { input },
    )
  ).updateApp;
const web = { name: 'Forum', type: 'WEB', redirectUris: ['https://forum.example.org/callback'] };
const forbidden = (...path: string[]) => [{ code: 'FORBIDDEN', path }];

test('all of it is said, kept, and taken away again', async () => {
  const { publicKey } = await generateKeyPair('ES256');
  const said = {
    homepageUri: 'https://forum.example.org',
    logoUri: 'https://forum.example.org/logo.png',
    policyUri: 'https://forum.example.org/policy',
    tosUri: 'https://forum.example.org/terms',
    contacts: ['kim@example.org'],
    softwareId: 'forum',
    softwareVersion: '2.1',
    initiateLoginUri: 'https://forum.example.org/start',
    postLogoutRedirectUris: ['https://forum.example.org/bye'],
    backchannelLogoutUri: 'https://forum.example.org/back',
    backchannelLogoutSessionRequired: true,
    frontchannelLogoutUri: 'https://forum.example.org/front',
    frontchannelLogoutSessionRequired: true,
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] },
    tokenEndpointAuthSigningAlg: 'ES256',
    requestObjectSigningAlg: 'EDDSA',
    requireSignedRequestObject: true,
    requirePushedAuthorizationRequests: true,
    dpopBoundAccessTokens: true,
    idTokenSignedResponseAlg: 'EDDSA',
    userinfoSignedResponseAlg: 'RS256',
    subjectType: 'PAIRWISE',
    defaultMaxAge: 60,
    accessTokenLifetime: 61,
    idTokenLifetime: 62,
    refreshTokenLifetime: 63,
    refreshFamilyLifetime: 64,
    authMethod: 'PRIVATE_KEY_JWT',
    grantTypes: ['AUTHORIZATION_CODE', 'DEVICE_CODE'],
    apis: [{ identifier, scopes: ['orders:read'] }],
  };
  const { app: registered, clientSecret, userErrors } = await register(said);
  expect(userErrors).toEqual([]);
  expect(clientSecret).toBeNull();
  const told = { ...said, origin: 'REGISTERED', apis: [{ identifier, name: 'Orders', scopes: ['orders:read'] }] };
  expect(registered).toMatchObject(told);
  const { id } = registered;
  expect((await update({ id, name: 'Board' })).app).toEqual(registered);
  const nothing = Object.fromEntries(Object.keys(said).map((name) => [name, null]));
  const kept = await update({ id, ...nothing, requireSignedRequestObject: false, authMethod: 'CLIENT_SECRET_POST' });
  expect(kept.userErrors).toEqual([]);
  expect(kept.app).toMatchObject({
    homepageUri: null,
    jwks: null,
    tokenEndpointAuthSigningAlg: null,
    accessTokenLifetime: null,
    userinfoSignedResponseAlg: null,
    contacts: ['kim@example.org'],
    subjectType: 'PAIRWISE',
    apis: told.apis,
  });
  expect((await update({ id, contacts: [], apis: [] })).app).toMatchObject({ contacts: [], apis: [] });
});

test('a profile that is set later brings what it demands', async () => {
  const { app: before } = await register({});
  const jwksUri = 'https://forum.example.org/jwks';
  expect((await update({ id: before.id, profile: 'FAPI2' })).userErrors).toEqual([
    { code: 'REQUIRED', path: ['jwks'] },
  ]);
  const { app: after } = await update({ id: before.id, profile: 'FAPI2', jwksUri });
  expect(after).toMatchObject({
    profile: 'FAPI2',
    authMethod: 'PRIVATE_KEY_JWT',
    dpopBoundAccessTokens: true,
    requirePushedAuthorizationRequests: true,
  });
  expect((await update({ id: before.id, dpopBoundAccessTokens: false })).userErrors).toEqual([
    { code: 'INVALID', path: ['dpopBoundAccessTokens'] },
  ]);
  const ended = await update({ id: before.id, profile: null, dpopBoundAccessTokens: false });
  expect(ended.app).toMatchObject({ profile: null, dpopBoundAccessTokens: false });
});

test('lifetimes stay within the operator’s bounds', async () => {
  expect((await register({ accessTokenLifetime: 3601 })).userErrors).toEqual([
    { code: 'INVALID', path: ['accessTokenLifetime'] },
  ]);
  const answer = await own.call(
    'mutation { registerApp(input: { name: "x", type: WEB, accessTokenLifetime: 99999999999 }) { userErrors { code } } }',
  );
  expect(answer.errors?.[0]?.extensions.code).toMatch(/GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT/);
});

test('keys that are none are refused, whatever they are', async () => {
  for (const jwks of [{}, { keys: [{ kty: 'EC', crv: 'P-256', x: '\0', y: '\ud800' }] }, { keys: ['\0'] }]) {
    expect((await register({ jwks })).userErrors[0]).toMatchObject({
      code: 'INVALID',
      path: ['jwks', ...(Object.keys(jwks).length ? ['keys', '0'] : [])],
    });
  }
});

test('a sector must be on the public internet', async () => {
  for (const sectorIdentifierUri of [
    'https://10.0.0.1/s',
    'https://169.254.169.254/latest',
    'https://[::ffff:10.0.0.1]/s',
  ]) {
    expect((await register({ sectorIdentifierUri })).userErrors).toEqual([
      { code: 'INVALID', path: ['sectorIdentifierUri'] },
    ]);
  }
});

describe('what an administrator meant to give is not stretched', () => {
  const attempts: [string, object, string[]][] = [
    ['scopes', { scopes: ['openid', 'profile:write'] }, ['scopes', '1']],
    ['a binding that ends', { dpopBoundAccessTokens: false }, ['dpopBoundAccessTokens']],
    [
      'requests that need not be pushed',
      { requirePushedAuthorizationRequests: false },
      ['requirePushedAuthorizationRequests'],
    ],
    ['longer tokens', { accessTokenLifetime: 3600 }, ['accessTokenLifetime']],
    ['longer refresh tokens', { refreshTokenLifetime: 86_400 }, ['refreshTokenLifetime']],
    ['longer families', { refreshFamilyLifetime: 86_400 }, ['refreshFamilyLifetime']],
    ['public subjects', { subjectType: 'PUBLIC' }, ['subjectType']],
    ['another API', { apis: [{ identifier, scopes: ['orders:read'] }] }, ['apis']],
  ];
  test.each(attempts)('by %s of a trusted app', async (_, change, path) => {
    const { app: registered } = await register({ scopes: ['openid'] });
    const { id } = registered;
    const careful = { trusted: true, dpopBoundAccessTokens: true, requirePushedAuthorizationRequests: true };
    const given = await update({ id, ...careful, subjectType: 'PAIRWISE', accessTokenLifetime: 60 }, administrator);
    expect(given.userErrors).toEqual([]);
    expect((await update({ id, ...change })).userErrors).toEqual(forbidden(...path));
    expect((await update({ id, name: 'Board', scopes: ['openid'] })).userErrors).toEqual([]);
  });

  test('token exchange is an administrator’s to give', async () => {
    const service = { type: 'SERVICE', redirectUris: [], grantTypes: ['TOKEN_EXCHANGE'] };
    expect((await register(service)).userErrors).toEqual(forbidden('grantTypes'));
    const { app: registered } = await register({ ...service, grantTypes: ['CLIENT_CREDENTIALS'] });
    const exchanging = { id: registered.id, grantTypes: ['CLIENT_CREDENTIALS', 'TOKEN_EXCHANGE'] };
    expect((await update(exchanging)).userErrors).toEqual([...forbidden('grantTypes'), ...forbidden('grantTypes')]);
    expect((await update(exchanging, administrator)).userErrors).toEqual([]);
    expect((await update({ id: registered.id, name: 'Still mine' })).userErrors).toEqual([]);
  });
});

describe('APIs', () => {
  const service = { type: 'SERVICE', redirectUris: [] };
  const apis = (...names: string[]) => [{ identifier, scopes: names }];

  test('are given to an own app for people by its owner, and to a service by an administrator', async () => {
    const { app: forPeople } = await register({ apis: apis('orders:read', 'orders:write') });
    expect(forPeople.apis).toEqual([{ identifier, name: 'Orders', scopes: ['orders:read', 'orders:write'] }]);
    expect((await register({ ...service, apis: apis('orders:read') })).userErrors).toEqual(forbidden('apis'));
    const { app: robot } = await register(service);
    expect((await update({ id: robot.id, apis: apis('orders:read') })).userErrors).toEqual(forbidden('apis'));
    const given = await update({ id: robot.id, apis: apis('orders:read', 'orders:write') }, administrator);
    expect(given.userErrors).toEqual([]);
    expect((await update({ id: robot.id, apis: apis('orders:read') })).userErrors).toEqual([]);
    expect((await update({ id: robot.id, apis: apis('orders:read', 'orders:write') })).userErrors).toEqual(
      forbidden('apis'),
    );
  });

  test('do not come to act without people by another grant', async () => {
    const { app: forPeople } = await register({ apis: apis('orders:read') });
    const grantTypes = ['AUTHORIZATION_CODE', 'CLIENT_CREDENTIALS'];
    expect((await update({ id: forPeople.id, grantTypes })).userErrors).toEqual(forbidden('apis'));
    expect((await update({ id: forPeople.id, grantTypes, apis: [] })).userErrors).toEqual([]);
  });

  test('and their scopes must be there', async () => {
    const wrong = [{ identifier: 'https://nowhere.example', scopes: [] }, ...apis('orders:read', 'nonsense')];
    expect((await register({ apis: wrong })).userErrors).toEqual([
      { code: 'UNKNOWN', path: ['apis', '0', 'identifier'] },
      { code: 'UNKNOWN', path: ['apis', '1', 'scopes', '1'] },
    ]);
    for (const text of ['\0', '\ud800', 'x'.repeat(10_000)]) {
      expect((await register({ apis: [{ identifier: text, scopes: [text] }] })).userErrors).toHaveLength(1);
    }
  });
});

test('a person has at most as many apps as the operator allows, also when they come all at once', async () => {
  const somebody = await callerFor(app, (await aPerson(app)).account, everything);
  const answers = await Promise.all(Array.from({ length: 45 }, () => register({}, somebody)));
  const full = answers.filter(({ userErrors }) => userErrors.length > 0);
  expect(full).toHaveLength(5);
  expect(full[0].userErrors).toEqual([{ code: 'TOO_MANY', path: [] }]);
  const { apps } = await somebody.data('{ apps(first: 1) { nodes { id } } }');
  await somebody.data('mutation ($id: ID!) { deleteApp(input: { id: $id }) { userErrors { code } } }', {
    id: apps.nodes[0].id,
  });
  expect((await register({}, somebody)).userErrors).toEqual([]);
});
