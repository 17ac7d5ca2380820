/** What people see of an app before they decide about it: its picture, its policy, its terms. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anApp, aSignedInPerson } from '../../support/personas.ts';
import { requirement } from '../../support/requirement.ts';
import { createTestApp, type TestApp } from '../../support/test-app.ts';
import { type Answer, TestBrowser } from '../../support/test-browser.ts';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ settings: { LATCHKEY_CLIENT_ID_METADATA: 'on' } });
});
afterAll(() => app.close());

const redirectUri = 'https://forum.example.org/callback';
const face = {
  logoUri: 'https://forum.example.org/logo.png',
  policyUri: 'https://forum.example.org/privacy',
  tosUri: 'https://forum.example.org/terms',
};

/** The sign-in page of somebody unknown, and the consent page of somebody known. */
const pagesOf = async (details: Parameters<typeof anApp>[1]): Promise<Answer[]> => {
  const client = await anApp(app, { redirectUris: [redirectUri], requirePkce: false, ...details });
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    scope: 'openid',
  });
  const { browser } = await aSignedInPerson(app);
  return Promise.all(
    [new TestBrowser(app.issuer), browser].map(async (who) => {
      let answer = await who.get(`/oauth/authorize?${query}`);
      while (answer.location?.startsWith('/')) answer = await who.get(answer.location);
      return answer;
    }),
  );
};

const pictures = ({ headers }: Answer): string =>
  /img-src ([^;]*)/.exec(String(headers.get('content-security-policy')))?.[1] ?? '';

requirement(
  'OpenID Connect Registration §2',
  'the logo, the policy and the terms of an app are shown where people sign in to it and where they allow it',
  async () => {
    for (const page of await pagesOf(face)) {
      expect(page.body).toMatch(/<img[^>]* src="https:\/\/forum\.example\.org\/logo\.png"/);
      expect(pictures(page)).toBe("'self' data: https://forum.example.org");
      expect(page.body).toMatch(/<a href="https:\/\/forum\.example\.org\/privacy"[^>]*rel="noopener noreferrer"/);
      expect(page.body).toMatch(/<a href="https:\/\/forum\.example\.org\/terms"/);
    }
    for (const page of await pagesOf({})) {
      expect(page.body).not.toMatch(/<img|app-links/);
      expect(pictures(page)).toBe("'self' data:");
    }
  },
);

test('a logo that cannot be loaded leaves the initial of the app', async () => {
  for (const page of await pagesOf({ ...face, name: '𝔉orum' })) {
    expect(page.body).toMatch(/<img[^>]* alt="𝔉" aria-hidden="true"/);
  }
});

requirement('RFC 7591 §5', 'of an app that registered itself, what is another’s is not shown as its own', async () => {
  for (const page of await pagesOf({ ...face, origin: 'dynamic' })) {
    expect(page.body).toContain(face.logoUri);
    expect(page.body).toContain('>Privacy policy</a>');
  }
  const borrowed = {
    logoUri: 'https://bank.example/logo.png',
    policyUri: 'https://bank.example/privacy',
    tosUri: 'https://forum.example.org.bank.example/terms',
  };
  const bySelf = [
    { origin: 'dynamic' },
    {
      origin: 'document',
      clientId: 'https://forum.example.org/app.json',
      // It was read a moment ago.
      documentExpiresAt: new Date(app.clock.now().getTime() + 60_000),
    },
  ] as const;
  for (const how of bySelf) {
    for (const page of await pagesOf({ ...borrowed, ...how })) {
      expect(page.status).toBe(200);
      expect(page.body).not.toContain('<img');
      expect(pictures(page)).toBe("'self' data:");
      expect(page.body).toContain('>Privacy policy (bank.example)</a>');
      expect(page.body).toContain('>Terms of service (forum.example.org.bank.example)</a>');
    }
  }
});
