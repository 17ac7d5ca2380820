/** Signs a browser out: asked on GET, done on POST. */
import { type RequestHandler, Router } from 'express';
import { personName } from '../accounts/account.entity.ts';
import { readQuery } from '../http/form.ts';
import type { FormTokens } from '../http/form-token.ts';
import { methodNotAllowed } from '../http/route-ends.ts';
import type { Pages } from '../pages/pages.http.tsx';
import { isOwnPath, paths } from '../urls.ts';
import { withContinuation } from './continuation.ts';
import type { CurrentSessions } from './current-session.http.ts';
import { SignOutPage } from './sign-out.page.tsx';

export interface SignOutDependencies {
  pages: Pages;
  formTokens: FormTokens;
  currentSessions: CurrentSessions;
}

export const signOutRoutes = (deps: SignOutDependencies): Router => {
  const router = Router();
  router
    .route(paths.signOut)
    .get(ask(deps))
    .post(signOut(deps))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router.use(deps.pages.errors());
  return router;
};

const ask =
  ({ pages, formTokens, currentSessions }: SignOutDependencies): RequestHandler =>
  async (req, res) => {
    const query = readQuery(req);
    const language = pages.language(req);
    const { signOut: texts } = pages.texts(language);
    const current = await currentSessions.of(req);
    if (current === null) {
      const action = { href: withContinuation(paths.signIn, query), label: texts.signInAgain };
      pages.sendMessage(req, res, { title: texts.doneTitle, text: texts.done, action });
      return;
    }
    pages.send(req, res, {
      title: texts.title,
      language,
      body: (
        <SignOutPage
          serviceName={pages.serviceName}
          texts={texts}
          action={withContinuation(paths.signOut, query)}
          formToken={formTokens.issue(req, res)}
          name={personName(current.account)}
        />
      ),
    });
  };

const signOut =
  ({ formTokens, currentSessions }: SignOutDependencies): RequestHandler =>
  async (req, res) => {
    const query = readQuery(req);
    await formTokens.readForm(req);
    await currentSessions.end(req, res);
    const next = query.get('continue');
    // Without a place to go on to, the same page says that it is done.
    res.redirect(303, isOwnPath(next) ? next : paths.signOut);
  };
