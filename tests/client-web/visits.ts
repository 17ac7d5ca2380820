/** People who use the web client in a real Chromium, each in a browser of their own. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Person } from '../support/personas.ts';
import type { TestApp } from '../support/test-app.ts';

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: errors, and what the Content-Security-Policy refused. */
  readonly complaints: string[];
}

/** Notes what a page complains about. */
const listen = (page: Page, complaints: string[]): void => {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
};

/** A browser in which nobody is signed in. */
export const aVisit = async (browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> => {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const complaints: string[] = [];
  context.on('page', (page) => listen(page, complaints));
  return { context, page: await context.newPage(), complaints };
};

export const signIn = async ({ page }: Visit, app: TestApp, person: Person, path = '/'): Promise<void> => {
  await page.goto(app.issuer + path);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('[name=identifier]').fill(person.username);
  await page.locator('[name=password]').fill(person.password);
  await page.locator('#sign-in').click();
  await page.locator('#person-menu').waitFor();
};

/** The visit of somebody who has signed in. */
export const aSignedInVisit = async (
  browser: Browser,
  app: TestApp,
  person: Person,
  options: BrowserContextOptions = {},
): Promise<Visit> => {
  const visit = await aVisit(browser, options);
  await signIn(visit, app, person);
  return visit;
};
