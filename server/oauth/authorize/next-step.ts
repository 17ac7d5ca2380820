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

export type NextStep = { kind: 'sign-up' } | { kind: 'sign-in' } | { kind: 'consent' } | { kind: 'answer' };

export interface Situation {
  parameters: AuthorizationParameters;
  app: Pick<App, 'trusted'>;
  visitor: Visitor | null;
  /** What this person has allowed this app before. */
  allowedScopes: readonly string[];
  /** When the request began to wait; null while it is being made. */
  waitingSince: Date | null;
  now: Date;
}

/** OpenID Connect Core §3.1.2.1: `prompt=login` and `max_age` want a sign-in that is fresh, not one for each question. */
const mustSignIn = ({ parameters, waitingSince, now }: Situation, visitor: Visitor): boolean => {
  if (waitingSince !== null && visitor.authenticatedAt > waitingSince) return false;
  const asksAnew = parameters.prompt.some((prompt) => ['login', 'select_account', 'create'].includes(prompt));
  const age = (now.getTime() - visitor.authenticatedAt.getTime()) / 1000;
  return asksAnew || (parameters.maxAge !== undefined && age > parameters.maxAge);
};

/** What this person can give of it: an `admin:` scope is worth nothing without the role, so it is neither asked for nor given. */
export const grantableScopes = (
  requested: readonly string[],
  visitor: Pick<Visitor, 'isAdministrator'>,
): readonly string[] =>
  requested.filter((name) => visitor.isAdministrator || findScope(name)?.kind !== 'administrative');

const mustAsk = ({ parameters, app, allowedScopes }: Situation, visitor: Visitor): boolean =>
  parameters.prompt.includes('consent') ||
  (!app.trusted && !grantableScopes(parameters.permissions, visitor).every((scope) => allowedScopes.includes(scope)));

/** @throws OAuthError where the request forbids to show what it needs (`prompt=none`) */
export const nextStep = (situation: Situation): NextStep => {
  const { visitor, parameters } = situation;
  const { prompt } = parameters;
  const silent = prompt.includes('none');
  if (visitor === null || mustSignIn(situation, visitor)) {
    if (silent) throw OAuthError.loginRequired();
    return { kind: prompt.includes('create') ? 'sign-up' : 'sign-in' };
  }
  if (mustAsk(situation, visitor)) {
    if (silent) throw OAuthError.consentRequired();
    return { kind: 'consent' };
  }
  return { kind: 'answer' };
};
