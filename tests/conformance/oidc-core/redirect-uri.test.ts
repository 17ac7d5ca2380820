/** Where an answer may go: nowhere but to a registered address; else a page tells the person, and the app's owner more. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { App } from '../../../server/apps/app.entity.ts';
import { nearestDifference } from '../../../server/oauth/protocol/redirect-uri-difference.ts';
import { anApp, aSignedInPerson, type Person, type TestClient } from '../../support/personas.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { type Answer, hiddenFields, TestBrowser } from '../../support/test-browser.ts';

const registered = 'https://forum.example.org/callback?a=1';

let app: TestApp;
let client: TestClient;
let owner: Person;
let stranger: Person;
let administrator: Person;
beforeAll(async () => {
  app = await createTestApp();
  owner = await aSignedInPerson(app);
  stranger = await aSignedInPerson(app);
  administrator = await aSignedInPerson(app, { roles: ['administrator'] });
  client = await anApp(app, {
    name: 'Forum',
    redirectUris: [registered],
    trusted: true,
    requirePkce: false,
    ownedBy: owner,
  });
});
afterAll(() => app.close());

const ask = (browser: TestBrowser, more: Record<string, string> = {}, at = client): Promise<Answer> => {
  const parameters = {
    response_type: 'code',
    client_id: at.clientId,
    redirect_uri: registered,
    scope: 'openid',
    ...more,
  };
  return browser.get(`/oauth/authorize?${new URLSearchParams(parameters)}`);
};

/** The words of a page, without its markup. */
const wordsOf = ({ body }: Answer): string => body.replace(/<title>.*?<\/title>/s, '').replace(/<[^>]+>/g, ' ');

const expectPage = (answer: Answer, what = ''): void => {
  expect([answer.status, answer.location], what).toEqual([400, null]);
  expect(wordsOf(answer), what).toMatch(/error|invalid|not registered|not allowed|unknown|missing/i);
  // Neither a link nor a form leads anywhere else.
  expect(answer.body, what).not.toMatch(/(href|action|src|content)="(\w+:|\/\/)|<form|http-equiv/i);
  // Nor back here with the address that was refused.
  expect(answer.body, what).not.toContain('redirect_uri=');
};

const unregistered = [
  'https://forum.example.org/callback',
  'https://forum.example.org/callback?a=1&b=2',
  'https://forum.example.org/callback?a=1#',
  'https://forum.example.org/callback/?a=1',
  'https://forum.example.org/Callback?a=1',
  'https://FORUM.example.org/callback?a=1',
  'http://forum.example.org/callback?a=1',
  'https://forum.example.org:443/callback?a=1',
  'https://forum.example.org./callback?a=1',
  'https://forum.example.org@evil.example/callback?a=1',
  'https://evil.example/callback?a=1',
  'https://forumxexample.org/callback?a=1',
  'https://forum.example.org/callback%2f..?a=1',
  'https://forum.example.org/%63allback?a=1',
  'https://forum.example.org/x/../callback?a=1',
  '//forum.example.org/callback?a=1',
  '/callback?a=1',
  'javascript:alert(1)//forum.example.org/callback?a=1',
  'data:text/html,<script>alert(1)</script>',
  ' https://forum.example.org/callback?a=1',
  'https://forum.example.org/callback?a=1\r\nLocation: https://evil.example',
];

requirement(
  'OpenID Connect Core §3.1.2.1',
  'a redirect URI that is not one of the registered ones, byte for byte, ends on a page',
  async () => {
    for (const redirect_uri of unregistered) {
      for (const more of [{}, { prompt: 'none' }, { response_mode: 'form_post' }, { response_type: 'token' }]) {
        expectPage(await ask(new TestBrowser(app.issuer), { redirect_uri, ...more }), redirect_uri);
      }
    }
  },
);

requirement(
  'RFC 6749 §4.1.2.1',
  'an unknown or missing client, or a missing redirect URI, ends on a page that says so',
  async () => {
    for (const more of [
      { client_id: 'nobody' },
      { client_id: '' },
      { redirect_uri: '' },
      { client_id: 'nobody', prompt: 'none' },
      { client_id: '<script>', redirect_uri: 'https://evil.example' },
    ]) {
      expectPage(await ask(stranger.browser, more as Record<string, string>), JSON.stringify(more));
    }
  },
);

requirement('RFC 9700 §2.1', 'an address that is taken away while a person decides gets nothing more', async () => {
  const deciding = await anApp(app, { redirectUris: [registered], requirePkce: false });
  const waiting = await ask(stranger.browser, { state: 's' }, deciding);
  const consent = await stranger.browser.get(waiting.location ?? '');
  expect(consent.body).toContain('id="allow"');
  const fields = hiddenFields(consent.body);
  await app.inContext(() =>
    app.orm.em.nativeUpdate(App, { id: deciding.id }, { redirectUris: ['https://forum.example.org/new'] }),
  );
  for (const decision of ['allow', 'deny']) {
    expectPage(await stranger.browser.post(waiting.location ?? '', { ...fields, decision }), decision);
  }
  expectPage(await stranger.browser.get(waiting.location ?? ''));
});

requirement('OpenID Connect Core §3.1.2.1', 'a registered redirect URI keeps its query beside the answer', async () => {
  const { location } = await ask(stranger.browser, { state: 's' });
  expect(location?.startsWith(`${registered}&code=`)).toBe(true);
});

test('byte for byte is meant for whatever may come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(registered.length - 1),
      fc.string({ unit: 'grapheme-ascii', maxLength: 2 }),
      async (at, text) => {
        const redirect_uri = registered.slice(0, at) + text + registered.slice(at + 1);
        fc.pre(redirect_uri !== registered);
        expectPage(await ask(stranger.browser, { redirect_uri }), redirect_uri);
      },
    ),
    { numRuns: 60 },
  );
});

describe('the page about an unregistered address', () => {
  const presented = 'https://forum.example.org/callback/?a=1';

  test('shows the signed-in owner what was registered, with the difference marked', async () => {
    const { body } = await ask(owner.browser, { redirect_uri: presented });
    expect(body).toContain('You registered Forum, so only you see this.');
    expect(body).toContain('One ends with a slash, the other does not.');
    expect(body).toContain('https://forum.example.org/callback<mark></mark>?a=1');
    expect(body).toContain('https://forum.example.org/callback<mark>/</mark>?a=1');
  });

  test('shows nobody else what was registered: not a stranger, not an administrator, not who is not signed in', async () => {
    for (const browser of [stranger.browser, administrator.browser, new TestBrowser(app.issuer)]) {
      const page = await ask(browser, { redirect_uri: presented });
      expectPage(page);
      expect(wordsOf(page)).not.toMatch(/forum/i);
    }
  });

  test('shows the owner of another app nothing either', async () => {
    const other = await anApp(app, { redirectUris: ['https://other.example/secret'], ownedBy: stranger });
    const page = await ask(owner.browser, { redirect_uri: 'https://other.example/' }, other);
    expect(page.body).not.toContain('secret');
  });

  test('leads the owner to the app’s settings, and nobody else', async () => {
    const link = `href="/developer/apps/${client.id}"`;
    expect((await ask(owner.browser, { redirect_uri: presented })).body).toContain(link);
    expect((await ask(stranger.browser, { redirect_uri: presented })).body).not.toContain(link);
  });

  test('shows what is not seen, and what turns the text around', async () => {
    const { body } = await ask(owner.browser, { redirect_uri: `${registered}\u202egro.\u200b\u00a0` });
    expect(body).toContain('<code class="mono address" dir="ltr">');
    expect(body).toContain('\\u{202E}gro.\\u{200B}\\u{A0}');
    expect(body).not.toMatch(/[\u202e\u200b\u00a0]/);
  });

  test('repeats nothing that a browser would run or follow', async () => {
    for (const redirect_uri of unregistered) {
      const page = await ask(owner.browser, { redirect_uri });
      expectPage(page, redirect_uri);
      expect(page.body).not.toContain('<script');
    }
  });

  test('says to the owner that nothing is registered', async () => {
    const empty = await anApp(app, { redirectUris: [], ownedBy: owner });
    const { body } = await ask(owner.browser, { redirect_uri: presented }, empty);
    expect(body).toContain('No redirect URI is registered.');
  });

  test('speaks French', async () => {
    const { body } = await owner.browser.get(
      `/oauth/authorize?${new URLSearchParams({ client_id: client.clientId, redirect_uri: presented, lang: 'fr' })}`,
    );
    expect(body).toContain('L’une se termine par une barre oblique, l’autre non.');
  });
});

describe('a difference', () => {
  const kindOf = (presented: string, uri = 'https://a.example/cb') => nearestDifference(presented, [uri])?.kind;

  test.each([
    ['http://a.example/cb', 'scheme'],
    ['https://b.example/cb', 'host'],
    ['https://a.example:8443/cb', 'port'],
    ['https://a.example/cb/', 'trailing_slash'],
    ['https://A.example/cb', 'case'],
    ['https://a.example/CB', 'case'],
    ['https://a.example/other', 'path'],
    ['https://a.example/cb?x=1', 'query'],
    ['https://a.example/cb#x', 'query'],
    ['no address', 'other'],
  ] as const)('of %s is told as %s', (presented, kind) => {
    expect(kindOf(presented)).toBe(kind);
  });

  test('is looked for at the most similar of the registered ones', () => {
    const found = nearestDifference('https://a.example/cb/', ['org.example.app:/x', 'https://a.example/cb']);
    expect(found).toEqual({
      kind: 'trailing_slash',
      before: 'https://a.example/cb',
      registered: '',
      presented: '/',
      after: '',
    });
  });

  test('put together again gives both texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (presented, uri) => {
        const found = nearestDifference(presented, [uri]);
        if (found === null) throw new Error('There is one.');
        expect(found.before + found.registered + found.after).toBe(uri);
        expect(found.before + found.presented + found.after).toBe(presented);
      }),
    );
  });
});
