/** The page behind the one-time link that creates the first administrator; there is nothing here for anybody else. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { FirstAdministrator } from '../accounts/first-administrator.ts';
import { readQuery } from '../http/form.ts';
import type { FormTokens } from '../http/form-token.ts';
import { RequestError } from '../http/request-error.ts';
import { methodNotAllowed } from '../http/route-ends.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Pages } from '../pages/pages.http.tsx';
import { paths } from '../urls.ts';
import type { CurrentSessions } from './current-session.http.ts';
import { fieldErrors, typedAccount } from './new-account-form.ts';
import { NewAccountPage, type NewAccountPageProps } from './sign-up.page.tsx';
import type { SignUp } from './sign-up.ts';

export interface SetUpDependencies {
  pages: Pages;
  formTokens: FormTokens;
  currentSessions: CurrentSessions;
  firstAdministrator: FirstAdministrator;
  signUp: SignUp;
}

export const setUpRoutes = (deps: SetUpDependencies): Router => {
  const router = Router();
  router
    .route(paths.setUp)
    .all(requireKey(deps))
    .get((req, res) => send(deps, req, res, {}))
    .post(takeForm(deps))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router.use(deps.pages.errors());
  return router;
};

/** A wrong link, and a right one that has had its day, lead nowhere. */
const requireKey =
  ({ firstAdministrator }: SetUpDependencies): RequestHandler =>
  async (req, _res, next) => {
    if (!(await firstAdministrator.accepts(readQuery(req).get('key') ?? ''))) throw RequestError.notFound();
    next();
  };

const send = (
  { pages, formTokens }: SetUpDependencies,
  req: Request,
  res: Response,
  state: Partial<Pick<NewAccountPageProps, 'typed' | 'errors'>>,
): void => {
  const language = pages.language(req);
  const { setUp, signUp } = pages.texts(language);
  pages.send(req, res, {
    status: state.errors === undefined ? 200 : 422,
    title: setUp.title,
    language,
    body: (
      <NewAccountPage
        serviceName={pages.serviceName}
        texts={signUp}
        title={setUp.title}
        lead={setUp.lead}
        button={{ id: 'create', label: setUp.button }}
        action={`${paths.setUp}?${new URLSearchParams({ key: readQuery(req).get('key') ?? '' })}`}
        formToken={formTokens.issue(req, res)}
        typed={state.typed ?? { username: '', email: '' }}
        errors={state.errors ?? {}}
        alert={null}
      />
    ),
  });
};

const takeForm =
  (deps: SetUpDependencies): RequestHandler =>
  async (req, res) => {
    const typed = typedAccount(await deps.formTokens.readForm(req));
    const language = deps.pages.language(req);
    try {
      const person = { ...typed, locale: language };
      const begun = await deps.signUp.registerFirstAdministrator(person, deps.currentSessions.describe(req));
      deps.currentSessions.remember(res, begun);
      // A page of the web client, which finds this browser signed in.
      res.redirect(303, '/account/profile');
    } catch (error) {
      // Somebody else was quicker: the link is worth nothing now.
      if (error instanceof DomainError && error.code === 'CONFLICT') throw RequestError.notFound();
      send(deps, req, res, { typed, errors: fieldErrors(error, deps.pages.texts(language)) });
    }
  };
