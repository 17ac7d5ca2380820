/** The end session endpoint (OpenID Connect RP-Initiated Logout 1.0): asks where nothing proves that the person's own app asks. */
import { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import { personName } from '../../accounts/account.entity.ts';
import { readForm, readQuery } from '../../http/form.ts';
import type { FormTokens } from '../../http/form-token.ts';
import { RequestError } from '../../http/request-error.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { formActionSource } from '../../http/security-headers.ts';
import type { Pages } from '../../pages/pages.http.tsx';
import type { CurrentSessions } from '../../sessions/current-session.http.ts';
import type { SignOuts } from '../../sessions/sign-out.http.tsx';
import { SignOutPage } from '../../sessions/sign-out.page.tsx';
import { paths } from '../../urls.ts';
import { LogoutRequestError, type LogoutRequests } from '../logout/logout-request.ts';
import { readParameters } from '../protocol/parameters.ts';

/** Characters of a query at most: what is longer fits into no request line. */
const queryLimit = 8000;

export interface LogoutDependencies {
  requests: LogoutRequests;
  signOuts: SignOuts;
  pages: Pages;
  formTokens: FormTokens;
  currentSessions: CurrentSessions;
}

/** @param aliases other paths of the endpoint */
export const logoutRoutes = (deps: LogoutDependencies, aliases: readonly string[]): Router => {
  const router = Router();
  const onlyGetAndPost = methodNotAllowed('GET', 'POST');
  router
    .route([paths.endSession, ...aliases])
    .head(onlyGetAndPost) // Who only looks must sign nobody out (RFC 9110 §9.2.1), which a GET does.
    .get(receive(deps))
    .post(repeatAsGet)
    .all(onlyGetAndPost);
  router.route(paths.confirmEndSession).post(confirm(deps)).all(methodNotAllowed('POST'));
  router.use(logoutErrors(deps));
  return router;
};

/** A POST may come from an app's page and then brings no cookie (SameSite), so it is asked again as a GET, which does. */
const repeatAsGet: RequestHandler = async (req, res) => {
  const query = new URLSearchParams([...(await readForm(req))]).toString();
  if (query.length > queryLimit) throw RequestError.tooLarge();
  res.redirect(303, `${paths.endSession}?${query}`);
};

const receive =
  (deps: LogoutDependencies): RequestHandler =>
  async (req, res) => {
    const { requests, signOuts, pages, formTokens, currentSessions } = deps;
    const query = readQuery(req);
    const request = await requests.read(readParameters(query));
    const current = await currentSessions.of(req);
    if (current === null || request.isAbout(current)) {
      await signOuts.signOut(req, res, request.returnTo);
      return;
    }
    const language = pages.language(req, request.uiLocales);
    const { signOut: texts } = pages.texts(language);
    const name = personName(current.account);
    pages.send(req, res, {
      title: texts.title,
      language,
      formAction: request.returnTo === null ? [] : [formActionSource(request.returnTo)],
      body: (
        <SignOutPage
          serviceName={pages.serviceName}
          texts={texts}
          action={`${paths.confirmEndSession}?${new URLSearchParams([...query])}`}
          formToken={formTokens.issue(req, res)}
          lead={request.app === null ? texts.lead(name) : texts.appAsks(request.app.name, name)}
        />
      ),
    });
  };

/** Judged anew: the address to go on to is not taken from a form. */
const confirm =
  ({ requests, signOuts, formTokens }: LogoutDependencies): RequestHandler =>
  async (req, res) => {
    const request = await requests.read(readParameters(readQuery(req)));
    await formTokens.readForm(req);
    await signOuts.signOut(req, res, request.returnTo);
  };

const logoutErrors = ({ pages }: LogoutDependencies): ErrorRequestHandler => {
  const others = pages.errors();
  return (error: unknown, req, res: Response, next) => {
    if (!(error instanceof LogoutRequestError)) return others(error, req, res, next);
    const { signOut: texts } = pages.texts(pages.language(req));
    pages.sendMessage(req, res, {
      status: 400,
      refusesItsAddress: true,
      title: texts.refusedTitle,
      text: texts.refused[error.problem],
    });
  };
};
