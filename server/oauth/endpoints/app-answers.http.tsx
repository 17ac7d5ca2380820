/** The one writer of what goes back to an app through the browser: a code, a refusal or an error. */
import type { Response } from 'express';
import { formActionSource } from '../../http/security-headers.ts';
import type { Pages } from '../../pages/pages.http.tsx';
import type { AnswerApp } from '../oauth2orize/server.ts';
import { FormPostPage } from './form-post.page.tsx';

export const appAnswers =
  ({ issuer, pages }: { issuer: string; pages: Pages }): AnswerApp =>
  (res, to, answer) => {
    const { redirectUri, state, uiLocales } = to;
    // RFC 9207: `iss` says who answers.
    const parameters = { ...answer, ...(state === undefined ? {} : { state }), iss: issuer };
    if (to.responseMode === 'query') redirect(res, redirectUri, parameters);
    else sendForm(pages, res, redirectUri, parameters, uiLocales);
  };

/**
 * Adds to the URI's text and leaves what is there byte for byte: a registered query must come back unharmed.
 * 303 makes the browser GET (RFC 9700 §4.12).
 */
const redirect = (res: Response, redirectUri: string, answer: Record<string, string>): void => {
  const joint = redirectUri.includes('?') ? '&' : '?';
  res.set('Cache-Control', 'no-store').set('Referrer-Policy', 'no-referrer');
  res
    .status(303)
    .set('Location', `${redirectUri}${joint}${new URLSearchParams(answer)}`)
    .end();
};

const sendForm = (
  pages: Pages,
  res: Response,
  redirectUri: string,
  answer: Record<string, string>,
  uiLocales: readonly string[] | undefined,
): void => {
  const language = pages.language(res.req, uiLocales);
  const { formPost } = pages.texts(language);
  // Else the request would come to the app with `Origin: null`, which many refuse.
  res.set('Referrer-Policy', 'origin');
  pages.send(res.req, res, {
    title: formPost.title,
    language,
    formAction: [formActionSource(redirectUri)],
    sendsItself: true,
    body: <FormPostPage serviceName={pages.serviceName} texts={formPost} action={redirectUri} answer={answer} />,
  });
};
