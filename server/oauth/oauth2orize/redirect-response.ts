/** The one writer of what goes back to an app by redirect: a code, a refusal or an error. */
import type { Response } from 'express';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import type { OAuthError } from '../protocol/oauth-error.ts';

/**
 * Adds to the URI's text and leaves what is there byte for byte: a registered query must come back unharmed.
 * `iss` says who answers (RFC 9207); 303 makes the browser GET (RFC 9700 §4.12).
 */
export const redirectToApp = (
  res: Response,
  issuer: string,
  to: Pick<AuthorizationParameters, 'redirectUri' | 'state'>,
  answer: Record<string, string>,
): void => {
  const parameters = new URLSearchParams(answer);
  if (to.state !== undefined) parameters.set('state', to.state);
  parameters.set('iss', issuer);
  const joint = to.redirectUri.includes('?') ? '&' : '?';
  res.set('Cache-Control', 'no-store').set('Referrer-Policy', 'no-referrer');
  res.status(303).set('Location', `${to.redirectUri}${joint}${parameters}`).end();
};

export const redirectErrorToApp = (
  res: Response,
  issuer: string,
  to: Pick<AuthorizationParameters, 'redirectUri' | 'state'>,
  error: OAuthError,
): void => redirectToApp(res, issuer, to, { error: error.code, error_description: error.message });
