/** What becomes of an authorization request that is wrong: the app is told where that is safe, else the person. */
import type { ErrorRequestHandler, Request, Response } from 'express';
import { RequestError } from '../../http/request-error.ts';
import type { Pages } from '../../pages/pages.http.tsx';
import type { CurrentSessions } from '../../sessions/current-session.http.ts';
import { appSettingsPath } from '../../urls.ts';
import { isResponseMode, UnsafeRequestError } from '../authorize/request-checks.ts';
import type { AnswerApp, AppAddress, AuthorizationContext } from '../oauth2orize/server.ts';
import { nearestDifference } from '../protocol/redirect-uri-difference.ts';
import { toOAuthError } from './oauth-responses.ts';
import { UnsafeRequestPage, type UnsafeRequestPageProps } from './unsafe-request.page.tsx';

export interface AuthorizeErrorDependencies {
  pages: Pages;
  currentSessions: CurrentSessions;
  answerApp: AnswerApp;
}

/** An error goes back to the app only where client and redirect URI are proven; else it is told to the person. */
export const authorizeErrors =
  (deps: AuthorizeErrorDependencies): ErrorRequestHandler =>
  async (error: unknown, req, res, next) => {
    if (res.headersSent || error instanceof RequestError) return next(error);
    if (error instanceof UnsafeRequestError) return sendUnsafe(deps, req, res, error);
    const to = addressOf(req as Partial<AuthorizationContext>);
    if (to === null) return next(error);
    const { code, message } = toOAuthError(error, req, res);
    deps.answerApp(res, to, { error: code, error_description: message });
  };

/** @returns null where nothing is proven yet */
const addressOf = ({ oauth2, incoming }: Partial<AuthorizationContext>): AppAddress | null => {
  if (oauth2?.redirectURI === undefined) return null;
  // What was wrong may have been found before all was judged: then what was sent says how to answer.
  const { parameters: judged } = oauth2.req;
  if (judged !== undefined) return judged;
  const state = incoming?.parameters.get('state');
  const mode = incoming?.parameters.get('response_mode');
  return {
    redirectUri: oauth2.redirectURI,
    responseMode: isResponseMode(mode) ? mode : 'query',
    ...(state === undefined ? {} : { state }),
  };
};

const sendUnsafe = async (
  { pages, currentSessions }: AuthorizeErrorDependencies,
  req: Request,
  res: Response,
  error: UnsafeRequestError,
): Promise<void> => {
  const language = pages.language(req);
  const { unsafeRequest: texts } = pages.texts(language);
  pages.send(req, res, {
    status: 400,
    refusesItsAddress: true,
    title: texts.title,
    language,
    body: (
      <UnsafeRequestPage
        serviceName={pages.serviceName}
        texts={texts}
        text={texts[error.reason]}
        ownApp={await ownApp(currentSessions, req, error)}
      />
    ),
  });
};

/** What was registered is shown to the app's owner and to nobody else. */
const ownApp = async (
  currentSessions: CurrentSessions,
  req: Request,
  { mismatch }: UnsafeRequestError,
): Promise<UnsafeRequestPageProps['ownApp']> => {
  if (mismatch === null) return null;
  const { app, presented } = mismatch;
  const current = await currentSessions.of(req);
  if (current === null || app.owner?.id !== current.account.id) return null;
  return {
    name: app.name,
    href: appSettingsPath(app.id),
    difference: nearestDifference(presented, app.redirectUris),
  };
};
