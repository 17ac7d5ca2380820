/** Proves that a form was filled in where it was shown (CSRF): a MAC over the browser's cookie, in a hidden field. */
import type { Request, Response } from 'express';
import { Mac, type OperatorSecret } from '../kernel/operator-secret.ts';
import type { Browsers } from './browser.ts';
import { type Form, readForm } from './form.ts';
import { RequestError } from './request-error.ts';

export const formTokenField = 'form_token';

export class FormTokens {
  private readonly browsers: Browsers;
  private readonly mac: Mac;

  /** @param dependencies.secret the operator's: the same on every node, so a form of one is accepted by another */
  constructor(dependencies: { browsers: Browsers; secret: OperatorSecret }) {
    this.browsers = dependencies.browsers;
    this.mac = new Mac(dependencies.secret, 'form-token');
  }

  /** The value of the hidden field of every form on this page. */
  issue(req: Request, res: Response): string {
    return this.mac.of(this.browsers.of(req, res).value);
  }

  /**
   * Reads the body of a form that one of our pages showed.
   *
   * @throws RequestError 400, 403 (not this browser's form), 413, 415
   */
  async readForm(req: Request): Promise<Form> {
    const form = await readForm(req);
    const browser = this.browsers.find(req);
    const presented = form.get(formTokenField);
    if (browser === undefined || presented === undefined || !this.mac.isOf(browser.value, presented)) {
      throw RequestError.formExpired();
    }
    return form;
  }
}
