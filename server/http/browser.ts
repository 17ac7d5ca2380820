/** Tells one browser from another before anybody has signed in: what forms and authorization requests are bound to. */
import type { Request, Response } from 'express';
import { hashOf, isCredential, newCredential } from '../kernel/secrets.ts';
import type { Cookies } from './cookies.ts';

export interface Browser {
  /** The cookie's value: kept nowhere here. */
  readonly value: string;
  /** SHA-256 of it, for the database. */
  readonly hash: Buffer;
}

export class Browsers {
  private readonly cookies: Cookies;
  private readonly seen = new WeakMap<Request, Browser>();

  constructor(dependencies: { cookies: Cookies }) {
    this.cookies = dependencies.cookies;
  }

  /** The browser that asks; one that is new here is given its cookie with the response. */
  of(req: Request, res: Response): Browser {
    const known = this.find(req);
    if (known) return known;
    const value = newCredential('br');
    this.cookies.setBrowser(res, value);
    return this.remember(req, value);
  }

  /** The browser that asks, if it has been here before. */
  find(req: Request): Browser | undefined {
    const seen = this.seen.get(req);
    if (seen) return seen;
    const value = this.cookies.browser(req);
    return value !== undefined && isCredential('br', value) ? this.remember(req, value) : undefined;
  }

  private remember(req: Request, value: string): Browser {
    const browser = { value, hash: hashOf(value) };
    this.seen.set(req, browser);
    return browser;
  }
}
