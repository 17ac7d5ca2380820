/** A device without a browser, and its person at another one (RFC 8628). */
import type { Person, TestClient } from './personas.ts';
import type { TestApp } from './test-app.ts';
import { type Answer, hiddenFields } from './test-browser.ts';
import { basic, type TokenAnswer, tokenRequest } from './token-request.ts';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

export interface BegunDevice {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
}

type Client = Pick<TestClient, 'clientId' | 'clientSecret'>;

export const beginDevice = async (
  app: Pick<TestApp, 'issuer'>,
  client: Client,
  parameters: Record<string, string> = { scope: 'openid profile' },
): Promise<BegunDevice> => {
  const response = await fetch(`${app.issuer}/oauth/device-authorization`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    headers: { authorization: basic(client) },
  });
  if (response.status !== 200) throw new Error(`The device could not begin: ${await response.text()}`);
  return (await response.json()) as BegunDevice;
};

/** One question of the device. */
export const poll = (
  app: Pick<TestApp, 'issuer'>,
  client: Client,
  device: Pick<BegunDevice, 'device_code'>,
  more: Record<string, string> = {},
): Promise<TokenAnswer> =>
  tokenRequest(app, client, { grant_type: deviceGrant, device_code: device.device_code, ...more });

/** The person types the code; ends where that leads. */
export const typeCode = (person: Pick<Person, 'browser'>, userCode: string): Promise<Answer> =>
  person.browser.fillIn('/device', { user_code: userCode });

/** The person types the code and answers the page that follows; ends on the page that says what came of it. */
export const answerDevice = async (
  person: Pick<Person, 'browser'>,
  device: Pick<BegunDevice, 'user_code'>,
  decision: 'allow' | 'deny' = 'allow',
): Promise<Answer> => {
  const { location } = await typeCode(person, device.user_code);
  if (location === null) throw new Error('The code was not taken.');
  const page = await person.browser.get(location);
  await person.browser.post(location, { ...hiddenFields(page.body), decision });
  return person.browser.get(location);
};
