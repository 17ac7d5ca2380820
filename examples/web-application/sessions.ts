/** The browser sessions of this application: its own cookie, its own store; the tokens stay on the server. */
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';

/** What the identity server gave for a person. */
export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** A sign-in that is on its way through the identity server. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface Session {
  attempt?: SignInAttempt;
  userId?: string;
  tokens?: Tokens;
  /** A refresh that is under way: a second request of the same browser waits for it instead of starting its own. */
  refreshing?: Promise<Tokens> | undefined;
}

/** Not `session`: cookies know no ports, so two servers on one host must not use one name. */
const cookie = 'example_session';

/** A real application keeps them in its database, and forgets the old ones. */
const sessions = new Map<string, Session>();

const idOf = (req: Request): string | undefined =>
  req.headers.cookie
    ?.split('; ')
    .find((pair) => pair.startsWith(`${cookie}=`))
    ?.slice(cookie.length + 1);

export const sessionOf = (req: Request): Session | undefined => sessions.get(idOf(req) ?? '');

/** A new one under a new name, at every step that changes who the browser is (against session fixation). */
export const startSession = (req: Request, res: Response, session: Session): void => {
  sessions.delete(idOf(req) ?? '');
  const id = randomBytes(32).toString('base64url');
  sessions.set(id, session);
  res.cookie(cookie, id, { httpOnly: true, sameSite: 'lax', path: '/', secure: req.secure });
};

export const endSession = (req: Request, res: Response): void => {
  sessions.delete(idOf(req) ?? '');
  res.clearCookie(cookie, { path: '/' });
};
