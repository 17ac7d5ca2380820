/** Public and pairwise subjects: what an app may know a person by. */
import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '../../support/database.ts';
import { GraphQLCaller } from '../../support/graphql-caller.ts';
import { anApp, aSignedInPerson, type Person } from '../../support/personas.ts';
import { RelyingParty } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { tokenRequest } from '../../support/token-request.ts';

const scopes = ['openid', 'profile', 'email', 'offline_access', 'read', 'profile:write', 'sessions:read', 'apps:read'];
const pairwise = { trusted: true, subjectType: 'pairwise', scopes } as const;

let app: TestApp;
let person: Person;
let count = 0;
beforeAll(async () => {
  app = await createTestApp();
  person = await aSignedInPerson(app);
});
afterAll(() => app.close());

const anAppAt = (host: string, details: Parameters<typeof anApp>[1] = {}) =>
  anApp(app, { ...pairwise, redirectUris: [`https://${host}/callback${++count}`], ...details });

const signInAt = async (client: Awaited<ReturnType<typeof anApp>>, who = person, scope = 'openid') => {
  const party = await RelyingParty.discover(app, client);
  return { party, tokens: await party.signIn(who, scope) };
};

const subAt = async (...parameters: Parameters<typeof signInAt>) => {
  const { tokens } = await signInAt(...parameters);
  return tokens.claims()?.sub ?? '';
};

requirement('OpenID Connect Core §8', 'a public sub is the same for every app', async () => {
  const [one, two] = [await anApp(app, { trusted: true }), await anApp(app, { trusted: true })];
  expect([await subAt(one), await subAt(two)]).toEqual([person.account.id, person.account.id]);
});

requirement(
  'OpenID Connect Core §8.1',
  'a pairwise sub is the same for all apps of one host, another for every other host',
  async () => {
    const [one, same, other] = [
      await subAt(await anAppAt('one.example')),
      await subAt(await anAppAt('one.example')),
      await subAt(await anAppAt('other.example')),
    ];
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  },
);

requirement(
  'OpenID Connect Core §8.1',
  'apps that share a sector identifier share the sub, whatever their hosts',
  async () => {
    const sectorIdentifierUri = 'https://sector.example/apps.json';
    const one = await subAt(await anAppAt('a.example', { sectorIdentifierUri }));
    expect(await subAt(await anAppAt('b.example', { sectorIdentifierUri }))).toBe(one);
    expect(await subAt(await anAppAt('sector.example'))).toBe(one);
  },
);

requirement(
  'OpenID Connect Core §8.1',
  'a pairwise sub is another for each person, and tells nothing of the account',
  async () => {
    const client = await anAppAt('people.example');
    const other = await aSignedInPerson(app);
    const [one, two] = [await subAt(client), await subAt(client, other)];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
  },
);

requirement(
  'OpenID Connect Core §8.1',
  'a pairwise sub stays the same over sign-ins, refreshes and restarts',
  async () => {
    const client = await anAppAt('stable.example');
    const { party, tokens } = await signInAt(client, person, 'openid offline_access');
    const sub = tokens.claims()?.sub;
    const refreshed = await oidc.refreshTokenGrant(party.configuration, tokens.refresh_token ?? '');
    expect(refreshed.claims()?.sub).toBe(sub);
    const node = await createTestApp({ beside: app });
    const answer = await fetch(`${node.origin}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${refreshed.access_token}` },
    });
    expect(await answer.json()).toEqual({ sub });
    await node.close();
  },
);

requirement(
  'OpenID Connect Core §5.3.2',
  'UserInfo, introspection and the tutorial’s profile tell the same pairwise sub',
  async () => {
    const client = await anAppAt('everywhere.example');
    const { party, tokens } = await signInAt(client, person, 'openid read');
    const sub = tokens.claims()?.sub ?? '';
    expect((await oidc.fetchUserInfo(party.configuration, tokens.access_token, sub)).sub).toBe(sub);
    const { body } = await tokenRequest(app, client, { token: tokens.access_token }, '/oauth/introspect');
    expect(body).toMatchObject({ active: true, sub });
    expect(body).not.toHaveProperty('username');
    const profile = await fetch(`${app.issuer}/profile`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(await profile.json()).toMatchObject({ id: sub });
  },
);

requirement('OpenID Connect Core §8.1', 'the API tells such an app no other id of its person', async () => {
  const client = await anAppAt('graphql.example', { ownedBy: person });
  const { tokens } = await signInAt(client, person, 'openid profile profile:write sessions:read apps:read');
  const sub = tokens.claims()?.sub;
  const caller = new GraphQLCaller(app, tokens.access_token);
  const { me } = await caller.data('{ me { id name sessions { nodes { id current } } } }');
  expect(me).toMatchObject({ id: sub, name: person.username });
  expect(me.sessions.nodes.some((session: { current: boolean }) => session.current)).toBe(true);
  const changed = await caller.data('mutation { updateProfile(input: { nickname: "x" }) { user { id nickname } } }');
  expect(changed.updateProfile.user).toEqual({ id: sub, nickname: 'x' });
  const node = 'query ($id: ID!) { node(id: $id) { id ... on User { username } } }';
  expect((await caller.data(node, { id: sub })).node).toEqual({ id: sub, username: person.username });
  expect((await caller.data(node, { id: person.account.id })).node).toBeNull();
  const { apps } = await caller.data('{ apps { nodes { owner { id } } } }');
  expect(apps.nodes[0].owner.id).toBe(sub);
});

requirement('OpenID Connect Core §8.1', 'the sid of such an app is its own too', async () => {
  const [one, two] = [await signInAt(await anAppAt('sid-a.example')), await signInAt(await anAppAt('sid-b.example'))];
  const sids = [one.tokens.claims()?.sid, two.tokens.claims()?.sid];
  expect(new Set(sids).size).toBe(2);
  expect(sids[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

requirement('OpenID Connect Core §3.1.2.1', 'id_token_hint and a wanted sub work with pairwise subjects', async () => {
  const client = await anAppAt('hints.example');
  const { party, tokens } = await signInAt(client);
  const tell = async (who: Person, more: Record<string, string>) => {
    const { url } = await party.begin('openid', { prompt: 'none', ...more });
    return new URL((await who.browser.get(url.href)).location ?? '').searchParams;
  };
  const other = await aSignedInPerson(app);
  const hint = { id_token_hint: tokens.id_token ?? '' };
  const claims = { claims: JSON.stringify({ id_token: { sub: { value: tokens.claims()?.sub } } }) };
  const realId = { claims: JSON.stringify({ id_token: { sub: { value: person.account.id } } }) };
  expect((await tell(person, hint)).has('code')).toBe(true);
  expect((await tell(other, hint)).get('error')).toBe('login_required');
  expect((await tell(person, claims)).has('code')).toBe(true);
  expect((await tell(person, realId)).get('error')).toBe('login_required');
});

test('nodes that start at once on an empty database make one salt', async () => {
  const database = await createDatabase();
  const beside = { databaseUrl: database.url, issuer: 'http://localhost:4320' } as TestApp;
  const nodes = await Promise.all([1, 2, 3].map(() => createTestApp({ beside })));
  expect(await nodes[0]?.orm.em.fork().execute('select name from sealed_value')).toHaveLength(1);
  await Promise.all(nodes.map((node) => node.close()));
  await database.drop();
});
