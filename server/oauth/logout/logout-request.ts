/** An app's request to sign a person out (OpenID Connect RP-Initiated Logout 1.0): judged before anything of it is believed. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { App } from '../../apps/app.entity.ts';
import type { LiveSession } from '../../sessions/browser-sessions.ts';
import type { Parameters } from '../protocol/parameters.ts';
import { readIdToken } from '../tokens/id-token.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';
import type { Subjects } from '../tokens/subjects.ts';

export type LogoutProblem = 'hint_invalid' | 'client_unknown' | 'client_differs' | 'uri_unregistered';

/** A person must be told, for nothing says that the address in the request is the app's. */
export class LogoutRequestError extends Error {
  override readonly name = 'LogoutRequestError';
  constructor(readonly problem: LogoutProblem) {
    super(`The logout request is invalid: ${problem}`);
  }
}

export interface LogoutRequest {
  /** Who asks; null: nobody says so. */
  readonly app: App | null;
  /** Where to go on to, `state` with it; null: nowhere. */
  readonly returnTo: string | null;
  /** Best first. */
  readonly uiLocales: readonly string[];
  /**
   * Whether an ID token of this session came with it: then it is an app of this session which asks, not any page that the browser
   * shows, nor one that kept a token from a session that is over.
   */
  isAbout(current: LiveSession): boolean;
}

export class LogoutRequests {
  constructor(private readonly deps: { em: EntityManager; keys: SigningKeys; subjects: Subjects; issuer: string }) {}

  /** @throws LogoutRequestError */
  async read(parameters: Parameters): Promise<LogoutRequest> {
    const { em, subjects } = this.deps;
    const presented = parameters.get('id_token_hint');
    // §2: also one that has expired.
    const hint = presented === undefined ? null : await readIdToken(presented, this.deps);
    if (presented !== undefined && hint === null) throw new LogoutRequestError('hint_invalid');
    const clientId = parameters.get('client_id');
    // §2: the hint was issued to the client that asks.
    if (hint !== null && clientId !== undefined && clientId !== hint.clientId) {
      throw new LogoutRequestError('client_differs');
    }
    const named = clientId ?? hint?.clientId;
    const app = named === undefined ? null : await em.fork().findOne(App, { clientId: named });
    if (named !== undefined && app === null) throw new LogoutRequestError('client_unknown');
    return {
      app,
      returnTo: toReturn(app, parameters),
      uiLocales: parameters.get('ui_locales')?.split(' ') ?? [],
      isAbout: ({ session, account }) =>
        hint !== null &&
        app !== null &&
        subjects.subjectFor(app, account.id) === hint.subject &&
        subjects.sidFor(app, session.id) === hint.sessionId,
    };
  }
}

/** §3: exactly one of the registered ones. Nobody can say whose it is where no app is named, so then it leads nowhere. */
const toReturn = (app: App | null, parameters: Parameters): string | null => {
  const uri = parameters.get('post_logout_redirect_uri');
  if (uri === undefined || app === null) return null;
  if (!app.postLogoutRedirectUris.includes(uri)) throw new LogoutRequestError('uri_unregistered');
  const state = parameters.get('state');
  // Added to the text: what is registered stays byte for byte.
  return state === undefined ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`;
};
