/** The code of the quick start. It must run as it stands: the tests run it against the server. */
import type { AppDetails } from './credentials-card.tsx';

interface Snippet {
  /** A product's or a tool's name: the same in every language. */
  readonly name: string;
  /** Which sentence stands above it. */
  readonly note: 'express' | 'django' | 'browser' | 'curl' | 'service';
  readonly code: string;
}

type App = Pick<AppDetails, 'type' | 'clientId' | 'redirectUris' | 'authMethod'>;

const express = ({ clientId, redirectUris }: App, issuer: string): string => `import express from 'express';
import * as client from 'openid-client';

const issuer = new URL('${issuer}');
const redirectUri = '${redirectUris[0] ?? 'http://localhost:3000/callback'}';
const config = await client.discovery(issuer, '${clientId}', process.env.CLIENT_SECRET, undefined, {
  execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
});

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
  const tokens = await client.authorizationCodeGrant(config, new URL(req.originalUrl, redirectUri), {
    pkceCodeVerifier: attempts.get(state),
    expectedState: state,
  });
  const answer = await fetch(new URL('/graphql', issuer), {
    method: 'POST',
    headers: { authorization: \`Bearer \${tokens.access_token}\`, 'content-type': 'application/json' },
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
                "client_id": "${clientId}",
                "secret": os.environ["CLIENT_SECRET"],
                "settings": {"server_url": "${issuer}"},
            }
        ],
    }
}

# The redirect URI to register: https://YOUR-SITE/accounts/oidc/latchkey/login/callback/
`;

const browser = ({ clientId, redirectUris }: App, issuer: string): string => `import * as client from 'openid-client';

const config = await client.discovery(new URL('${issuer}'), '${clientId}', undefined, client.None(), {
  execute: [${issuer.startsWith('http:') ? 'client.allowInsecureRequests' : ''}],
});

const codeVerifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: '${redirectUris[0] ?? 'http://localhost:3000/callback'}',
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

const basicOrPost = ({ authMethod, clientId }: App): string =>
  authMethod === 'CLIENT_SECRET_POST'
    ? `-d client_id=${clientId} --data-urlencode "client_secret=$CLIENT_SECRET"`
    : authMethod === 'NONE'
      ? `-d client_id=${clientId}`
      : `-u "${clientId}:$CLIENT_SECRET"`;

const curl = (app: App, issuer: string): string => `# The code comes from the redirect; it works once, for a minute.
curl ${issuer}/oauth/token \\
  ${basicOrPost(app)} \\
  -d grant_type=authorization_code \\
  --data-urlencode "redirect_uri=${app.redirectUris[0] ?? ''}" \\
  -d "code=$CODE" -d "code_verifier=$CODE_VERIFIER"

curl ${issuer}/graphql \\
  -H "Authorization: Bearer $ACCESS_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '{"query":"{ me { id username name email } }"}'
`;

const service = (app: App, issuer: string): string => `curl ${issuer}/oauth/token \\
  ${basicOrPost(app)} \\
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
