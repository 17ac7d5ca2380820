/** Nothing that was accepted is lost, whatever is killed in the middle of the work. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Product, type Running } from '../support/product.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { TestBrowser } from '../support/test-browser.ts';
import { tokenRequest } from '../support/token-request.ts';
import { Load, type Member } from './load.ts';
import { registerWebApp } from './registered-app.ts';

let product: Product;
let servers: Running[];
beforeEach(async () => {
  product = await Product.install();
  servers = [];
});
afterEach(async () => {
  // Also where a test was broken off.
  await Promise.all(servers.map((server) => server.stop()));
  await product.remove();
});

const start = async (): Promise<Running> => {
  const server = await product.start();
  servers.push(server);
  return server;
};

const killServer = async (server: Running): Promise<void> => {
  server.signal('SIGKILL');
  await server.ended;
};

const isSignedIn = async ({ browser }: Member): Promise<boolean> =>
  (await browser.get('/sign-out')).body.includes('id="sign-out"');

/** At most a few at a time: the server that has just started is not to be tried, only asked. */
const allOf = async <T>(things: readonly T[], isSo: (thing: T) => Promise<boolean>): Promise<boolean> => {
  for (let from = 0; from < things.length; from += 8) {
    const answers = await Promise.all(things.slice(from, from + 8).map(isSo));
    if (answers.includes(false)) return false;
  }
  return true;
};

test.each([
  ['the server', killServer],
  ['the server and its database', (server: Running) => product.crash(server)],
])(
  'when %s is killed under load, everything that was accepted is there after the next start',
  async (_what, kill) => {
    const server = await start();
    const client = await registerWebApp(product);
    const party = await RelyingParty.discover({ issuer: product.origin }, client);
    const browser = new TestBrowser(product.origin);
    await browser.fillIn('/sign-up', { username: 'ada', email: 'ada@example.org', password: 'a poetical science' });
    const begun = await party.signIn({ browser });
    // Redeemed before, to be tried again after.
    const request = await party.begin();
    const callback = await party.authorize({ browser }, request);
    const fromCode = await party.finish(callback, request);

    const load = new Load(product.origin, party);
    load.start(begun);
    const enough = () => load.signedUp.length >= 5 && load.signedIn.length >= 2 && load.refreshed.length >= 10;
    await expect.poll(enough, { timeout: 30_000, interval: 5 }).toBe(true);
    await kill(server);
    await load.stop();

    const next = await start();
    expect(await allOf([...load.signedUp, ...load.signedIn], isSignedIn)).toBe(true);
    const isActive = async (token: string) =>
      (await tokenRequest({ issuer: product.origin }, client, { token }, '/oauth/introspect')).body.active === true;
    expect(await allOf([...load.appTokens, ...load.refreshed, fromCode.access_token], isActive)).toBe(true);
    const last = load.signedUp.at(-1);
    expect((await new TestBrowser(product.origin).signIn(last?.username ?? '', last?.password ?? '')).status).toBe(303);

    // What was used up is used up: neither a code nor a refresh token works twice, and whoever tries ends what it gave.
    await expect(party.finish(callback, request)).rejects.toMatchObject({ error: 'invalid_grant' });
    expect(await isActive(fromCode.access_token)).toBe(false);
    const replay = { grant_type: 'refresh_token', refresh_token: begun.refresh_token ?? '' };
    expect((await tokenRequest({ issuer: product.origin }, client, replay)).body.error).toBe('invalid_grant');
    expect(await isActive(load.refreshed.at(-1) ?? '')).toBe(false);
    expect((await next.stop()).code).toBe(0);
  },
  180_000,
);
