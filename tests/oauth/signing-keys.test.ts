import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SigningAlgorithm } from '../../server/apps/app.entity.ts';
import { Statements } from '../../server/database/statements.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { OperatorSecret } from '../../server/kernel/operator-secret.ts';
import { SigningKey } from '../../server/oauth/signing-key.entity.ts';
import { SigningKeys } from '../../server/oauth/tokens/signing-keys.ts';
import { TestClock } from '../support/clock.ts';
import { anApp, aSignedInPerson, type Person } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp, testSecret } from '../support/test-app.ts';

let app: TestApp;
let clock: TestClock;
beforeEach(async () => {
  clock = new TestClock();
  app = await createTestApp({ clock });
});
afterEach(() => app.close());

/** What a node makes of the keys, beside the server's own. */
const aNode = async (secret: OperatorSecret = app.secret): Promise<SigningKeys> =>
  SigningKeys.open({
    statements: await Statements.on(app.orm),
    inTransaction: unitOfWork(app.orm),
    clock,
    secret,
  });

const rows = (algorithm: SigningAlgorithm = 'ES256') =>
  app.orm.em.fork().find(SigningKey, { algorithm }, { orderBy: { createdAt: 'asc' }, populate: ['sealedPrivateJwk'] });

interface Published {
  keys: { kid: string; alg: string; kty: string; use: string; d?: string }[];
}

const jwks = async (origin = app.origin): Promise<Published> =>
  (await (await fetch(`${origin}/oauth/jwks`)).json()) as Published;

const publishedKids = async (): Promise<string[]> =>
  (await jwks()).keys.filter(({ alg }) => alg === 'ES256').map(({ kid }) => kid);

describe('keys', () => {
  it('are made for each algorithm when it is first needed, one by any number of nodes at once', async () => {
    const nodes = await Promise.all([aNode(), aNode(), aNode()]);
    for (const algorithm of ['ES256', 'RS256', 'EdDSA'] as const) {
      const signers = await Promise.all([...nodes, ...nodes].map((node) => node.signerFor(algorithm)));
      expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
      expect(signers[0]?.algorithm).toBe(algorithm);
    }
    const { keys } = await jwks();
    expect(keys.map(({ alg, kty, use }) => [alg, kty, use]).sort()).toEqual([
      ['ES256', 'EC', 'sig'],
      ['EdDSA', 'OKP', 'sig'],
      ['RS256', 'RSA', 'sig'],
    ]);
    expect(keys.some((key) => 'd' in key)).toBe(false);
  });

  it('have 2048 bits or more where they are RSA (RFC 7518 §3.3)', async () => {
    const { privateKey } = await (await aNode()).signerFor('RS256');
    expect(privateKey.algorithm).toMatchObject({ modulusLength: 2048 });
  });

  it('may be kept by whoever fetched them for five minutes, and are not sent again to who has them', async () => {
    await (await aNode()).signerFor('ES256');
    const first = await fetch(`${app.issuer}/oauth/jwks`);
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const etag = first.headers.get('etag') ?? '';
    expect((await fetch(`${app.issuer}/oauth/jwks`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    await (await aNode()).rotate('ES256');
    expect((await fetch(`${app.issuer}/oauth/jwks`, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('that are made on one node are published by every other at once', async () => {
    const beside = await createTestApp({ beside: app, clock });
    await jwks(beside.origin);
    const { kid } = await (await aNode()).signerFor('EdDSA');
    expect((await jwks(beside.origin)).keys.map((key) => key.kid)).toContain(kid);
    await beside.close();
  });

  it('are rotated without a moment in which a token is without its key', async () => {
    const beside = await createTestApp({ beside: app, clock });
    const client = await anApp(app);
    const person = await aSignedInPerson(app);
    const signIn = async (node: TestApp): Promise<string> => {
      const party = await RelyingParty.discover(app, client);
      const request = await party.begin('openid');
      const callback = await party.authorize(person, request);
      const response = await fetch(`${node.origin}/oauth/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: callback.searchParams.get('code') ?? '',
          redirect_uri: client.redirectUri,
          code_verifier: request.verifier,
        }),
      });
      return ((await response.json()) as { id_token: string }).id_token;
    };
    // An app that fetches the keys when it must by the cache's rule, and for no unknown key before.
    let copy = await jwks();
    let fetchedAt = clock.now();
    const check = async (token: string): Promise<string> => {
      if (clock.now().getTime() - fetchedAt.getTime() >= 300_000) {
        copy = await jwks();
        fetchedAt = clock.now();
      }
      const { kid } = decodeProtectedHeader(token);
      expect(copy.keys.map((key) => key.kid)).toContain(kid);
      return kid ?? '';
    };
    const first = await signIn(app);
    copy = await jwks();
    const oldKid = await check(first);
    const successor = await (await aNode()).rotate('ES256');
    const used = new Set<string>();
    for (let minute = 0; minute <= 12; minute++) {
      for (const node of [app, beside]) used.add(await check(await signIn(node)));
      clock.advance(60);
    }
    expect([...used]).toEqual([oldKid, successor.kid]);
    // Of the old key's tokens the longest could live for a day.
    clock.advance(86_000);
    expect(await publishedKids()).toContain(oldKid);
    clock.advance(2000);
    expect(await publishedKids()).toEqual([successor.kid]);
    // And still it says who signs out.
    const hint = await person.browser.get(`/oauth/logout?${new URLSearchParams({ id_token_hint: first })}`);
    expect(hint.status).toBe(303);
    await beside.close();
  });

  it('that leaked are replaced at once', async () => {
    const node = await aNode();
    const before = await node.signerFor('ES256');
    const waiting = await node.rotate('ES256');
    const made = await node.rotate('ES256', true);
    expect(made.kid).toBe(waiting.kid);
    expect(made.kid).not.toBe(before.kid);
    expect((await node.signerFor('ES256')).kid).toBe(made.kid);
    const [old] = await rows();
    expect(old).toMatchObject({ kid: before.kid, retiredAt: clock.now() });
    clock.advance(60);
    const party = await RelyingParty.discover(app, await anApp(app));
    const { id_token = '' } = await party.signIn(await aSignedInPerson(app), 'openid');
    expect(decodeProtectedHeader(id_token).kid).toBe(made.kid);
  });

  it('are rotated on schedule, once, by whichever node is first', async () => {
    const [one, other] = [await aNode(), await aNode()];
    const { kid } = await one.signerFor('ES256');
    expect(await one.rotateOlderThan(90 * 86_400)).toEqual([]);
    clock.advance(90 * 86_400);
    const made = (await Promise.all([one.rotateOlderThan(90 * 86_400), other.rotateOlderThan(90 * 86_400)])).flat();
    expect(new Set(made.map((key) => key.kid)).size).toBe(1);
    expect(await other.rotateOlderThan(90 * 86_400)).toEqual([]);
    expect((await rows()).length).toBe(2);
    expect((await one.signerFor('ES256')).kid).toBe(kid);
    clock.advance(600);
    expect((await other.signerFor('ES256')).kid).toBe(made[0]?.kid);
  });
});

describe('the operator’s secret', () => {
  const next = new OperatorSecret('another secret of the tests, as long too', testSecret);
  const alone = new OperatorSecret('another secret of the tests, as long too');

  it('opens nothing where it is another one', async () => {
    await (await aNode()).signerFor('ES256');
    await expect(aNode(alone)).rejects.toThrow('another LATCHKEY_SECRET');
    await expect(SigningKeys.checkSeal(app.orm.em.fork(), alone)).rejects.toThrow('LATCHKEY_SECRET_PREVIOUS');
  });

  it('is changed while both are known, and then the old one is needed no more', async () => {
    const { kid } = await (await aNode()).signerFor('ES256');
    expect((await (await aNode(next)).signerFor('ES256')).kid).toBe(kid);
    expect((await (await aNode(alone)).signerFor('ES256')).kid).toBe(kid);
    await expect(aNode(new OperatorSecret(testSecret))).rejects.toThrow();
  });

  it('changes under a running service: forms, links and tokens of either node are good at both', async () => {
    const settings = {
      LATCHKEY_SECRET: 'another secret of the tests, as long too',
      LATCHKEY_SECRET_PREVIOUS: testSecret,
    };
    // First every node accepts the next one too; then they take it up, one after the other.
    const accepting = { LATCHKEY_SECRET: testSecret, LATCHKEY_SECRET_PREVIOUS: settings.LATCHKEY_SECRET };
    const before = await createTestApp({ beside: app, clock, settings: accepting });
    const after = await createTestApp({ beside: app, clock, settings });
    const client = await anApp(app);
    for (const [shows, takes] of [
      [before, after],
      [after, before],
    ] as const) {
      const person: Person = await aSignedInPerson(app);
      const page = await person.browser.get(`${shows.origin}/sign-out`);
      const [, token = ''] = /name="form_token" value="([^"]+)"/.exec(page.body) ?? [];
      const answer = await person.browser.post(`${takes.origin}/sign-out`, { form_token: token });
      expect(answer.status).toBe(303);
      // A key that one of them makes now signs at the other.
      const algorithm = shows === before ? 'RS256' : 'EdDSA';
      const first = await (await aNode(shows.secret)).signerFor(algorithm);
      expect((await (await aNode(takes.secret)).signerFor(algorithm)).kid).toBe(first.kid);
    }
    const party = await RelyingParty.discover(app, client);
    const { id_token = '' } = await party.signIn(await aSignedInPerson(app), 'openid');
    const keys = createRemoteJWKSet(new URL(`${after.origin}/oauth/jwks`));
    await jwtVerify(id_token, keys, { issuer: app.issuer, audience: client.clientId, currentDate: clock.now() });
    await before.close();
    await after.close();
  });
});
