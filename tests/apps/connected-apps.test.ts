/** What people have allowed apps: remembered once, shown in words, ended by one write. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConnectedApps } from '../../server/apps/connected-apps.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { callerFor } from '../support/graphql-caller.ts';
import { anApp, aPerson } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let connectedApps: ConnectedApps;
beforeAll(async () => {
  app = await createTestApp();
  connectedApps = new ConnectedApps({ em: app.orm.em, inTransaction: unitOfWork(app.orm), clock: app.clock });
});
afterAll(() => app.close());

const connect = async (accountId: string, appId: string, scopes: string[]) => {
  const id = await unitOfWork(app.orm)((em) => connectedApps.connect(em, { accountId, appId, scopes }));
  const connected = await connectedApps.find(accountId, appId);
  expect(connected?.id).toBe(id);
  return { id, scopes: connected?.scopes };
};

test('twenty consents at once are one permission with all scopes', async () => {
  const { account } = await aPerson(app);
  const { id } = await anApp(app);
  const all = ['openid', 'profile', 'email', 'read'];
  await Promise.all(Array.from({ length: 20 }, (_, index) => connect(account.id, id, [all[index % 4] as string])));
  const { items } = await connectedApps.list(account.id, { first: 10, after: null });
  expect(items).toHaveLength(1);
  expect(items[0]?.scopes).toEqual([...all].sort());
  expect((await connectedApps.find(account.id, id))?.id).toBe(items[0]?.id);
});

test('what was ended stays ended; a new consent begins anew', async () => {
  const { account } = await aPerson(app);
  const { id } = await anApp(app);
  const first = await connect(account.id, id, ['openid', 'email']);
  await connectedApps.revoke(account.id, first.id);
  expect(await connectedApps.find(account.id, id)).toBeNull();
  await expect(connectedApps.revoke(account.id, first.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const second = await connect(account.id, id, ['openid']);
  expect(second.id).not.toBe(first.id);
  expect(second.scopes).toEqual(['openid']);
});

test('ended by its person, its token is dead at once, and no other', async () => {
  const { account } = await aPerson(app);
  const caller = await callerFor(app, account, ['connected-apps:read', 'connected-apps:write']);
  const { id: otherApp } = await anApp(app);
  const other = await connect(account.id, otherApp, ['openid']);
  const revoke =
    'mutation ($id: ID!) { revokeConnectedApp(input: { id: $id }) { revokedConnectedAppId userErrors { code } } }';
  expect((await caller.data(revoke, { id: other.id })).revokeConnectedApp).toEqual({
    revokedConnectedAppId: other.id,
    userErrors: [],
  });
  expect((await caller.call('{ me { __typename } }')).status).toBe(200);
  await caller.data(revoke, { id: caller.connectedAppId });
  expect((await caller.call('{ me { __typename } }')).status).toBe(401);
});

test('is told in the words of the consent page, in the caller’s language', async () => {
  const { account } = await aPerson(app);
  const caller = await callerFor(app, account, ['connected-apps:read', 'profile:write']);
  const query = '{ me { connectedApps { nodes { app { name clientId type } scopes { name reads changes } } } } }';
  const english = await caller.data(query);
  expect(english.me.connectedApps.nodes).toEqual([
    {
      app: { name: 'Latchkey', clientId: 'latchkey-web-client', type: 'SPA' },
      scopes: [
        { name: 'connected-apps:read', reads: ['The apps you have connected'], changes: [] },
        { name: 'profile:write', reads: [], changes: ['Your profile'] },
      ],
    },
  ]);
  const french = await caller.data(query, {}, { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.8' });
  expect(french.me.connectedApps.nodes[0].scopes[1].changes).toEqual(['Votre profil']);
});
