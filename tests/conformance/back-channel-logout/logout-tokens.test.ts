import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { Accounts } from '../../../server/accounts/accounts.ts';
import { Passwords } from '../../../server/accounts/password.ts';
import type { App } from '../../../server/apps/app.entity.ts';
import { unitOfWork } from '../../../server/database/unit-of-work.ts';
import { Job } from '../../../server/jobs/job.entity.ts';
import { secondsAfter } from '../../../server/kernel/clock.ts';
import { callerFor } from '../../support/graphql-caller.ts';
import { LogoutReceiver } from '../../support/logout-receiver.ts';
import { anApp, aSignedInPerson, type Person } from '../../support/personas.ts';
import { RelyingParty, type Tokens } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';

let app: TestApp;
let receiver: LogoutReceiver;
let clients = 0;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

let clientId: string;
beforeEach(async () => {
  clientId = `back-channel-${++clients}`;
  receiver = await LogoutReceiver.listen(app, clientId);
});
afterEach(() => receiver.close());

/** An app that wants to hear of it, and a person who is signed in there. */
const signedIn = async (
  details: Partial<App> = {},
  scope = 'openid',
): Promise<{ person: Person; tokens: Tokens; party: RelyingParty }> => {
  const client = await anApp(app, {
    clientId,
    backchannelLogoutUri: receiver.uri,
    ...details,
  } as Parameters<typeof anApp>[1]);
  const party = await RelyingParty.discover(app, client);
  const person = await aSignedInPerson(app);
  return { person, tokens: await party.signIn(person, scope), party };
};

const told = async (count = 1): Promise<void> => {
  await expect.poll(() => receiver.received.length).toBe(count);
  expect(receiver.failures).toEqual([]);
};

const signOut = ({ browser }: Person, tokens: Tokens) =>
  browser.get(`/oauth/logout?${new URLSearchParams({ id_token_hint: tokens.id_token ?? '' })}`);

/** Nothing is left to do, so what has not come will not come. */
const atRest = () =>
  expect
    .poll(() => app.orm.em.fork().count(Job, { kind: ['ended-access', 'logout-token'], dueAt: { $ne: null } }))
    .toBe(0);

requirement(
  'OpenID Connect Back-Channel Logout §2.1',
  'discovery says that logout tokens are sent, with the session',
  async () => {
    const metadata = await (await fetch(`${app.issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({ backchannel_logout_supported: true, backchannel_logout_session_supported: true });
  },
);

requirement('OpenID Connect Back-Channel Logout §2.1', 'ID tokens say which session they belong to', async () => {
  const { tokens } = await signedIn();
  expect(decodeJwt(tokens.id_token ?? '').sid).toMatch(/^[\w-]{20,}$/);
});

requirement(
  'OpenID Connect Back-Channel Logout §2.4',
  'the token names person, session and app, is short-lived, and is no ID token',
  async () => {
    const { person, tokens } = await signedIn();
    await signOut(person, tokens);
    await told();
    const [{ claims, header, contentType } = { claims: {}, header: {}, contentType: '' }] = receiver.received;
    const idToken = decodeJwt(tokens.id_token ?? '');
    expect(contentType).toBe('application/x-www-form-urlencoded');
    expect(header).toMatchObject({ typ: 'logout+jwt', alg: 'ES256' });
    expect(claims).toMatchObject({ iss: app.issuer, aud: clientId, sub: idToken.sub, sid: idToken.sid });
    expect(claims.events).toEqual({ [event]: {} });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(120);
    expect(claims.jti).toMatch(/^[\w-]{16,}$/);
    expect(claims).not.toHaveProperty('nonce');
  },
);

requirement('OpenID Connect Back-Channel Logout §2.6', 'the token is signed as the app’s ID tokens are', async () => {
  for (const algorithm of ['RS256', 'EdDSA'] as const) {
    clientId = `back-channel-${algorithm}`;
    const own = await LogoutReceiver.listen(app, clientId);
    const { person, tokens } = await signedIn({ idTokenSignedResponseAlg: algorithm, backchannelLogoutUri: own.uri });
    await signOut(person, tokens);
    await expect.poll(() => own.received.length).toBe(1);
    expect(own.received[0]?.header.alg).toBe(algorithm);
    own.close();
  }
});

requirement(
  'OpenID Connect Back-Channel Logout §2.4',
  'a pairwise app hears the names by which it knows person and session',
  async () => {
    const { person, tokens } = await signedIn({ subjectType: 'pairwise' });
    await signOut(person, tokens);
    await told();
    const { sub, sid } = decodeJwt(tokens.id_token ?? '');
    expect(sub).not.toBe(person.account.id);
    expect(receiver.received[0]?.claims).toMatchObject({ sub, sid });
  },
);

requirement(
  'OpenID Connect Back-Channel Logout §2.3',
  'every app of the session is told, and none of another session',
  async () => {
    const { person, tokens, party } = await signedIn();
    const otherPerson = await aSignedInPerson(app);
    await party.signIn(otherPerson, 'openid');
    const otherId = `${clientId}-other`;
    const otherReceiver = await LogoutReceiver.listen(app, otherId);
    const other = await RelyingParty.discover(
      app,
      await anApp(app, { clientId: otherId, backchannelLogoutUri: otherReceiver.uri }),
    );
    await other.signIn(person, 'openid');
    await other.signIn(person, 'openid');
    await signOut(person, tokens);
    await told();
    await expect.poll(() => otherReceiver.received.length).toBe(1);
    await atRest();
    expect([receiver.requests, otherReceiver.requests]).toEqual([1, 1]);
    expect(receiver.received[0]?.claims.sub).toBe(person.account.id);
    otherReceiver.close();
  },
);

requirement(
  'OpenID Connect Back-Channel Logout §2.8',
  'an app that is away or answers an error is told again later, with the same jti',
  async () => {
    receiver.answers.push(500, 400, 200);
    const { person, tokens } = await signedIn();
    await signOut(person, tokens);
    await expect.poll(() => receiver.requests).toBe(1);
    for (const requests of [2, 3]) {
      // As if the pause were over.
      await expect
        .poll(async () => {
          const now = app.clock.now();
          const soon = secondsAfter(now, 120); // What is being tried right now is held for longer.
          await app.orm.em
            .fork()
            .nativeUpdate(Job, { kind: 'logout-token', dueAt: { $gt: now, $lt: soon } }, { dueAt: new Date(0) });
          return receiver.requests;
        })
        .toBe(requests);
    }
    await told();
    await atRest();
    const job = await app.orm.em.fork().findOne(Job, { id: receiver.received[0]?.claims.jti ?? '' });
    expect(job).toMatchObject({ attempts: 3, lastError: null });
  },
);

requirement('OpenID Connect Back-Channel Logout §2.5', 'the browser waits for no app', async () => {
  const { person, tokens } = await signedIn();
  const { promise, resolve } = Promise.withResolvers<void>();
  receiver.mayAnswer = promise;
  expect((await signOut(person, tokens)).status).toBe(303);
  expect(receiver.received).toEqual([]);
  resolve();
  await told();
});

requirement(
  'OpenID Connect Back-Channel Logout §2.5',
  'an address inside is never asked, and not asked again',
  async () => {
    const inside = 'https://10.0.0.1/logout';
    const { person, tokens } = await signedIn({ backchannelLogoutUri: inside });
    await signOut(person, tokens);
    const find = () => app.orm.em.fork().findOne(Job, { kind: 'logout-token' }, { orderBy: { id: 'desc' } });
    await expect.poll(async () => (await find())?.lastError).toContain('not on the public internet');
    expect(await find()).toMatchObject({ dueAt: null, doneAt: null, attempts: 1 });
  },
);

requirement('OpenID Connect Back-Channel Logout §2', 'apps hear of a sign-out by the server’s own page', async () => {
  const { person } = await signedIn();
  await person.browser.fillIn('/sign-out', {});
  await told();
});

requirement(
  'OpenID Connect Back-Channel Logout §2',
  'apps hear of another person who signs in in the same browser',
  async () => {
    const { person } = await signedIn();
    const other = await aSignedInPerson(app);
    await person.browser.signIn(other.username, other.password, '/sign-in?continue=%2F&prompt=login');
    await told();
    expect(receiver.received[0]?.claims.sub).toBe(person.account.id);
  },
);

requirement(
  'OpenID Connect Back-Channel Logout §2',
  'apps hear of a session that is ended from another browser',
  async () => {
    const { person, tokens } = await signedIn();
    const caller = await callerFor(app, person.account, ['sessions:read', 'sessions:write', 'openid']);
    const sid = String(decodeJwt(tokens.id_token ?? '').sid);
    await caller.data('mutation ($input: EndSessionInput!) { endSession(input: $input) { userErrors { code } } }', {
      input: { id: sid },
    });
    await told();
    expect(receiver.received[0]?.claims.sid).toBe(sid);
  },
);

requirement(
  'OpenID Connect Back-Channel Logout §2',
  'an app hears that its connection was ended, and once is enough',
  async () => {
    const { person, tokens } = await signedIn({}, 'openid offline_access');
    const caller = await callerFor(app, person.account, ['connected-apps:read', 'connected-apps:write']);
    const { me } = await caller.data('{ me { connectedApps(first: 20) { nodes { id app { clientId } } } } }');
    const own = me.connectedApps.nodes.find((node: { app: { clientId: string } }) => node.app.clientId === clientId);
    await caller.data(
      'mutation ($input: RevokeConnectedAppInput!) { revokeConnectedApp(input: $input) { userErrors { code } } }',
      {
        input: { id: own.id },
      },
    );
    await told();
    await signOut(person, tokens);
    await atRest();
    expect(receiver.requests).toBe(1);
  },
);

const accounts = (): Accounts =>
  new Accounts({ em: app.orm.em, inTransaction: unitOfWork(app.orm), clock: app.clock, passwords: new Passwords() });

requirement(
  'OpenID Connect Back-Channel Logout §2',
  'apps hear that an account was locked, of each session once',
  async () => {
    const { person } = await signedIn();
    await accounts().lock(person.account.id);
    await told();
    await accounts().setPassword(person.account.id, 'another password');
    await atRest();
    expect(receiver.requests).toBe(1);
  },
);

requirement('OpenID Connect Back-Channel Logout §2', 'apps hear that a password was set', async () => {
  const { person } = await signedIn();
  await accounts().setPassword(person.account.id, 'another password');
  await told();
});

requirement(
  'OpenID Connect Back-Channel Logout §2',
  'apps whose tokens outlived their session hear of a lock and of a new password, once',
  async () => {
    const ending = {
      lock: (id: string) => accounts().lock(id),
      password: (id: string) => accounts().setPassword(id, 'another password'),
    };
    for (const [index, end] of Object.values(ending).entries()) {
      clientId = `outliving-${index}`;
      const own = await LogoutReceiver.listen(app, clientId);
      const { person, tokens, party } = await signedIn({ backchannelLogoutUri: own.uri }, 'openid offline_access');
      await party.signIn(person, 'openid offline_access');
      await signOut(person, tokens);
      await expect.poll(() => own.received.length).toBe(1);
      await end(person.account.id);
      await expect.poll(() => own.received.length).toBe(2);
      expect(own.received[1]?.claims).toMatchObject({
        sub: person.account.id,
        sid: decodeJwt(tokens.id_token ?? '').sid,
      });
      await accounts().setPassword(person.account.id, 'yet another password');
      await atRest();
      expect(own.requests).toBe(2);
      own.close();
    }
  },
);

requirement(
  'OpenID Connect Back-Channel Logout §2',
  'who was given nothing that outlives the session hears nothing more',
  async () => {
    const { person, tokens } = await signedIn();
    await signOut(person, tokens);
    await told();
    await accounts().lock(person.account.id);
    await atRest();
    expect(receiver.requests).toBe(1);
  },
);

requirement('OpenID Connect Back-Channel Logout §2', 'of two nodes one tells the app', async () => {
  const beside = await createTestApp({ beside: app });
  try {
    const { person, tokens } = await signedIn();
    await signOut(person, tokens);
    await told();
    await atRest();
    expect(receiver.requests).toBe(1);
  } finally {
    await beside.close();
  }
});
