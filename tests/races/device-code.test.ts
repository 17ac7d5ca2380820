/** A device's code is claimed by one person, answered once and redeemed once, whichever node is asked and however many at a time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AccessToken } from '../../server/oauth/access-token.entity.ts';
import { TokenFamily } from '../../server/oauth/token-family.entity.ts';
import { answerDevice, beginDevice, deviceGrant, poll, typeCode } from '../support/device.ts';
import { anApp, aSignedInPerson, type TestClient } from '../support/personas.ts';
import { createTestApp, type TestApp } from '../support/test-app.ts';
import { hiddenFields } from '../support/test-browser.ts';

let app: TestApp;
let other: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await createTestApp();
  other = await createTestApp({ beside: app });
  client = await anApp(app, { grantTypes: [deviceGrant, 'refresh_token'], redirectUris: [] });
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const node = (index: number): TestApp => (index % 2 ? app : other);

test('a device code is redeemed once', async () => {
  const person = await aSignedInPerson(app);
  const device = await beginDevice(app, client);
  await answerDevice(person, device);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => poll(node(index), client, device)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of answers) if (status !== 200) expect(body.error).toBe('invalid_grant');
  const given = await app.inContext(() =>
    app.orm.em.count(AccessToken, { family: { connectedApp: { account: person.account.id } } }),
  );
  expect(given).toBe(1);
});

test('of many people who type one code, one has it', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => aSignedInPerson(app)));
  const device = await beginDevice(app, client);
  const answers = await Promise.all(people.map((person) => typeCode(person, device.user_code)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(5);
});

test('of many answers at once, one counts', async () => {
  const person = await aSignedInPerson(app);
  const device = await beginDevice(app, client);
  const { location } = await typeCode(person, device.user_code);
  const path = location ?? '';
  const form = hiddenFields((await person.browser.get(path)).body);
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      person.browser.post(new URL(path, node(index).issuer).href, { ...form, decision: index % 3 ? 'allow' : 'deny' }),
    ),
  );
  const families = await app.inContext(() =>
    app.orm.em.count(TokenFamily, { connectedApp: { account: person.account.id } }),
  );
  const { status, body } = await poll(app, client, device);
  expect([families, body.error ?? status]).toEqual(families === 0 ? [0, 'access_denied'] : [1, 200]);
});

test('who asks too often on two nodes is slowed down by both', async () => {
  const device = await beginDevice(app, client);
  const answers = await Promise.all(Array.from({ length: 4 }, (_, index) => poll(node(index), client, device)));
  expect(answers.map(({ body }) => body.error).sort()).toEqual([
    'authorization_pending',
    'slow_down',
    'slow_down',
    'slow_down',
  ]);
});
