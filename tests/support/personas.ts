/** People and their apps, made for a test without the detours that other tests are about. */
import type { Account, Role } from '../../server/accounts/account.entity.ts';
import { Passwords } from '../../server/accounts/password.ts';
import { Registration } from '../../server/accounts/registration.ts';
import { App } from '../../server/apps/app.entity.ts';
import { AppSecret } from '../../server/apps/app-secret.entity.ts';
import { AppSecrets } from '../../server/apps/app-secret.ts';
import { unitOfWork } from '../../server/database/unit-of-work.ts';
import { newId } from '../../server/kernel/secrets.ts';
import type { TestApp } from './test-app.ts';
import { TestBrowser } from './test-browser.ts';

const passwords = new Passwords();
const secrets = new AppSecrets({ passwords });

export interface Person {
  account: Account;
  username: string;
  password: string;
  browser: TestBrowser;
}

let count = 0;

export interface PersonOptions {
  username?: string;
  roles?: Role[];
  givenName?: string;
  familyName?: string;
  emailVerified?: boolean;
}

/** Somebody with an account and a browser in which they are not signed in yet. */
export const aPerson = async (app: TestApp, options: PersonOptions = {}): Promise<Person> => {
  const username = options.username ?? `person${++count}`;
  const password = `the password of ${username}`;
  const registration = new Registration({
    em: app.orm.em,
    inTransaction: unitOfWork(app.orm),
    clock: app.clock,
    passwords,
  });
  const account = await registration.register(
    { emailVerified: true, ...options, username, email: `${username}@example.org`, password },
    { by: 'administrator' },
  );
  return { account, username, password, browser: new TestBrowser(app.issuer) };
};

/** The same, signed in. */
export const aSignedInPerson = async (app: TestApp, options: PersonOptions = {}): Promise<Person> => {
  const person = await aPerson(app, options);
  const answer = await person.browser.signIn(person.username, person.password);
  if (answer.status !== 303) throw new Error(`${person.username} could not sign in: ${answer.status}`);
  return person;
};

export interface TestClient {
  id: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** An app in the database, as its registration would leave it. */
export const anApp = async (
  app: TestApp,
  details: Partial<App> & { owner?: never; ownedBy?: Person } = {},
): Promise<TestClient> => {
  const { ownedBy, ...given } = details;
  const clientId = given.clientId ?? `app-${++count}`;
  const clientSecret = secrets.generate();
  const redirectUri = given.redirectUris?.[0] ?? 'http://localhost:9999/callback';
  const now = app.clock.now();
  const id = newId();
  await unitOfWork(app.orm)(async (em) => {
    const row = em.create(App, {
      id,
      clientId,
      name: `App ${clientId}`,
      type: 'web',
      authMethod: 'client_secret_basic',
      redirectUris: [redirectUri],
      grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'read'],
      requirePkce: true,
      trusted: false,
      createdAt: now,
      updatedAt: now,
      ...given,
      owner: ownedBy ? ownedBy.account.id : null,
    });
    if (row.authMethod !== 'none') {
      em.create(AppSecret, {
        app: row,
        hash: await secrets.hash(clientSecret),
        hint: clientSecret.slice(-4),
        createdAt: now,
      });
    }
  });
  return { id, clientId, clientSecret, redirectUri };
};
