/** The code of the quick start. It runs as it stands: a test signs somebody in with it. */
import type { AppType, AuthMethod } from '../../graphql/generated/graphql.ts';

interface Snippet {
  /** A product's or a tool's name: the same in every language. */
  readonly name: string;
  /** Which sentence stands above it. */
  readonly note: 'express' | 'django' | 'browser' | 'curl' | 'service';
  readonly code: string;
}

/** What the code depends on. */
interface App {
  readonly type: AppType;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly authMethod: AuthMethod;
}

/** A string of JavaScript: a URI may hold an apostrophe. */
const js = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

/** A word of a shell, in quotes where it needs them. */
const sh = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

const redirectUriOf = ({ redirectUris }: App): string => redirectUris[0] ?? 'http://localhost:3000/callback';

const express = (app: App, issuer: string): string => `import express from 'express';
import * as client from 'openid-client';

const issuer = new URL(${js(issuer)});
const redirectUri = ${js(redirectUriOf(app))};
const config = await client.discovery(
  issuer,
  ${js(app.clientId)},
  process.env.CLIENT_SECRET,
  undefined,
  { execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [] },
);

const app = express();
const attempts = new Map(); // In production: your session.

app.get('/', async (req, res) => {
  const codeVerifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  attempts.set(state, codeVerifier);
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
  });
  res.redirect(url.href);
});

app.get(new URL(redirectUri).pathname, async (req, res) => {
  const state = String(req.query.state);
  const address = new URL(req.originalUrl, redirectUri);
  const tokens = await client.authorizationCodeGrant(config, address, {
    pkceCodeVerifier: attempts.get(state),
    expectedState: state,
  });
  attempts.delete(state);
  const answer = await fetch(new URL('/graphql', issuer), {
    method: 'POST',
    headers: {
      authorization: \`Bearer \${tokens.access_token}\`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: '{ me { id username name email } }' }),
  });
  res.json(await answer.json());
});

app.listen(new URL(redirectUri).port || 3000);
`;

const django = ({ clientId }: App, issuer: string): string => `# pip install "django-allauth[socialaccount]"
# settings.py
import os

INSTALLED_APPS += [
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "latchkey",
                "name": "Latchkey",
                "client_id": ${JSON.stringify(clientId)},
                "secret": os.environ["CLIENT_SECRET"],
                "settings": {"server_url": ${JSON.stringify(issuer)}},
            }
        ],
    }
}

# The redirect URI to register: https://YOUR-SITE/accounts/oidc/latchkey/login/callback/
`;

const browser = (app: App, issuer: string): string => `import * as client from 'openid-client';

const config = await client.discovery(
  new URL(${js(issuer)}),
  ${js(app.clientId)},
  undefined,
  client.None(),${issuer.startsWith('http:') ? '\n  { execute: [client.allowInsecureRequests] },' : ''}
);

const codeVerifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: ${js(redirectUriOf(app))},
  scope: 'openid profile email',
  code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
  code_challenge_method: 'S256',
  state,
});
// Keep codeVerifier and state, open url; then, with the address that it came back to:
// const tokens = await client.authorizationCodeGrant(config, address, {
//   pkceCodeVerifier: codeVerifier,
//   expectedState: state,
// });
`;

const authentication = ({ authMethod, clientId }: App): string => {
  const id = sh(`client_id=${clientId}`);
  if (authMethod === 'NONE') return `--data-urlencode ${id}`;
  return authMethod === 'CLIENT_SECRET_POST'
    ? `--data-urlencode ${id} --data-urlencode "client_secret=$CLIENT_SECRET"`
    : `-u ${sh(encodeURIComponent(clientId))}:"$CLIENT_SECRET"`;
};

const curl = (app: App, issuer: string): string => `# The code comes from the redirect; it works once, for a minute.
curl ${issuer}/oauth/token \\
  ${authentication(app)} \\
  -d grant_type=authorization_code \\
  --data-urlencode ${sh(`redirect_uri=${redirectUriOf(app)}`)} \\
  -d "code=$CODE" -d "code_verifier=$CODE_VERIFIER"

curl ${issuer}/graphql \\
  -H "Authorization: Bearer $ACCESS_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"query":"{ me { id username name email } }"}'
`;

const service = (app: App, issuer: string): string => `curl ${issuer}/oauth/token \\
  ${authentication(app)} \\
  -d grant_type=client_credentials
`;

/** @param issuer an origin */
export const snippetsFor = (app: App, issuer: string): readonly Snippet[] => {
  switch (app.type) {
    case 'WEB':
      return [
        { name: 'Express', note: 'express', code: express(app, issuer) },
        { name: 'Django', note: 'django', code: django(app, issuer) },
        { name: 'curl', note: 'curl', code: curl(app, issuer) },
      ];
    case 'SPA':
    case 'NATIVE':
      return [
        { name: 'JavaScript', note: 'browser', code: browser(app, issuer) },
        { name: 'curl', note: 'curl', code: curl(app, issuer) },
      ];
    case 'SERVICE':
      return [{ name: 'curl', note: 'service', code: service(app, issuer) }];
  }
};
