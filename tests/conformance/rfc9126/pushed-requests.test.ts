import * as oidc from 'openid-client';
import { afterAll, beforeAll, expect } from 'vitest';
import { aKey, anAssertion, type ClientKey, withAssertion } from '../../support/client-jwt.ts';
import { TestClock } from '../../support/clock.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { RelyingParty, type SignInRequest } from '../../support/relying-party.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { hiddenFields } from '../../support/test-browser.ts';
import { tokenRequest } from '../../support/token-request.ts';

const clock = new TestClock();
let app: TestApp;
let ada: Person;
let client: TestClient;
let party: RelyingParty;

beforeAll(async () => {
  app = await createTestApp({ clock });
  ada = await aSignedInPerson(app);
  client = await anApp(app);
  party = await RelyingParty.discover(app, client);
});
afterAll(() => app.close());

interface PushAnswer {
  status: number;
  headers: Headers;
  body: { request_uri?: string; expires_in?: number; error?: string; error_description?: string };
}

const push = (
  parameters: Record<string, string>,
  as: Parameters<typeof tokenRequest>[1] = client,
  node: Pick<TestApp, 'issuer'> = app,
): Promise<PushAnswer> => tokenRequest(node, as, parameters, '/oauth/par') as Promise<PushAnswer>;

const parametersOf = (request: SignInRequest): Record<string, string> => Object.fromEntries(request.url.searchParams);

const pushed = async (
  changes: Record<string, string> = {},
): Promise<{ request: SignInRequest; requestUri: string }> => {
  const request = await party.begin('openid');
  const { status, body } = await push({ ...parametersOf(request), ...changes });
  expect([status, body.error]).toEqual([201, undefined]);
  return { request, requestUri: body.request_uri ?? '' };
};

const address = (requestUri: string, more: Record<string, string> = {}): string =>
  `/oauth/authorize?${new URLSearchParams({ client_id: client.clientId, request_uri: requestUri, ...more })}`;

requirement(
  'RFC 9126 §2.2',
  'a pushed request is answered with 201, a request_uri that cannot be guessed, and its life in seconds',
  async () => {
    const { status, headers, body } = await push(parametersOf(await party.begin('openid')));
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body.request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:lk_pr_[\w-]{49}$/);
    expect(body.expires_in).toBe(90);
  },
);

requirement(
  'RFC 9126 §4',
  'the person arrives with client_id and request_uri alone, and the app gets its code',
  async () => {
    const { request, requestUri } = await pushed();
    const callback = await party.authorize(ada, { ...request, url: new URL(address(requestUri), app.issuer) });
    expect(callback.searchParams.get('iss')).toBe(app.issuer);
    expect((await party.finish(callback, request)).claims()?.sub).toBe(ada.account.id);
  },
);

requirement('RFC 9126 §4', 'what else comes with a request_uri counts for nothing', async () => {
  const { request, requestUri } = await pushed();
  const altered = address(requestUri, {
    redirect_uri: 'https://evil.example/',
    state: 'altered',
    scope: 'openid email',
    response_type: 'token',
    response_mode: 'fragment',
  });
  const callback = await party.authorize(ada, { ...request, url: new URL(altered, app.issuer) });
  expect(callback.href.startsWith(`${client.redirectUri}?`)).toBe(true);
  expect(callback.searchParams.get('state')).toBe(request.state);
  const { scope } = await party.finish(callback, request);
  expect(scope).toBe('openid');
});

requirement('RFC 9126 §4', 'a request_uri works until its answer, and never after', async () => {
  const somebody = await aSignedInPerson(app);
  const { requestUri } = await pushed();
  const first = await somebody.browser.get(address(requestUri));
  const second = await somebody.browser.get(address(requestUri));
  expect([first.status, second.status]).toEqual([303, 303]);
  const page = await somebody.browser.get(first.location ?? '');
  const answer = await somebody.browser.post(first.location ?? '', { ...hiddenFields(page.body), decision: 'allow' });
  expect(answer.location).toContain('code=');
  // Neither anew nor in the other tab.
  const anew = await somebody.browser.get(address(requestUri));
  expect([anew.status, anew.location]).toEqual([400, null]);
  expect(anew.body).toContain('request_uri');
  const other = await somebody.browser.get(second.location ?? '');
  expect([other.status, other.location?.includes('code=') ?? false]).toEqual([400, false]);
});

requirement('RFC 9126 §4', 'a refusal of the person answers it too', async () => {
  const somebody = await aSignedInPerson(app);
  const { requestUri } = await pushed();
  const { location } = await somebody.browser.get(address(requestUri));
  const page = await somebody.browser.get(location ?? '');
  const denied = await somebody.browser.post(location ?? '', { ...hiddenFields(page.body), decision: 'deny' });
  expect(denied.location).toContain('error=access_denied');
  expect((await somebody.browser.get(address(requestUri))).status).toBe(400);
});

requirement('RFC 9126 §2.2', 'a request_uri that nobody came with ends after its time', async () => {
  const { requestUri } = await pushed();
  clock.advance(89);
  expect((await ada.browser.get(address(requestUri))).status).toBe(303);
  clock.advance(2);
  const late = await ada.browser.get(address(requestUri));
  expect([late.status, late.location]).toEqual([400, null]);
});

requirement('RFC 9126 §2.2', 'a person who came in time may take longer to sign in', async () => {
  const somebody = await aSignedInPerson(app);
  const { request, requestUri } = await pushed();
  const { location } = await somebody.browser.get(address(requestUri));
  clock.advance(600);
  const page = await somebody.browser.get(location ?? '');
  const answer = await somebody.browser.post(location ?? '', { ...hiddenFields(page.body), decision: 'allow' });
  expect((await party.finish(new URL(answer.location ?? ''), request)).access_token).toBeTruthy();
});

requirement('RFC 9126 §2.2', 'a request_uri is bound to the client that pushed it', async () => {
  const other = await anApp(app);
  const { requestUri } = await pushed();
  for (const clientId of [other.clientId, 'nobody', '']) {
    const answer = await ada.browser.get(address(requestUri, { client_id: clientId }));
    expect([clientId, answer.status, answer.location]).toEqual([clientId, 400, null]);
  }
  expect((await ada.browser.get(address(requestUri))).status).toBe(303);
});

requirement('RFC 9126 §2.2', 'a request_uri that was distorted, or made up, is refused', async () => {
  const { requestUri } = await pushed();
  const made = ['', 'x', `lk_pr_${'a'.repeat(49)}`, requestUri.slice(-49)].map(
    (text) => `urn:ietf:params:oauth:request_uri:${text}`,
  );
  for (const wrong of [
    requestUri.slice(0, -1),
    `${requestUri}x`,
    `${requestUri} `,
    requestUri.toUpperCase(),
    ...made,
  ]) {
    const answer = await ada.browser.get(address(wrong));
    const error = answer.location === null ? answer.status : new URL(answer.location).searchParams.get('error');
    expect([wrong, [400, 'request_uri_not_supported'].includes(error ?? '')]).toEqual([wrong, true]);
  }
});

requirement(
  'OpenID Connect Core §6.2',
  'a request_uri that was not pushed here is not fetched: request_uri_not_supported',
  async () => {
    const elsewhere = 'https://169.254.169.254/request.jwt';
    const request = await party.begin('openid', { request_uri: elsewhere });
    const answer = await ada.browser.get(request.url.href);
    expect(new URL(answer.location ?? '').searchParams.get('error')).toBe('request_uri_not_supported');
    expect(new URL(answer.location ?? '').searchParams.get('state')).toBe(request.state);
  },
);

requirement('RFC 9126 §2.1', 'request_uri is refused in a pushed request', async () => {
  const { requestUri } = await pushed();
  const answer = await push({ ...parametersOf(await party.begin('openid')), request_uri: requestUri });
  expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
});

requirement('RFC 9126 §2.1', 'the client is authenticated as at the token endpoint', async () => {
  const parameters = parametersOf(await party.begin('openid'));
  const { client_id: _, ...unnamed } = parameters;
  for (const [as, given, status, error] of [
    [null, unnamed, 401, 'invalid_client'],
    [null, parameters, 401, 'invalid_client'],
    [{ ...client, clientSecret: 'wrong' }, parameters, 401, 'invalid_client'],
    [client, { ...parameters, client_id: 'other' }, 400, 'invalid_request'],
    [client, unnamed, 201, undefined],
  ] as const) {
    const answer = await push(given, as);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
  }
});

requirement('RFC 9126 §2.1', 'a public client pushes by its client_id', async () => {
  const open = await anApp(app, { authMethod: 'none', type: 'spa' });
  const itself = await RelyingParty.discover(app, open, oidc.None());
  const request = await itself.begin('openid');
  const url = await oidc.buildAuthorizationUrlWithPAR(itself.configuration, request.url.searchParams);
  const callback = await itself.authorize(ada, { ...request, url });
  expect((await itself.finish(callback, request)).access_token).toBeTruthy();
});

requirement('RFC 9126 §2', 'an assertion may name the issuer, the token endpoint or this endpoint as aud', async () => {
  const key: ClientKey = await aKey();
  const signing = await anApp(app, { authMethod: 'private_key_jwt', jwks: key.jwks });
  const { client_id: _, ...parameters } = parametersOf(await party.begin('openid'));
  for (const [aud, status] of [
    [app.issuer, 201],
    [`${app.issuer}/oauth/token`, 201],
    [`${app.issuer}/oauth/par`, 201],
    [`${app.issuer}/oauth/revoke`, 401],
  ] as const) {
    const assertion = await anAssertion(key, app, signing.clientId, { claims: { aud } });
    expect([aud, (await push({ ...parameters, ...withAssertion(assertion) }, null)).status]).toEqual([aud, status]);
  }
});

requirement(
  'RFC 9126 §2.3',
  'whatever the authorization endpoint would refuse is refused when it is pushed',
  async () => {
    const right = parametersOf(await party.begin('openid'));
    for (const [changes, error] of [
      [{ redirect_uri: 'https://evil.example/' }, 'invalid_request'],
      [{ redirect_uri: '' }, 'invalid_request'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ response_type: '' }, 'invalid_request'],
      [{ response_mode: 'fragment' }, 'invalid_request'],
      [{ scope: 'openid admin:users:read' }, 'invalid_scope'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
      [{ code_challenge: '' }, 'invalid_request'],
      [{ prompt: 'none login' }, 'invalid_request'],
      [{ max_age: '-1' }, 'invalid_request'],
      [{ resource: 'https://unknown.example' }, 'invalid_target'],
      [{ dpop_jkt: 'short' }, 'invalid_request'],
      [{ registration: '{}' }, 'registration_not_supported'],
    ] as const) {
      const { status, body } = await push({ ...right, ...changes });
      expect([changes, status, body.error]).toEqual([changes, 400, error]);
    }
  },
);

requirement(
  'RFC 9126 §2.3',
  'other methods, media types and sizes are refused as HTTP says, repeated parameters as OAuth does',
  async () => {
    const url = `${app.issuer}/oauth/par`;
    expect((await fetch(url)).status).toBe(405);
    expect(
      (await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status,
    ).toBe(415);
    expect((await fetch(url, { method: 'POST', body: new URLSearchParams({ x: 'y'.repeat(20_000) }) })).status).toBe(
      413,
    );
    const twice = await fetch(url, {
      method: 'POST',
      body: 'client_id=a&client_id=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([twice.status, ((await twice.json()) as { error: string }).error]).toEqual([400, 'invalid_request']);
  },
);

requirement('RFC 9126 §6', 'an app that requires pushed requests is refused others', async () => {
  const strict = await anApp(app, { requirePushedAuthorizationRequests: true });
  const itself = await RelyingParty.discover(app, strict);
  const request = await itself.begin('openid');
  const answer = new URL((await ada.browser.get(request.url.href)).location ?? '');
  expect(answer.searchParams.get('error')).toBe('invalid_request');
  expect(answer.searchParams.get('iss')).toBe(app.issuer);
  const url = await oidc.buildAuthorizationUrlWithPAR(itself.configuration, request.url.searchParams);
  expect((await itself.authorize(ada, { ...request, url })).searchParams.has('code')).toBe(true);
});

requirement('RFC 9126 §5', 'the endpoint is announced, and openid-client uses it', async () => {
  expect(party.configuration.serverMetadata().pushed_authorization_request_endpoint).toBe(`${app.issuer}/oauth/par`);
  const request = await party.begin('openid profile');
  const url = await oidc.buildAuthorizationUrlWithPAR(party.configuration, request.url.searchParams);
  expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
  const tokens = await party.finish(await party.authorize(ada, { ...request, url }), request);
  expect(tokens.claims()?.sub).toBe(ada.account.id);
});

requirement('RFC 9126 §7.1', 'neither the request_uri nor what proves the client is kept in the clear', async () => {
  const posting = await anApp(app, { authMethod: 'client_secret_post' });
  const parameters = { ...parametersOf(await party.begin('openid')), client_id: posting.clientId };
  const { body } = await push({ ...parameters, client_secret: posting.clientSecret }, null);
  const rows = JSON.stringify(await app.orm.em.getConnection().execute('select * from pushed_request'));
  expect(rows).not.toContain(posting.clientSecret);
  expect(rows).not.toContain(body.request_uri?.slice(-55));
  expect(app.logLines.join('\n')).not.toContain(body.request_uri?.slice(-55));
});
