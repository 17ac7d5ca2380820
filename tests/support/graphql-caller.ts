/** Speaks GraphQL to the server, with tokens as an authorization would have given them. */
import { Account } from '../../server/accounts/account.entity.ts';
import { App } from '../../server/apps/app.entity.ts';
import { ConnectedApps } from '../../server/apps/connected-apps.ts';
import { webClientId } from '../../server/apps/web-client-app.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { secondsAfter } from '../../server/kernel/clock.ts';
import { hashOf, newCredential } from '../../server/kernel/secrets.ts';
import { AccessToken } from '../../server/oauth/access-token.entity.ts';
import { TokenFamily } from '../../server/oauth/token-family.entity.ts';
import { BrowserSession } from '../../server/sessions/browser-session.entity.ts';
import type { TestApp } from './test-app.ts';

export interface GraphQLAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever its own query asks for.
  data: any;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[] | undefined;
}

export class GraphQLCaller {
  constructor(
    readonly app: TestApp,
    readonly token: string,
    /** The browser session in which the token was given. */
    readonly sessionId: string | null = null,
    readonly connectedAppId: string | null = null,
  ) {}

  async call(query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    return this.post(JSON.stringify({ query, variables }), headers);
  }

  async post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<GraphQLAnswer> {
    const response = await fetch(`${this.app.issuer}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await response.text();
    const { data, errors } = text === '' ? {} : JSON.parse(text);
    return { status: response.status, headers: response.headers, data, errors };
  }

  /** The data of an operation that must succeed. */
  async data(query: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    const answer = await this.call(query, variables, headers);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }

  /** The code of the first error of an operation that must fail. */
  async code(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
    const { errors } = await this.call(query, variables);
    return errors?.[0]?.extensions.code;
  }
}

/** A token of this person's for the web client, which may ask for everything. */
export const callerFor = async (app: TestApp, account: Account, scopes: readonly string[]): Promise<GraphQLCaller> => {
  const token = newCredential('at');
  const inTransaction = unitOfWork(app.orm);
  const connectedApps = new ConnectedApps({ em: app.orm.em, inTransaction, clock: app.clock });
  return inTransaction(async (em) => {
    const now = app.clock.now();
    const client = await em.findOneOrFail(App, { clientId: webClientId });
    const owner = em.getReference(Account, account.id);
    const session = em.create(BrowserSession, {
      tokenHash: hashOf(newCredential('bs')),
      account: owner,
      createdAt: now,
      authenticatedAt: now,
      amr: ['pwd'],
      lastUsedAt: now,
      expiresAt: secondsAfter(now, 3600),
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      address: '127.0.0.1',
    });
    await em.persist(session).flush();
    const connectedApp = await connectedApps.connect(em, { accountId: account.id, appId: client.id, scopes });
    const family = em.create(TokenFamily, {
      app: client,
      connectedApp,
      session,
      offline: false,
      scopes: [...scopes],
      authTime: now,
      amr: ['pwd'],
      createdAt: now,
    });
    em.persist(family);
    em.persist(accessToken(token, client, scopes, now, family));
    await em.flush();
    return new GraphQLCaller(app, token, session.id, connectedApp);
  });
};

/** A token of an app that speaks for itself. */
export const callerForApp = async (
  app: TestApp,
  clientId: string,
  scopes: readonly string[],
): Promise<GraphQLCaller> => {
  const token = newCredential('at');
  await unitOfWork(app.orm)(async (em) => {
    const client = await em.findOneOrFail(App, { clientId });
    em.persist(accessToken(token, client, scopes, app.clock.now(), null));
    await em.flush();
  });
  return new GraphQLCaller(app, token);
};

const accessToken = (
  token: string,
  app: App,
  scopes: readonly string[],
  now: Date,
  family: TokenFamily | null,
): AccessToken => {
  const row = new AccessToken();
  return Object.assign(row, {
    hash: hashOf(token),
    app,
    family,
    scopes: [...scopes],
    createdAt: now,
    expiresAt: secondsAfter(now, 3600),
  });
};
