/** The people and the apps that tests are about, made by the same services as the real ones. */
import type { Account } from '../../server/accounts/account.entity.ts';
import { Passwords } from '../../server/accounts/password.ts';
import { Registration } from '../../server/accounts/registration.ts';
import type { App } from '../../server/apps/app.entity.ts';
import { AppRegistration, type NewApp } from '../../server/apps/app-registration.ts';
import { AppSecrets } from '../../server/apps/app-secret.ts';
import type { TestApp } from './test-app.ts';
import { Visitor } from './visitor.ts';

let count = 0;

export interface PersonOptions {
  username?: string;
  email?: string;
  password?: string;
  givenName?: string;
  familyName?: string;
  emailVerified?: boolean;
  administrator?: boolean;
}

export interface Person {
  readonly account: Account;
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  /** Signs in at the sign-in page; in a new browser, unless given one. */
  signIn(visitor?: Visitor): Promise<Visitor>;
}

export const aPerson = async (app: TestApp, options: PersonOptions = {}): Promise<Person> => {
  const number = ++count;
  const { username = `person${number}`, password = `the password of person ${number}` } = options;
  const { email = `${username}@example.org` } = options;
  const passwords = new Passwords();
  const registration = new Registration({
    em: app.orm.em,
    inTransaction: app.inTransaction,
    clock: app.clock,
    passwords,
  });
  const account = await registration.register(
    {
      username,
      email,
      password,
      givenName: options.givenName ?? null,
      familyName: options.familyName ?? null,
      emailVerified: options.emailVerified ?? true,
      roles: options.administrator ? ['administrator'] : [],
    },
    { by: 'administrator' },
  );
  return {
    account,
    id: account.id,
    username,
    email,
    password,
    signIn: async (visitor = new Visitor(app)) => {
      const page = await visitor.submit(await visitor.get('/sign-in'), { identifier: username, password });
      if (page.status !== 303) throw new Error(`Sign-in answered ${page.status}: ${page.html.slice(0, 500)}`);
      return visitor;
    },
  };
};

export interface RegisteredApp {
  readonly app: App;
  readonly clientId: string;
  /** Empty for a public app. */
  readonly clientSecret: string;
  readonly redirectUri: string;
}

/** A confidential web application that an administrator registered, unless said otherwise. */
export const anApp = async (app: TestApp, draft: Partial<NewApp> = {}, owner?: Person): Promise<RegisteredApp> => {
  const { type = 'web' } = draft;
  const redirectUris = draft.redirectUris ?? (type === 'service' ? [] : ['http://localhost:5999/callback']);
  const secrets = new AppSecrets({ passwords: new Passwords() });
  const registration = new AppRegistration({ inTransaction: app.inTransaction, clock: app.clock, secrets });
  const registered = await registration.register(
    { name: `App ${++count}`, ...draft, type, redirectUris },
    { accountId: owner?.id ?? null, mayAdminister: true },
  );
  return {
    app: registered.app,
    clientId: registered.app.clientId,
    clientSecret: registered.clientSecret ?? '',
    redirectUri: redirectUris[0] ?? '',
  };
};
