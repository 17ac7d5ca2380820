/** The code of the quick start. It runs as it stands: a test signs somebody in with it. */
import type { AppType, AuthMethod, GrantType } from '../../graphql/generated/graphql.ts';

interface Snippet {
  /** A product's, a tool's or a flow's name: the same in every language. */
  readonly name: string;
  /** Which sentence stands above it. */
  readonly note:
    | 'express'
    | 'expressKey'
    | 'django'
    | 'browser'
    | 'device'
    | 'curl'
    | 'service'
    | 'serviceJs'
    | 'serviceKey';
  readonly code: string;
}

/** What the code depends on. */
interface App {
  readonly type: AppType;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly GrantType[];
  readonly authMethod: AuthMethod;
  readonly dpopBoundAccessTokens: boolean;
  readonly requirePushedAuthorizationRequests: boolean;
}

/** A string of JavaScript: a URI may hold an apostrophe. */
const js = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

/** A word of a shell, in quotes where it needs them. */
const sh = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

const redirectUriOf = ({ redirectUris }: App): string => redirectUris[0] ?? 'http://localhost:3000/callback';

const usesKey = ({ authMethod }: App): boolean => authMethod === 'PRIVATE_KEY_JWT';

const proofs: Readonly<Record<AuthMethod, string>> = {
  CLIENT_SECRET_BASIC: 'client.ClientSecretBasic(process.env.CLIENT_SECRET)',
  CLIENT_SECRET_POST: 'client.ClientSecretPost(process.env.CLIENT_SECRET)',
  PRIVATE_KEY_JWT: 'client.PrivateKeyJwt(key)',
  NONE: 'client.None()',
};

const readKey = `// openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256
const key = await crypto.subtle.importKey(
  'pkcs8',
  Buffer.from(process.env.PRIVATE_KEY.replace(/-----[^-]+-----|\\s/g, ''), 'base64'),
  { name: 'ECDSA', namedCurve: 'P-256' },
  false,
  ['sign'],
);
`;

const makeProofKey = `
// Tokens work with this key only (DPoP).
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
`;

/** Who asks, and whom. */
const configuration = (app: App, issuer: string): string => `const issuer = new URL(${js(issuer)});
${usesKey(app) ? readKey : ''}const config = await client.discovery(
  issuer,
  ${js(app.clientId)},
  undefined,
  ${proofs[app.authMethod]},
  { execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [] },
);
${app.dpopBoundAccessTokens ? makeProofKey : ''}`;

/** The options that every request ends with. */
const options = ({ dpopBoundAccessTokens }: App, before = ''): string =>
  dpopBoundAccessTokens ? `${before}{ DPoP }` : '';

const askApi = (app: App, indent: string): string =>
  `const answer = await client.fetchProtectedResource(
  config,
  tokens.access_token,
  new URL('/graphql', issuer),
  'POST',
  JSON.stringify({ query: '{ me { id username name email } }' }),
  new Headers({ 'content-type': 'application/json' }),${options(app, '\n  ')}${app.dpopBoundAccessTokens ? ',' : ''}
);`.replaceAll('\n', `\n${indent}`);

const authorizationUrl = (app: App, indent: string): string =>
  `const url = ${
    app.requirePushedAuthorizationRequests
      ? 'await client.buildAuthorizationUrlWithPAR'
      : 'client.buildAuthorizationUrl'
  }(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile email',
  code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
  code_challenge_method: 'S256',
  state,
}${app.requirePushedAuthorizationRequests ? options(app, ', ') : ''});`.replaceAll('\n', `\n${indent}`);

const express = (app: App, issuer: string): string => `import express from 'express';
import * as client from 'openid-client';

const redirectUri = ${js(redirectUriOf(app))};
${configuration(app, issuer)}
const app = express();
const attempts = new Map(); // In production: your session.

app.get('/', async (req, res) => {
  const codeVerifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  attempts.set(state, codeVerifier);
  ${authorizationUrl(app, '  ')}
  res.redirect(url.href);
});

app.get(new URL(redirectUri).pathname, async (req, res) => {
  const state = String(req.query.state);
  const address = new URL(req.originalUrl, redirectUri);
  const checks = { pkceCodeVerifier: attempts.get(state), expectedState: state };
  const tokens = await client.authorizationCodeGrant(config, address, checks${options(app, ', undefined, ')});
  attempts.delete(state);
  ${askApi(app, '  ')}
  res.json(await answer.json());
});

app.listen(new URL(redirectUri).port || 3000);
`;

const django = ({ clientId, authMethod }: App, issuer: string): string => `# pip install "django-allauth[socialaccount]"
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
                "settings": {
                    "server_url": ${JSON.stringify(issuer)},
                    "token_auth_method": ${JSON.stringify(authMethod.toLowerCase())},
                },
            }
        ],
    }
}

# The redirect URI to register: https://YOUR-SITE/accounts/oidc/latchkey/login/callback/
`;

const browser = (app: App, issuer: string): string => `import * as client from 'openid-client';

const redirectUri = ${js(redirectUriOf(app))};
${configuration(app, issuer)}
const codeVerifier = client.randomPKCECodeVerifier();
const state = client.randomState();
${authorizationUrl(app, '')}
// Keep codeVerifier and state, open url; then, with the address that it came back to:
// const checks = { pkceCodeVerifier: codeVerifier, expectedState: state };
// const tokens = await client.authorizationCodeGrant(config, address, checks${options(app, ', undefined, ')});
`;

const device = (app: App, issuer: string): string => `import * as client from 'openid-client';

${configuration(app, issuer)}
const device = await client.initiateDeviceAuthorization(config, { scope: 'openid profile email' });
console.log(\`Open \${device.verification_uri} and enter \${device.user_code}\`);
const tokens = await client.pollDeviceAuthorizationGrant(config, device${options(app, ', undefined, ')});
${askApi(app, '')}
console.log(JSON.stringify(await answer.json()));
`;

const serviceJs = (app: App, issuer: string): string => `import * as client from 'openid-client';

${configuration(app, issuer)}
const tokens = await client.clientCredentialsGrant(config${options(app, ', undefined, ')});
console.log(JSON.stringify({ token_type: tokens.token_type, expires_in: tokens.expires_in }));
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

const signs = (app: App): boolean => usesKey(app) || app.dpopBoundAccessTokens;

/** What curl can do: it signs nothing. */
const byCurl = (app: App, issuer: string): Snippet[] => {
  if (signs(app)) return [];
  const hasCode = app.grantTypes.includes('AUTHORIZATION_CODE');
  return hasCode ? [{ name: 'curl', note: 'curl', code: curl(app, issuer) }] : [];
};

const byDevice = (app: App, issuer: string): Snippet[] =>
  app.grantTypes.includes('DEVICE_CODE') ? [{ name: 'Device flow', note: 'device', code: device(app, issuer) }] : [];

const byCode = (app: App, issuer: string): Snippet[] => {
  if (!app.grantTypes.includes('AUTHORIZATION_CODE')) return [];
  if (app.type !== 'WEB') return [{ name: 'JavaScript', note: 'browser', code: browser(app, issuer) }];
  // Its provider knows secrets only, and sends its requests through the browser.
  const beyondDjango = signs(app) || app.requirePushedAuthorizationRequests;
  return [
    { name: 'Express', note: usesKey(app) ? 'expressKey' : 'express', code: express(app, issuer) },
    ...(beyondDjango ? [] : [{ name: 'Django', note: 'django', code: django(app, issuer) } as const]),
  ];
};

const forItself = (app: App, issuer: string): Snippet[] => {
  if (!app.grantTypes.includes('CLIENT_CREDENTIALS')) return [];
  return [
    ...(signs(app) ? [] : [{ name: 'curl', note: 'service', code: service(app, issuer) } as const]),
    { name: 'JavaScript', note: usesKey(app) ? 'serviceKey' : 'serviceJs', code: serviceJs(app, issuer) },
  ];
};

/** @param issuer an origin */
export const snippetsFor = (app: App, issuer: string): readonly Snippet[] =>
  app.type === 'SERVICE'
    ? forItself(app, issuer)
    : [...byCode(app, issuer), ...byDevice(app, issuer), ...byCurl(app, issuer)];
