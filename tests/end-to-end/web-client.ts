/** The web client as a person uses it: what they press and type, by the words that they see. */
import type { Locator, Page } from 'playwright-core';
import type { Credentials } from './example-application.ts';

export interface NewPerson {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export class WebClient {
  readonly page: Page;
  readonly #origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  /** From the landing page through the server's form, back to the own profile. */
  async signUp(person: NewPerson): Promise<void> {
    await this.page.goto(this.#origin);
    await this.page.getByRole('button', { name: 'Sign up' }).click();
    await fillInNewAccount(this.page, person);
    await this.page.locator('#sign-up').click();
    await this.isSignedInAs(person.username);
  }

  async signIn(identifier: string, password: string): Promise<void> {
    await this.page.goto(this.#origin);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await signInByForm(this.page, identifier, password);
    await this.isSignedInAs(identifier);
  }

  async isSignedInAs(username: string): Promise<void> {
    await this.page.waitForURL('**/account/profile');
    await this.page.getByText(`@${username}`).waitFor();
  }

  async openProfile(): Promise<void> {
    await this.page.goto(`${this.#origin}/account/profile`);
    await this.page.getByRole('heading', { name: 'Profile' }).waitFor();
  }

  /** Changes one line of the profile where it stands. */
  async change(name: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: `Edit: ${name}` }).click();
    await this.page.getByLabel(name, { exact: true }).fill(value);
    await this.page.getByRole('button', { name: 'Save' }).click();
    // It stands there again once it is saved.
    await this.page.getByRole('button', { name: `Edit: ${name}` }).waitFor();
  }

  /** Registers an app that keeps a secret, and copies what it is shown once. */
  async registerWebApp(name: string, redirectUri: string): Promise<Credentials> {
    await this.page.getByRole('navigation').getByRole('link', { name: 'Developer' }).click();
    await this.page.getByRole('link', { name: 'Register an app' }).first().click();
    await this.page.getByLabel('Name', { exact: true }).fill(name);
    await this.page.getByRole('radio', { name: 'Web application' }).check();
    await this.page.getByLabel('Redirect URI 1').fill(redirectUri);
    await this.page.locator('#register-app').click();
    await this.page.getByRole('heading', { name: `${name} is registered` }).waitFor();
    const secret = this.page.getByRole('region', { name: 'Client secret' });
    return {
      clientId: await this.#copy('Client ID', this.page.getByRole('button', { name: 'Copy: Client ID' })),
      clientSecret: await this.#copy('Client secret', secret.getByRole('button', { name: 'Copy' })),
    };
  }

  /** What the button puts on the clipboard. */
  async #copy(what: string, button: Locator): Promise<string> {
    await button.click();
    await this.page.getByText(`Copied: ${what}`).waitFor();
    return this.page.evaluate('navigator.clipboard.readText()');
  }

  async revoke(appName: string): Promise<void> {
    await this.page.goto(`${this.#origin}/account/connected-apps`);
    await this.page.getByRole('button', { name: `Revoke: ${appName}` }).click();
    const question = this.page.getByRole('alertdialog').or(this.page.getByRole('dialog'));
    await question.getByRole('button', { name: 'Revoke' }).click();
    await question.waitFor({ state: 'hidden' });
    await this.page.getByRole('button', { name: `Revoke: ${appName}` }).waitFor({ state: 'detached' });
  }

  async signOut(): Promise<void> {
    await this.page.locator('#person-menu').click();
    await this.page.locator('#sign-out').click();
    await this.isSignedOut();
  }

  async isSignedOut(): Promise<void> {
    await this.page.getByRole('heading', { name: 'You are signed out.' }).waitFor();
  }
}

export const fillInNewAccount = async (page: Page, person: NewPerson): Promise<void> => {
  await page.locator('[name=username]').fill(person.username);
  await page.locator('[name=email]').fill(person.email);
  await page.locator('[name=password]').fill(person.password);
};

export const signInByForm = async (page: Page, identifier: string, password: string): Promise<void> => {
  await page.locator('[name=identifier]').fill(identifier);
  await page.locator('[name=password]').fill(password);
  await page.locator('#sign-in').click();
};
