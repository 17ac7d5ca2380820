/** What a sign-in ends with: tokens, or the word that there are none. */
export interface Grant {
  readonly accessToken: string;
  /** Null where the server gives none: then the browser session is asked again. */
  readonly refreshToken: string | null;
  /** Seconds from the answer on. */
  readonly expiresIn: number;
  readonly scopes: ReadonlySet<string>;
  /** Null after a refresh that came without one. */
  readonly idToken: string | null;
  /** The account: the `sub` of the ID token. Null after a refresh that came without one. */
  readonly subject: string | null;
}

/** The server answered, and the answer is that nobody is signed in (or that this person may not be). */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  constructor(
    /** The `error` of RFC 6749 or OpenID Connect, e.g. `login_required`, `access_denied`. */
    readonly code: string,
    cause: unknown,
  ) {
    super(code, { cause });
  }
}
