/** The authorization endpoint: judges a request, lets it wait for its person, shows the consent page, answers the app. */
import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { personName } from '../../accounts/account.entity.ts';
import type { Browsers } from '../../http/browser.ts';
import { readForm, readQuery } from '../../http/form.ts';
import type { FormTokens } from '../../http/form-token.ts';
import { RequestError } from '../../http/request-error.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { formActionSource } from '../../http/security-headers.ts';
import type { Pages } from '../../pages/pages.http.tsx';
import type { CurrentSession, CurrentSessions } from '../../sessions/current-session.http.ts';
import { authorizationRequestPath, paths } from '../../urls.ts';
import type { IncomingRequests } from '../authorize/incoming-requests.ts';
import type { NextStep, Visitor } from '../authorize/next-step.ts';
import { UnsafeRequestError } from '../authorize/request-checks.ts';
import { redirectErrorToApp } from '../oauth2orize/redirect-response.ts';
import type { AuthorizationContext, AuthorizationEngine, Transaction } from '../oauth2orize/server.ts';
import { readParameters } from '../protocol/parameters.ts';
import { ConsentPage } from './consent.page.tsx';
import { type ConsentQuestions, initialsOf } from './consent-question.ts';
import { toOAuthError } from './oauth-responses.ts';

/** Characters of a query at most: what is longer fits into no request line on the way back. */
const queryLimit = 8000;

export interface AuthorizeDependencies {
  engine: AuthorizationEngine;
  incoming: IncomingRequests;
  currentSessions: CurrentSessions;
  browsers: Browsers;
  formTokens: FormTokens;
  pages: Pages;
  questions: ConsentQuestions;
  issuer: string;
}

/** @param aliases other paths of the endpoint itself */
export const authorizeRoutes = (deps: AuthorizeDependencies, aliases: readonly string[]): Router => {
  const router = Router();
  const { engine } = deps;
  router
    .route([paths.authorize, ...aliases])
    .get(receive(deps), engine.authorize, waitForPerson)
    .post(repeatAsGet(deps))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router
    .route(authorizationRequestPath(':id'))
    .get(recognise(deps), ...engine.resume, goOn(deps))
    .post(recognise(deps), readDecision(deps), ...engine.decide)
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router.use(authorizeErrors(deps));
  return router;
};

/**
 * A POST may come from anywhere and then brings no cookie (SameSite), so it is asked again as a GET, which does
 * (OpenID Connect Core §3.1.2.1 wants both).
 */
const repeatAsGet =
  ({ incoming }: AuthorizeDependencies): RequestHandler =>
  async (req, res) => {
    const form = await readForm(req);
    await incoming.read(readParameters(form));
    const query = new URLSearchParams([...form]).toString();
    if (query.length > queryLimit) throw RequestError.tooLarge();
    res.redirect(303, `${paths.authorize}?${query}`);
  };

/** Reads the request and proves client and redirect URI; the library sees nothing that was not read here. */
const receive =
  ({ incoming, currentSessions, browsers }: AuthorizeDependencies): RequestHandler =>
  async (req, res, next) => {
    if (req.originalUrl.length > queryLimit + 100) throw RequestError.tooLarge();
    const request = await incoming.read(readParameters(readQuery(req)));
    Object.assign(req, {
      incoming: request,
      visitor: toVisitor(await currentSessions.of(req)),
      browserHash: browsers.of(req, res).hash,
    } satisfies Partial<AuthorizationContext>);
    // The library parses the query itself: it gets one in which nothing can be missing, repeated or of another type.
    Object.defineProperty(req, 'query', { value: { response_type: 'code', client_id: request.client.app.clientId } });
    next();
  };

/** Whose browser this is, for the steps of a waiting request. */
const recognise =
  ({ currentSessions, browsers }: AuthorizeDependencies): RequestHandler =>
  async (req, _res, next) => {
    Object.assign(req, {
      visitor: toVisitor(await currentSessions.of(req)),
      browserHash: browsers.find(req)?.hash,
    } satisfies Partial<AuthorizationContext>);
    next();
  };

const toVisitor = (current: CurrentSession | null): Visitor | null =>
  current === null
    ? null
    : {
        accountId: current.account.id,
        sessionId: current.session.id,
        authenticatedAt: current.session.authenticatedAt,
        amr: current.session.amr,
        isAdministrator: current.account.isAdministrator,
      };

const waitForPerson: RequestHandler = (req, res) => {
  const id = (req as AuthorizationContext).oauth2?.transactionID;
  if (id === undefined) throw new Error('The request was not kept.');
  res.redirect(303, authorizationRequestPath(id));
};

/** The request still needs something: sends the browser to where that is asked. */
const goOn =
  (deps: AuthorizeDependencies): RequestHandler =>
  async (req, res) => {
    const { oauth2 } = req as AuthorizationContext;
    if (oauth2?.info === undefined) throw new Error('The request was not loaded.');
    const { step } = oauth2.info;
    if (step.kind === 'consent') await showConsent(deps, req, res, oauth2);
    else res.redirect(303, signInAddress(step, req.originalUrl, oauth2));
  };

const signInAddress = (step: NextStep, continuation: string, { req: { parameters } }: Transaction): string => {
  const query = new URLSearchParams({ continue: continuation.split('?', 1)[0] ?? '' });
  if (parameters.loginHint !== undefined) query.set('login_hint', parameters.loginHint);
  if (parameters.uiLocales !== undefined) query.set('ui_locales', parameters.uiLocales.join(' '));
  return `${step.kind === 'sign-up' ? paths.signUp : paths.signIn}?${query}`;
};

const showConsent = async (
  deps: AuthorizeDependencies,
  req: Request,
  res: Response,
  { client: app, req: { parameters } }: Transaction,
): Promise<void> => {
  const current = await deps.currentSessions.of(req);
  if (current === null) throw new Error('Consent was asked of nobody.');
  const { account } = current;
  const language = deps.pages.language(req, parameters.uiLocales);
  const { consent } = deps.pages.texts(language);
  const action = req.originalUrl.split('?', 1)[0] ?? '';
  const destination = new URL(parameters.redirectUri);
  deps.pages.send(req, res, {
    title: consent.title(app.name),
    language,
    formAction: [formActionSource(parameters.redirectUri)],
    body: (
      <ConsentPage
        texts={consent}
        action={action}
        formToken={deps.formTokens.issue(req, res)}
        appName={app.name}
        destination={destination.host || destination.protocol}
        registeredBy={app.owner ? personName(app.owner.getEntity()) : null}
        person={{ id: account.id, username: account.username, initials: initialsOf(personName(account)) }}
        question={await deps.questions.about(account, parameters.permissions, language, consent)}
        otherAccountHref={`${paths.signIn}?${new URLSearchParams({ continue: action })}`}
      />
    ),
  });
};

/** Takes the consent form; one that another person was shown, or that needs a sign-in first, is asked again. */
const readDecision =
  ({ formTokens }: AuthorizeDependencies): RequestHandler =>
  async (req, res, next) => {
    const form = await formTokens.readForm(req);
    const decision = form.get('decision');
    if (decision !== 'allow' && decision !== 'deny')
      throw RequestError.malformed('The decision must be allow or deny.');
    const context = req as AuthorizationContext;
    if (context.visitor === null || form.get('account') !== context.visitor.accountId) {
      res.redirect(303, req.originalUrl);
      return;
    }
    context.allowed = decision === 'allow';
    req.body = {}; // The library wants to see that somebody has read it.
    next();
  };

/** An error goes back to the app only where client and redirect URI are proven; else it is told to the person. */
const authorizeErrors =
  ({ pages, issuer }: AuthorizeDependencies): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (res.headersSent || error instanceof RequestError) return next(error);
    if (error instanceof UnsafeRequestError) {
      const texts = pages.texts(pages.language(req)).unsafeRequest;
      pages.sendMessage(req, res, { status: 400, title: texts.title, text: texts[error.reason] });
      return;
    }
    const { oauth2, incoming } = req as Partial<AuthorizationContext>;
    const redirectUri = oauth2?.redirectURI;
    if (redirectUri === undefined) return next(error);
    const state = oauth2?.req.parameters?.state ?? incoming?.parameters.get('state');
    const to = { redirectUri, ...(state === undefined ? {} : { state }) };
    redirectErrorToApp(res, issuer, to, toOAuthError(error, req, res));
  };
