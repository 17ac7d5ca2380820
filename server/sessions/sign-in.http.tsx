/** The sign-in page: always asks, whoever is signed in already, and sends on to where the person was going. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Browsers } from '../http/browser.ts';
import { type Form, readQuery } from '../http/form.ts';
import type { FormTokens } from '../http/form-token.ts';
import { methodNotAllowed } from '../http/route-ends.ts';
import { formActionSource } from '../http/security-headers.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { picturesOf } from '../pages/app-face.tsx';
import type { Pages } from '../pages/pages.http.tsx';
import { paths } from '../urls.ts';
import { continuationOf, type DescribeContinuation, uiLocalesOf, withContinuation } from './continuation.ts';
import type { CurrentSessions } from './current-session.http.ts';
import { SignInPage, type SignInPageProps } from './sign-in.page.tsx';
import type { SignIn } from './sign-in.ts';

export interface SignInDependencies {
  pages: Pages;
  browsers: Browsers;
  formTokens: FormTokens;
  currentSessions: CurrentSessions;
  signIn: SignIn;
  describeContinuation: DescribeContinuation;
}

export const signInRoutes = (deps: SignInDependencies): Router => {
  const router = Router();
  router
    .route(paths.signIn)
    .get(showForm(deps))
    .post(takeForm(deps))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router.use(deps.pages.errors());
  return router;
};

type State = Partial<Pick<SignInPageProps, 'identifier' | 'errors' | 'alert'>>;

const send = async (
  { pages, browsers, formTokens, describeContinuation }: SignInDependencies,
  req: Request,
  res: Response,
  query: Form,
  state: State,
  status = 200,
): Promise<void> => {
  const language = pages.language(req, uiLocalesOf(query));
  const { signIn: texts, appFace } = pages.texts(language);
  const continuation = await describeContinuation(continuationOf(query), browsers.of(req, res).hash);
  pages.send(req, res, {
    status,
    title: texts.title,
    language,
    formAction: continuation === null ? [] : [formActionSource(continuation.redirectUri)],
    pictures: picturesOf(continuation?.face ?? null),
    body: (
      <SignInPage
        serviceName={pages.serviceName}
        texts={{ ...texts, appFace }}
        action={withContinuation(paths.signIn, query)}
        formToken={formTokens.issue(req, res)}
        app={continuation && { name: continuation.appName, face: continuation.face }}
        identifier={state.identifier ?? ''}
        errors={state.errors ?? {}}
        alert={state.alert ?? null}
        signUpHref={withContinuation(paths.signUp, query)}
      />
    ),
  });
};

const showForm =
  (deps: SignInDependencies): RequestHandler =>
  async (req, res) => {
    const query = readQuery(req);
    await send(deps, req, res, query, { identifier: (query.get('login_hint') ?? '').slice(0, 254) });
  };

const takeForm =
  (deps: SignInDependencies): RequestHandler =>
  async (req, res) => {
    const query = readQuery(req);
    const form = await deps.formTokens.readForm(req);
    const identifier = form.get('identifier') ?? '';
    const password = form.get('password') ?? '';
    const { signIn: texts } = deps.pages.texts(deps.pages.language(req, uiLocalesOf(query)));
    const again = (state: State, status = 422) => send(deps, req, res, query, { identifier, ...state }, status);
    if (identifier.trim() === '' || password === '') {
      const errors = {
        ...(identifier.trim() === '' ? { identifier: texts.identifierMissing } : {}),
        ...(password === '' ? { password: texts.passwordMissing } : {}),
      };
      return again({ errors });
    }
    try {
      const outcome = await deps.signIn.withPassword(identifier, password, deps.currentSessions.describe(req));
      if (outcome.kind === 'locked') return again({ alert: texts.locked }, 403);
      if (outcome.kind === 'refused') return again({ errors: { password: texts.noMatch } });
      deps.currentSessions.remember(res, outcome.begun);
      res.redirect(303, continuationOf(query));
    } catch (error) {
      if (!(error instanceof DomainError) || error.retryAfter === undefined) throw error;
      res.set('Retry-After', String(error.retryAfter));
      await again({ alert: texts.tooMany(Math.ceil(error.retryAfter / 60)) }, 429);
    }
  };
