/** The sign-up page. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Browsers } from '../http/browser.ts';
import { type Form, readQuery } from '../http/form.ts';
import type { FormTokens } from '../http/form-token.ts';
import { methodNotAllowed } from '../http/route-ends.ts';
import { formActionSource } from '../http/security-headers.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Pages } from '../pages/pages.http.tsx';
import { paths } from '../urls.ts';
import { continuationOf, type DescribeContinuation, uiLocalesOf, withContinuation } from './continuation.ts';
import type { CurrentSessions } from './current-session.http.ts';
import { fieldErrors, typedAccount } from './new-account-form.ts';
import { NewAccountPage, type NewAccountPageProps } from './sign-up.page.tsx';
import type { SignUp } from './sign-up.ts';

export interface SignUpDependencies {
  pages: Pages;
  browsers: Browsers;
  formTokens: FormTokens;
  currentSessions: CurrentSessions;
  signUp: SignUp;
  describeContinuation: DescribeContinuation;
}

export const signUpRoutes = (deps: SignUpDependencies): Router => {
  const router = Router();
  router
    .route(paths.signUp)
    .get(showForm(deps))
    .post(takeForm(deps))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router.use(deps.pages.errors());
  return router;
};

type State = Partial<Pick<NewAccountPageProps, 'typed' | 'errors' | 'alert'>>;

const send = async (
  { pages, browsers, formTokens, describeContinuation }: SignUpDependencies,
  req: Request,
  res: Response,
  query: Form,
  state: State,
  status = 200,
): Promise<void> => {
  const language = pages.language(req, uiLocalesOf(query));
  const { signUp: texts, signIn } = pages.texts(language);
  const continuation = await describeContinuation(continuationOf(query), browsers.of(req, res).hash);
  pages.send(req, res, {
    status,
    title: texts.title,
    language,
    formAction: continuation === null ? [] : [formActionSource(continuation.redirectUri)],
    body: (
      <NewAccountPage
        serviceName={pages.serviceName}
        texts={texts}
        title={texts.title}
        lead={
          continuation && (
            <>
              {signIn.toContinueTo} <b>{continuation.appName}</b>
            </>
          )
        }
        button={{ id: 'sign-up', label: texts.button }}
        action={withContinuation(paths.signUp, query)}
        formToken={formTokens.issue(req, res)}
        typed={state.typed ?? { username: '', email: '' }}
        errors={state.errors ?? {}}
        alert={state.alert ?? null}
        below={
          <p className="muted centered">
            {texts.haveAccount} <a href={withContinuation(paths.signIn, query)}>{texts.signIn}</a>
          </p>
        }
      />
    ),
  });
};

const showForm =
  (deps: SignUpDependencies): RequestHandler =>
  async (req, res) => {
    const query = readQuery(req);
    const hint = (query.get('login_hint') ?? '').slice(0, 254);
    const typed = hint.includes('@') ? { username: '', email: hint } : { username: hint, email: '' };
    await send(deps, req, res, query, { typed });
  };

const takeForm =
  (deps: SignUpDependencies): RequestHandler =>
  async (req, res) => {
    const query = readQuery(req);
    const typed = typedAccount(await deps.formTokens.readForm(req));
    const language = deps.pages.language(req, uiLocalesOf(query));
    const texts = deps.pages.texts(language);
    try {
      const begun = await deps.signUp.register({ ...typed, locale: language }, deps.currentSessions.describe(req));
      deps.currentSessions.remember(res, begun);
      res.redirect(303, continuationOf(query));
    } catch (error) {
      if (error instanceof DomainError && error.retryAfter !== undefined) {
        res.set('Retry-After', String(error.retryAfter));
        const alert = texts.signUp.tooMany(Math.ceil(error.retryAfter / 60));
        return send(deps, req, res, query, { typed, alert }, 429);
      }
      await send(deps, req, res, query, { typed, errors: fieldErrors(error, texts) }, 422);
    }
  };
