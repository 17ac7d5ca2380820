/** Journeys of programs that are no website: what developers copy from the web client runs, and people meet it in a real browser. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aSignedInVisit, signIn } from '../client-web/visits.ts';
import { anApi } from '../support/apis.ts';
import { launchChromium } from '../support/chromium.ts';
import { LogoutReceiver } from '../support/logout-receiver.ts';
import { anApp, aPerson } from '../support/personas.ts';
import { RelyingParty } from '../support/relying-party.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let browser: Browser;
let folder: string;
let program: ChildProcess | undefined;
const programs: Program[] = [];

beforeAll(async () => {
  app = await createTestApp();
  browser = await launchChromium();
  // Inside of the project: the code finds its packages there.
  folder = await mkdtemp(join(import.meta.dirname, 'program-'));
});
afterAll(async () => {
  program?.kill();
  for (const each of programs) each.close();
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
  await app?.close();
});

/** Where a program waits for the browser to come back. */
class Program {
  private arrived = Promise.withResolvers<URL>();
  private readonly server: Server = createServer((req, res) => {
    res.setHeader('content-type', 'text/html');
    res.end('You can close this window.');
    const address = new URL(req.url ?? '', `http://${req.headers.host}`);
    if (address.pathname === '/callback') this.arrived.resolve(address);
  });

  static async listen(): Promise<Program> {
    const waiting = new Program();
    programs.push(waiting);
    waiting.server.listen(0, '127.0.0.1');
    await once(waiting.server, 'listening');
    return waiting;
  }

  get redirectUri(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/callback`;
  }

  /** The address that the browser came back to, once. */
  async answer(): Promise<URL> {
    const address = await this.arrived.promise;
    this.arrived = Promise.withResolvers<URL>();
    return address;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const insecure = { execute: [oidc.allowInsecureRequests] };

/** Registers an app on its page, and reads off what it is known by. */
const register = async (
  page: Page,
  kind: string,
  name: string,
): Promise<{ clientId: string; secret: string | null }> => {
  await page.goto(`${app.issuer}/developer/apps/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('radio', { name: kind }).check();
  if (kind === 'Native or CLI') await page.getByLabel('Device flow').check();
  if (kind !== 'Service') {
    await page.getByLabel('Redirect URI 1').fill('http://127.0.0.1/callback');
  }
  await page.locator('#register-app').click();
  await page.getByRole('heading', { name: `${name} is registered` }).waitFor();
  const secret = page.locator('#client-secret');
  const known = {
    clientId: (await page.locator('dd code').first().textContent()) ?? '',
    secret: (await secret.count()) > 0 ? await secret.textContent() : null,
  };
  await page.getByRole('main').getByRole('link').click();
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  return known;
};

test('7. a command-line program signs in by a code that is typed elsewhere, a native one by the loopback redirect', async () => {
  const person = await aPerson(app, { givenName: 'Ada', familyName: 'Lovelace' });
  const visit = await aSignedInVisit(browser, app, person);
  const { page } = visit;
  const { clientId } = await register(page, 'Native or CLI', 'Console');
  await page.getByRole('tab', { name: 'Device flow' }).click();
  const code = await page.getByRole('region', { name: 'Code for Device flow' }).textContent();
  const file = join(folder, 'console.mjs');
  await writeFile(file, code ?? '');
  program = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output: string[] = [];
  program.stdout?.on('data', (chunk) => output.push(String(chunk)));
  await expect.poll(() => output.join('')).toMatch(/enter \S+/);
  const [, address = '', userCode = ''] = /Open (\S+) and enter (\S+)/.exec(output.join('')) ?? [];
  await page.goto(address);
  await page.locator('[name=user_code]').fill(userCode.toLowerCase());
  await page.locator('#continue').click();
  await page.getByText('Console').first().waitFor();
  await page.locator('#allow').click();
  await expect.poll(() => output.join('')).toContain('"name":"Ada Lovelace"');

  // RFC 8252 §7.3: the program listens where it finds a port free.
  const waiting = await Program.listen();
  const config = await oidc.discovery(new URL(app.issuer), clientId, undefined, oidc.None(), insecure);
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: waiting.redirectUri,
    scope: 'openid profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  await page.goto(url.href);
  // RFC 8252 §8.6: what listens there may be any program.
  await page.locator('#allow').click();
  await page.getByText('You can close this window.').waitFor();
  const tokens = await oidc.authorizationCodeGrant(config, await waiting.answer(), { pkceCodeVerifier });
  expect(tokens.claims()?.sub).toBe(person.account.id);
  expect(visit.complaints).toEqual([]);
  await visit.context.close();
});

/** On the page of a service. */
const giveAccessToGrades = async (page: Page): Promise<void> => {
  await page.getByRole('tab', { name: 'Access' }).click();
  await page.getByRole('group', { name: 'Grades' }).getByLabel('orders:read').check();
  await page.getByRole('tabpanel').getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
};

test('8. a service gets a token for an API, which checks it by its signature or by asking', async () => {
  const api = await anApi(app, { identifier: 'https://grades.example.org', name: 'Grades' });
  const visit = await aSignedInVisit(browser, app, await aPerson(app, { roles: ['administrator'] }));
  const { page } = visit;
  const backup = await register(page, 'Service', 'Backup');
  await giveAccessToGrades(page);
  const grades = await register(page, 'Service', 'Grades itself');
  // Who may have tokens for an API may ask what others' are worth there.
  await giveAccessToGrades(page);

  const asService = ({ clientId, secret }: typeof backup) =>
    oidc.discovery(new URL(app.issuer), clientId, undefined, oidc.ClientSecretBasic(secret ?? ''), insecure);
  const tokens = await oidc.clientCredentialsGrant(await asService(backup), {
    scope: 'orders:read',
    resource: api.identifier,
  });
  const jwks = createRemoteJWKSet(new URL('/oauth/jwks', app.issuer));
  const { payload } = await jwtVerify(tokens.access_token, jwks, {
    issuer: app.issuer,
    audience: api.identifier,
    typ: 'at+jwt',
  });
  expect(payload).toMatchObject({ client_id: backup.clientId, scope: 'orders:read' });
  const told = await oidc.tokenIntrospection(await asService(grades), tokens.access_token);
  expect(told).toMatchObject({ active: true, client_id: backup.clientId, aud: api.identifier });
  expect(visit.complaints).toEqual([]);
  await visit.context.close();
});

test('13. who signs out here is signed out of all applications, and can sign out another device', async () => {
  const receiver = await LogoutReceiver.listen(app, 'forum');
  const site = await Program.listen();
  const client = await anApp(app, {
    clientId: 'forum',
    name: 'Forum',
    redirectUris: [site.redirectUri],
    backchannelLogoutUri: receiver.uri,
  });
  const forum = await RelyingParty.discover(app, client);
  const person = await aPerson(app);
  const visit = await aSignedInVisit(browser, app, person);
  const { page } = visit;
  const request = await forum.begin('openid');
  await page.goto(request.url.href);
  await page.locator('#allow').click();
  const tokens = await forum.finish(await site.answer(), request);

  const telephone = await aSignedInVisit(browser, app, person);
  await telephone.page.getByRole('link', { name: 'Sessions' }).click();
  const ends = telephone.page.getByRole('button', { name: /^End: / });
  await ends.first().click();
  await telephone.page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  // The forum hears of it: its session was the other device's.
  await expect.poll(() => receiver.received.length).toBe(1);
  expect(receiver.received[0]?.claims).toMatchObject({ sub: person.account.id, sid: tokens.claims()?.sid });
  await page.goto(`${app.issuer}/account/profile`);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();

  await signIn(visit, app, person);
  const again = await forum.begin('openid');
  await page.goto(again.url.href);
  const fresh = await forum.finish(await site.answer(), again);
  await page.goto(`${app.issuer}/account/profile`);
  await page.locator('#person-menu').click();
  await page.locator('#sign-out').click();
  await page.getByRole('heading', { name: 'You are signed out.' }).waitFor();
  await expect.poll(() => receiver.received.length).toBe(2);
  expect(receiver.received[1]?.claims.sid).toBe(fresh.claims()?.sid);
  expect(receiver.failures).toEqual([]);
  receiver.close();
  await telephone.context.close();
  await visit.context.close();
});
