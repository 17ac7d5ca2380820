/** The cookies of this server: their names and attributes follow the issuer, never the request. */
import type { Request, Response } from 'express';

/**
 * The value of the first cookie of this name, undecoded: ours hold nothing that needs decoding.
 *
 * @param header the `Cookie` header
 */
const readCookie = (header: string | undefined, name: string): string | undefined => {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
};

/** 400 days, in seconds: no browser keeps a cookie for longer. */
const asLongAsPossible = 34_560_000;

export class Cookies {
  private readonly secure: boolean;
  private readonly sessionName: string;
  private readonly browserName: string;
  private readonly languageName: string;

  /** @param issuer an origin, e.g. `https://account.example.org` */
  constructor(issuer: string) {
    const { protocol, port } = new URL(issuer);
    this.secure = protocol === 'https:';
    // Cookies know no ports: without one in the name, two servers on localhost would take each other's.
    const name = (what: string) => (this.secure ? `__Host-latchkey_${what}` : `latchkey_${what}_${port || '80'}`);
    this.sessionName = name('session');
    this.browserName = name('browser');
    this.languageName = name('lang');
  }

  session(req: Request): string | undefined {
    return readCookie(req.headers.cookie, this.sessionName);
  }

  /** @param lifetime seconds */
  setSession(res: Response, value: string, lifetime: number): void {
    this.set(res, this.sessionName, value, lifetime);
  }

  clearSession(res: Response): void {
    this.set(res, this.sessionName, '', 0);
  }

  browser(req: Request): string | undefined {
    return readCookie(req.headers.cookie, this.browserName);
  }

  setBrowser(res: Response, value: string): void {
    this.set(res, this.browserName, value, asLongAsPossible);
  }

  language(req: Request): string | undefined {
    return readCookie(req.headers.cookie, this.languageName);
  }

  setLanguage(res: Response, value: string): void {
    this.set(res, this.languageName, value, asLongAsPossible);
  }

  private set(res: Response, name: string, value: string, lifetime: number): void {
    res.cookie(name, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.secure,
      maxAge: lifetime * 1000,
      encode: String,
    });
  }
}
