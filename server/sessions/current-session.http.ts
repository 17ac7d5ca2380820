/** Who is signed in, in the browser that asks. */
import type { Request, Response } from 'express';
import type { ClientAddresses } from '../http/client-address.ts';
import type { Cookies } from '../http/cookies.ts';
import type { BrowserSessions, LiveSession } from './browser-sessions.ts';

export type CurrentSession = LiveSession;

export class CurrentSessions {
  private readonly sessions: BrowserSessions;
  private readonly cookies: Cookies;
  private readonly addresses: ClientAddresses;
  private readonly found = new WeakMap<Request, Promise<CurrentSession | null>>();

  constructor(dependencies: { sessions: BrowserSessions; cookies: Cookies; addresses: ClientAddresses }) {
    this.sessions = dependencies.sessions;
    this.cookies = dependencies.cookies;
    this.addresses = dependencies.addresses;
  }

  /** The live session of this browser; read once for each request. */
  of(req: Request): Promise<CurrentSession | null> {
    const known = this.found.get(req);
    if (known) return known;
    const cookie = this.cookies.session(req);
    const found = cookie === undefined ? Promise.resolve(null) : this.sessions.find(cookie, this.addresses.of(req));
    this.found.set(req, found);
    return found;
  }

  /** The cookie of a session that begins: see `BrowserSessions.start`. */
  remember(res: Response, begun: { cookie: string; lifetime: number }): void {
    this.cookies.setSession(res, begun.cookie, begun.lifetime);
  }

  /** Ends the session of this browser, and takes its cookie away. */
  async end(req: Request, res: Response): Promise<void> {
    const cookie = this.cookies.session(req);
    if (cookie !== undefined) await this.sessions.endByCookie(cookie);
    this.found.set(req, Promise.resolve(null));
    this.cookies.clearSession(res);
  }

  /** What a session that begins in this browser notes of it. */
  describe(req: Request): { userAgent: string | undefined; address: string; replaces: string | undefined } {
    return {
      userAgent: req.headers['user-agent'],
      address: this.addresses.of(req),
      replaces: this.cookies.session(req),
    };
  }
}
