/** The quick start's code, run as a developer would who pastes it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snippetsFor } from '../../client-web/src/pages/developer/snippets.ts';
import { answerDevice } from '../support/device.ts';
import { anApp, aSignedInPerson, type TestClient } from '../support/personas.ts';
import { freePort } from '../support/product.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
let folder: string;
const started: ChildProcess[] = [];

type AppOfSnippet = Parameters<typeof snippetsFor>[0];

beforeAll(async () => {
  app = await createTestApp();
  // Inside of the project: the code finds its packages there.
  folder = await mkdtemp(join(import.meta.dirname, 'quick-start-'));
});
afterAll(async () => {
  for (const child of started) child.kill();
  await rm(folder, { recursive: true, force: true });
  await app?.close();
});

const codeOf = (name: string, details: AppOfSnippet): string => {
  const snippet = snippetsFor(details, app.issuer).find((each) => each.name === name);
  if (snippet === undefined) throw new Error(`there is no code for ${name}`);
  return snippet.code;
};

/** Writes the code of a quick start and runs it; the folder goes away at the end. */
const run = async (name: string, details: AppOfSnippet, env: Record<string, string> = {}): Promise<ChildProcess> => {
  const program = join(folder, `${started.length}.mjs`);
  await writeFile(program, codeOf(name, details));
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return child;
};

const outputOf = async (child: ChildProcess): Promise<string> => {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const [status] = await once(child, 'close');
  expect(status).toBe(0);
  return output;
};

/** A web application's, unless said otherwise. */
const ofApp = (client: TestClient, more: Partial<AppOfSnippet> = {}): AppOfSnippet => ({
  type: 'WEB',
  clientId: client.clientId,
  redirectUris: [client.redirectUri],
  grantTypes: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
  authMethod: 'CLIENT_SECRET_BASIC',
  dpopBoundAccessTokens: false,
  requirePushedAuthorizationRequests: false,
  ...more,
});

/** A key pair as a developer makes it, and the public half as it is registered. */
const aKeyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    jwks: { keys: [publicKey.export({ format: 'jwk' })] } as JSONWebKeySet,
  };
};

const signInThrough = async (child: ChildProcess, redirectUri: string) => {
  const origin = new URL(redirectUri).origin;
  let begun: Response | null = null;
  while (begun === null) {
    if (child.exitCode !== null) throw new Error('the program ended by itself');
    begun = await fetch(origin, { redirect: 'manual' }).catch(() => null);
    if (begun === null) await sleep(50);
  }
  const person = await aSignedInPerson(app);
  const { browser } = person;
  let address = begun.headers.get('location') ?? '';
  for (let page = await browser.get(address); page.location !== null; page = await browser.get(address)) {
    address = page.location;
  }
  const allowed = await browser.fillIn(address, { decision: 'allow' });
  const answer = await fetch(allowed.location ?? '');
  expect(await answer.json()).toEqual({
    data: { me: expect.objectContaining({ username: person.username, email: person.account.email }) },
  });
};

describe('Express', () => {
  it.each([
    ['CLIENT_SECRET_BASIC', 'client_secret_basic'],
    ['CLIENT_SECRET_POST', 'client_secret_post'],
  ] as const)('signs a person in with %s', async (authMethod, method) => {
    const redirectUri = `http://localhost:${await freePort()}/call'back`;
    const client = await anApp(app, { redirectUris: [redirectUri], authMethod: method });
    const child = await run('Express', ofApp(client, { authMethod }), { CLIENT_SECRET: client.clientSecret });
    await signInThrough(child, redirectUri);
  });

  it('keeps to FAPI 2.0 where the app does', async () => {
    const redirectUri = `http://localhost:${await freePort()}/callback`;
    const { pem, jwks } = aKeyPair();
    const client = await anApp(app, {
      redirectUris: [redirectUri],
      authMethod: 'private_key_jwt',
      jwks,
      profile: 'fapi2',
      dpopBoundAccessTokens: true,
      requirePushedAuthorizationRequests: true,
    });
    const details = ofApp(client, {
      authMethod: 'PRIVATE_KEY_JWT',
      dpopBoundAccessTokens: true,
      requirePushedAuthorizationRequests: true,
    });
    expect(snippetsFor(details, app.issuer).map(({ name }) => name)).toEqual(['Express']);
    await signInThrough(await run('Express', details, { PRIVATE_KEY: pem }), redirectUri);
  });
});

it('connects a device that has no browser', async () => {
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  const client = await anApp(app, {
    type: 'native',
    authMethod: 'none',
    grantTypes: [grant, 'refresh_token'],
    redirectUris: [],
  });
  const details = ofApp(client, {
    type: 'NATIVE',
    redirectUris: [],
    grantTypes: ['DEVICE_CODE', 'REFRESH_TOKEN'],
    authMethod: 'NONE',
  });
  expect(snippetsFor(details, app.issuer).map(({ name }) => name)).toEqual(['Device flow']);
  const child = await run('Device flow', details);
  const [first] = await once(child.stdout ?? child, 'data');
  const code = /enter (\S+)/.exec(String(first))?.[1] ?? '';
  const output = outputOf(child);
  const person = await aSignedInPerson(app);
  const page = await answerDevice(person, { user_code: code });
  expect(page.status).toBe(200);
  expect(JSON.parse(await output)).toMatchObject({ data: { me: { username: person.username } } });
});

describe('a service', () => {
  const service = { type: 'service', grantTypes: ['client_credentials'], redirectUris: [], scopes: ['read'] } as const;
  const kind = { type: 'SERVICE', grantTypes: ['CLIENT_CREDENTIALS'], redirectUris: [] } as const;
  const given = () => ({ ...service, grantTypes: [...service.grantTypes], redirectUris: [], scopes: ['read'] });

  it('gets a token with curl', async () => {
    const client = await anApp(app, given());
    const code = codeOf('curl', ofApp(client, kind));
    const shell = spawn('sh', ['-c', `command -v curl >/dev/null || exit 0; ${code}`], {
      env: { PATH: process.env.PATH, CLIENT_SECRET: client.clientSecret },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const output = await outputOf(shell);
    if (output !== '') expect(JSON.parse(output)).toMatchObject({ token_type: 'Bearer' });
  });

  it('is shown no code for a grant that it does not have', async () => {
    const client = await anApp(app, given());
    expect(snippetsFor(ofApp(client, { ...kind, grantTypes: ['TOKEN_EXCHANGE'] }), app.issuer)).toEqual([]);
    const both = ofApp(client, { ...kind, grantTypes: ['CLIENT_CREDENTIALS', 'TOKEN_EXCHANGE'] });
    expect(snippetsFor(both, app.issuer).map(({ name }) => name)).toEqual(['curl', 'JavaScript']);
  });

  it('gets a token by its secret', async () => {
    const client = await anApp(app, given());
    const child = await run('JavaScript', ofApp(client, kind), { CLIENT_SECRET: client.clientSecret });
    expect(JSON.parse(await outputOf(child))).toMatchObject({ token_type: 'bearer' });
  });

  it('gets a token by its key, bound to another one', async () => {
    const { pem, jwks } = aKeyPair();
    const client = await anApp(app, {
      ...given(),
      authMethod: 'private_key_jwt',
      jwks,
      dpopBoundAccessTokens: true,
    });
    const details = ofApp(client, { ...kind, authMethod: 'PRIVATE_KEY_JWT', dpopBoundAccessTokens: true });
    const child = await run('JavaScript', details, { PRIVATE_KEY: pem });
    expect(JSON.parse(await outputOf(child))).toMatchObject({ token_type: 'dpop' });
  });
});

it('is valid JavaScript for a single-page application', async () => {
  const client = await anApp(app, { type: 'spa', authMethod: 'none' });
  const details = ofApp(client, { type: 'SPA', authMethod: 'NONE', dpopBoundAccessTokens: true });
  expect(await outputOf(await run('JavaScript', details))).toBe('');
});
