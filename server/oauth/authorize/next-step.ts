/** What an authorization request still needs. Every step comes back here; none knows of another. */
import type { App } from '../../apps/app.entity.ts';
import { findScope } from '../../kernel/scopes.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import { OAuthError } from '../protocol/oauth-error.ts';

/** The person whom the browser's session speaks for. */
export interface Visitor {
  accountId: string;
  sessionId: string;
  authenticatedAt: Date;
  amr: readonly string[];
  isAdministrator: boolean;
}

export interface NextStep {
  kind: 'sign-up' | 'sign-in' | 'choose-account' | 'consent' | 'answer';
}

export interface Situation {
  parameters: AuthorizationParameters;
  app: Pick<App, 'trusted' | 'type'>;
  visitor: Visitor | null;
  /** How the app knows this person. */
  subject: string | null;
  /** What this person has allowed this app before. */
  allowedScopes: readonly string[];
  /** When the request began to wait; null while it is being made. */
  waitingSince: Date | null;
  now: Date;
}

/** Signed in for this very request: a sign-in that is asked for is asked for once. */
const isFresh = ({ waitingSince }: Situation, visitor: Visitor): boolean =>
  waitingSince !== null && visitor.authenticatedAt > waitingSince;

/** The answer must be about somebody else (`id_token_hint`, or a `sub` among the claims). */
const isSomebodyElse = ({ parameters, subject }: Situation): boolean =>
  parameters.onlySubjects !== undefined && (subject === null || !parameters.onlySubjects.includes(subject));

/** OpenID Connect Core §3.1.2.1 */
const mustSignIn = (situation: Situation, visitor: Visitor): boolean => {
  const { prompt, maxAge } = situation.parameters;
  if (isFresh(situation, visitor)) return false;
  if (isSomebodyElse(situation) || prompt.includes('login') || prompt.includes('create')) return true;
  const age = (situation.now.getTime() - visitor.authenticatedAt.getTime()) / 1000;
  // No age at all is the same as `prompt=login`.
  return maxAge !== undefined && (maxAge === 0 || age > maxAge);
};

/** What this person can give of it: an `admin:` scope is worth nothing without the role, so it is neither asked for nor given. */
export const grantableScopes = (
  requested: readonly string[],
  visitor: Pick<Visitor, 'isAdministrator'>,
): readonly string[] =>
  requested.filter((name) => visitor.isAdministrator || findScope(name)?.kind !== 'administrative');

/**
 * Any program of a device can wait at a loopback address or take a scheme for its own, and give itself out for the app: such a request
 * is never answered behind the person's back (RFC 8252 §8.6).
 */
const mayBeAnybody = ({ app, parameters }: Situation): boolean =>
  app.type === 'native' && !parameters.redirectUri.startsWith('https://');

const mustAsk = (situation: Situation, visitor: Visitor): boolean => {
  const { parameters, app, allowedScopes } = situation;
  if (parameters.prompt.includes('consent')) return true;
  if (app.trusted) return false;
  if (mayBeAnybody(situation) && !isFresh(situation, visitor)) return true;
  return !grantableScopes(parameters.permissions, visitor).every((scope) => allowedScopes.includes(scope));
};

/** @throws OAuthError where the request forbids to show what it needs (`prompt=none`) */
export const nextStep = (situation: Situation): NextStep => {
  const { visitor, parameters } = situation;
  const { prompt } = parameters;
  const silent = prompt.includes('none');
  if (visitor === null || mustSignIn(situation, visitor)) {
    if (silent) throw OAuthError.loginRequired();
    return { kind: prompt.includes('create') ? 'sign-up' : 'sign-in' };
  }
  // They were asked to sign in as the person whom the app means, and signed in as another.
  if (isSomebodyElse(situation)) throw OAuthError.loginRequired();
  if (prompt.includes('select_account') && !isFresh(situation, visitor)) return { kind: 'choose-account' };
  if (mustAsk(situation, visitor)) {
    if (silent) throw OAuthError.consentRequired();
    return { kind: 'consent' };
  }
  return { kind: 'answer' };
};
