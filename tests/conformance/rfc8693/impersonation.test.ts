/** An administrator acts as a person: on record, for minutes, in one app, and never as another administrator. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Account } from '../../../server/accounts/account.entity.ts';
import { webClientId } from '../../../server/apps/web-client-app.ts';
import { AuditEvent } from '../../../server/audit/audit-event.entity.ts';
import { anApi, giveAccess } from '../../support/apis.ts';
import { TestClock } from '../../support/clock.ts';
import { callerFor, callerForApp, GraphQLCaller } from '../../support/graphql-caller.ts';
import { anApp, aPerson, type Person, type TestClient } from '../../support/personas.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import {
  accessTokenType,
  exchange,
  exchangeGrant,
  impersonationType,
  introspect,
} from '../../support/token-exchange.ts';
import { tokenRequest } from '../../support/token-request.ts';

let app: TestApp;
let other: TestApp;
let helpdesk: TestClient;
let person: Person;
let administrator: Person;
let caller: GraphQLCaller;
const clock = new TestClock();

beforeAll(async () => {
  app = await createTestApp({ clock });
  other = await createTestApp({ beside: app, clock });
  helpdesk = await anApp(app, {
    name: 'Help desk',
    grantTypes: ['authorization_code', exchangeGrant],
    scopes: ['openid', 'profile', 'offline_access', 'admin:users:read', 'sessions:read'],
  });
});
afterAll(async () => {
  await other.close();
  await app.close();
});

beforeEach(async () => {
  person = await aPerson(app, { givenName: 'Ada' });
  administrator = await aPerson(app, { roles: ['administrator'] });
  caller = await callerFor(app, administrator.account, ['admin:users:write']);
});

const mutation = `mutation ($input: ImpersonateInput!) {
  impersonate(input: $input) { token tokenType expiresAt userErrors { code path } }
}`;

const input = (more: Record<string, string> = {}) => ({
  input: { userId: person.account.id, clientId: helpdesk.clientId, reason: 'Ticket 4711', ...more },
});

const begin = async (more: Record<string, string> = {}): Promise<string> =>
  (await caller.data(mutation, input(more))).impersonate.token;

const redeem = (
  token: string,
  more: Record<string, string> = {},
  client = helpdesk,
  node: Pick<TestApp, 'issuer'> = app,
) => exchange(node, client, token, { subject_token_type: impersonationType, ...more });

const events = () =>
  app.inContext(() => app.orm.em.fork().find(AuditEvent, { subjectId: person.account.id }, { orderBy: { id: 'asc' } }));

const change = (who: Person, changes: Partial<Account>) =>
  app.inContext(() => app.orm.em.nativeUpdate(Account, { id: who.account.id }, changes));

describe('an administrator', () => {
  test('is given a token that the app exchanges for one of the person’s, which names both', async () => {
    const { impersonate } = await caller.data(mutation, input());
    expect(impersonate).toMatchObject({
      token: expect.stringMatching(/^lk_im_/),
      tokenType: impersonationType,
      userErrors: [],
    });
    expect(new Date(impersonate.expiresAt).getTime() - clock.now().getTime()).toBe(300_000);
    const { status, body } = await redeem(impersonate.token);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^lk_at_/),
      issued_token_type: accessTokenType,
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'openid profile sessions:read',
    });
    const userinfo = await fetch(`${app.issuer}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(await userinfo.json()).toMatchObject({ sub: person.account.id, given_name: 'Ada' });
    const { me } = await new GraphQLCaller(app, body.access_token ?? '').data('{ me { username } }');
    expect(me.username).toBe(person.username);
    expect(await introspect(app, helpdesk, body.access_token)).toMatchObject({
      active: true,
      sub: person.account.id,
      act: { sub: administrator.account.id },
    });
  });

  requirement('RFC 8693 §4.1', 'acts at an API under their own name', async () => {
    const api = await anApi(app);
    await giveAccess(app, helpdesk, api, ['orders:read']);
    const { body } = await redeem(await begin(), { audience: api.identifier });
    expect(decodeJwt(body.access_token ?? '')).toMatchObject({
      aud: api.identifier,
      sub: person.account.id,
      act: { sub: administrator.account.id },
      scope: 'orders:read',
    });
  });

  test('leaves a record of both steps, with the reason', async () => {
    const token = await begin();
    await redeem(token);
    const common = { actorId: administrator.account.id, subjectId: person.account.id, appId: helpdesk.id };
    expect(await events()).toMatchObject([
      {
        ...common,
        action: 'impersonation.begun',
        details: { reason: 'Ticket 4711', client_id: helpdesk.clientId },
      },
      { ...common, action: 'impersonation.exchanged' },
    ]);
    expect(JSON.stringify(await events())).not.toContain(token);
  });

  test('must have signed in within the last five minutes', async () => {
    clock.advance(301);
    expect(await caller.code(mutation, input())).toBe('STEP_UP_REQUIRED');
    expect(await events()).toEqual([]);
  });

  test.each([
    ['a person without the role', () => callerFor(app, person.account, ['admin:users:write'])],
    ['a token without the scope', () => callerFor(app, administrator.account, ['admin:users:read'])],
    ['an app for itself', () => callerForApp(app, webClientId, ['admin:users:write'])],
  ])('is asked for: not %s', async (_what, make) => {
    expect(await (await make()).code(mutation, input())).toBe('FORBIDDEN');
  });

  test('acts as nobody who is an administrator, is locked, or is not there', async () => {
    const colleague = await aPerson(app, { roles: ['administrator'] });
    for (const [userId, code] of [
      [colleague.account.id, 'FORBIDDEN'],
      [administrator.account.id, 'FORBIDDEN'],
      ['00000000-0000-7000-8000-000000000000', 'NOT_FOUND'],
      ['nobody', 'NOT_FOUND'],
    ] as const) {
      expect(await caller.code(mutation, input({ userId }))).toBe(code);
    }
    await change(person, { lockedAt: clock.now() });
    expect(await caller.code(mutation, input())).toBe('FORBIDDEN');
  });

  test('says what for, and names an app that may exchange tokens', async () => {
    const plain = await anApp(app);
    for (const [more, code, field] of [
      [{ reason: ' ' }, 'REQUIRED', 'reason'],
      [{ reason: 'x'.repeat(501) }, 'TOO_LONG', 'reason'],
      [{ reason: 'a\u202eb' }, 'INVALID', 'reason'],
      [{ clientId: 'unknown' }, 'UNKNOWN', 'clientId'],
      [{ clientId: plain.clientId }, 'INVALID', 'clientId'],
    ] as const) {
      const { impersonate } = await caller.data(mutation, input(more));
      expect(impersonate).toMatchObject({ token: null, userErrors: [{ code, path: [field] }] });
    }
    expect(await events()).toEqual([]);
  });
});

describe('the token', () => {
  test('works once, whichever node is asked and however many at a time', async () => {
    const token = await begin();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => redeem(token, {}, helpdesk, index % 2 ? app : other)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('invalid_request');
    expect(await events()).toHaveLength(2);
  });

  test('works for five minutes, and in its app alone, which another does not disturb', async () => {
    const thief = await anApp(app, { grantTypes: [exchangeGrant] });
    const token = await begin();
    expect((await redeem(token, {}, thief)).body.error).toBe('invalid_request');
    expect((await redeem(token, {}, { ...helpdesk, clientSecret: 'wrong' })).status).toBe(401);
    expect((await redeem(token)).status).toBe(200);
    const late = await begin();
    clock.advance(301);
    expect((await redeem(late)).body.error).toBe('invalid_request');
  });

  test('opens nothing by itself', async () => {
    const token = await begin();
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${app.issuer}/oauth/userinfo`, { headers })).status).toBe(401);
    expect(await introspect(app, helpdesk, token)).toEqual({ active: false });
    expect((await exchange(app, helpdesk, token)).body.error).toBe('invalid_request');
    expect((await redeem(token, { actor_token: token, actor_token_type: accessTokenType })).body.error).toBe(
      'invalid_request',
    );
    expect((await redeem('lk_im_x')).body.error).toBe('invalid_request');
    expect((await redeem(token)).status).toBe(200);
  });

  test('is not used up by a request that is refused', async () => {
    const token = await begin();
    expect((await redeem(token, { scope: 'admin:users:read' })).body.error).toBe('invalid_scope');
    expect((await redeem(token, { scope: 'offline_access' })).body.error).toBe('invalid_scope');
    expect((await redeem(token, { audience: 'unknown' })).body.error).toBe('invalid_target');
    expect((await redeem(token, { scope: 'openid' })).body.scope).toBe('openid');
  });
});

describe('what an app does as the person', () => {
  const given = async () => (await redeem(await begin())).body.access_token ?? '';

  test('is over after ten minutes, whatever the lifetime of other tokens', async () => {
    await app.inContext(() =>
      app.orm.em.execute('update app set access_token_lifetime = 3600 where id = ?', [helpdesk.id]),
    );
    const { body } = await redeem(await begin());
    expect(body.expires_in).toBe(600);
    await app.inContext(() =>
      app.orm.em.execute('update app set access_token_lifetime = null where id = ?', [helpdesk.id]),
    );
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the person is locked', () => change(person, { lockedAt: clock.now() })],
    ['the person becomes an administrator', () => change(person, { roles: ['administrator'] })],
    ['the administrator is locked', () => change(administrator, { lockedAt: clock.now() })],
    ['the administrator loses the role', () => change(administrator, { roles: [] })],
  ])('is over at once when %s, and so is the way to it', async (_what, end) => {
    const token = await given();
    const waiting = await begin();
    expect((await introspect(app, helpdesk, token)).active).toBe(true);
    await end();
    expect(await introspect(app, helpdesk, token)).toEqual({ active: false });
    expect(
      (await fetch(`${app.issuer}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status,
    ).toBe(401);
    expect((await redeem(waiting)).body.error).toBe('invalid_request');
  });

  test('can be given back, and goes no further', async () => {
    const token = await given();
    expect((await exchange(app, helpdesk, token)).body.error).toBe('invalid_request');
    expect((await tokenRequest(app, helpdesk, { token }, '/oauth/revoke')).status).toBe(200);
    expect(await introspect(app, helpdesk, token)).toEqual({ active: false });
  });

  test('cannot be more acting in others’ names', async () => {
    const token = await given();
    expect(await new GraphQLCaller(app, token).code(mutation, input())).toBe('FORBIDDEN');
  });
});
