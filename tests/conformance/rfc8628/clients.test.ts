/** Real client libraries, which know nothing of this server, on a device without a browser. */
import { generateKeyPair } from 'jose';
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerDevice, deviceGrant } from '../../support/device.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
let publicClient: TestClient;
let person: Person;

beforeAll(async () => {
  app = await createTestApp();
  publicClient = await anApp(app, {
    type: 'native',
    authMethod: 'none',
    grantTypes: [deviceGrant, 'refresh_token'],
    redirectUris: [],
  });
  person = await aSignedInPerson(app);
});
afterAll(() => app.close());

describe('client libraries', () => {
  test('openid-client signs a person in on a device', async () => {
    const configuration = await oidc.discovery(new URL(app.issuer), publicClient.clientId, undefined, oidc.None(), {
      execute: [oidc.allowInsecureRequests],
    });
    // The library waits by the real time, so the person has answered before it asks.
    const begun = await oidc.initiateDeviceAuthorization(configuration, { scope: 'openid profile' });
    await answerDevice(person, begun);
    const tokens = await oidc.pollDeviceAuthorizationGrant(configuration, { ...begun, interval: 0 });
    expect(tokens.claims()?.sub).toBe(person.account.id);
  }, 20_000);

  test('oauth4webapi signs a person in on a device, bound to its key from the first request on', async () => {
    const issuer = new URL(app.issuer);
    const insecure = { [oauth.allowInsecureRequests]: true } as const;
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    const libraryClient: oauth.Client = { client_id: publicClient.clientId };
    const DPoP = oauth.DPoP(libraryClient, await generateKeyPair('ES256'));
    const begun = await oauth.processDeviceAuthorizationResponse(
      server,
      libraryClient,
      await oauth.deviceAuthorizationRequest(server, libraryClient, oauth.None(), { scope: 'openid' }, insecure),
    );
    const ask = async () =>
      oauth.processDeviceCodeResponse(
        server,
        libraryClient,
        await oauth.deviceCodeGrantRequest(server, libraryClient, oauth.None(), begun.device_code, {
          ...insecure,
          DPoP,
        }),
      );
    await expect(ask()).rejects.toMatchObject({ error: 'authorization_pending' });
    await answerDevice(person, begun);
    const tokens = await ask();
    expect(tokens.token_type).toBe('dpop');
  });
});
