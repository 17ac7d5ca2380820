/** The authorization endpoint: judges a request, lets it wait for its person, shows the consent page, answers the app. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { personName } from '../../accounts/account.entity.ts';
import { faceOf } from '../../apps/app-face.ts';
import type { Browsers } from '../../http/browser.ts';
import { type ClientAddresses, networkOf } from '../../http/client-address.ts';
import { readForm, readQuery } from '../../http/form.ts';
import type { FormTokens } from '../../http/form-token.ts';
import { RequestError } from '../../http/request-error.ts';
import { methodNotAllowed } from '../../http/route-ends.ts';
import { formActionSource } from '../../http/security-headers.ts';
import { picturesOf } from '../../pages/app-face.tsx';
import type { Pages } from '../../pages/pages.http.tsx';
import type { CurrentSession, CurrentSessions } from '../../sessions/current-session.http.ts';
import { authorizationRequestPath, paths } from '../../urls.ts';
import type { IncomingRequests } from '../authorize/incoming-requests.ts';
import type { NextStep, Visitor } from '../authorize/next-step.ts';
import { visitorOf } from '../authorize/visitor.ts';
import type { AnswerApp, AuthorizationContext, AuthorizationEngine, Transaction } from '../oauth2orize/server.ts';
import type { AuthorizationRequests } from '../oauth2orize/transaction-store.ts';
import { readParameters } from '../protocol/parameters.ts';
import { authorizeErrors } from './authorize-errors.http.tsx';
import { ChooseAccountPage } from './choose-account.page.tsx';
import { ConsentPage } from './consent.page.tsx';
import { type ConsentQuestions, initialsOf, registrantOf } from './consent-question.ts';

/** Characters of a query at most: what is longer fits into no request line on the way back. */
const queryLimit = 8000;

export interface AuthorizeDependencies {
  engine: AuthorizationEngine;
  incoming: IncomingRequests;
  requests: AuthorizationRequests;
  addresses: ClientAddresses;
  currentSessions: CurrentSessions;
  browsers: Browsers;
  formTokens: FormTokens;
  pages: Pages;
  questions: ConsentQuestions;
  answerApp: AnswerApp;
}

/** @param aliases other paths of the endpoint itself */
export const authorizeRoutes = (deps: AuthorizeDependencies, aliases: readonly string[]): Router => {
  const router = Router();
  const { engine } = deps;
  const onlyGetAndPost = methodNotAllowed('GET', 'POST');
  router
    .route([paths.authorize, ...aliases])
    .head(onlyGetAndPost) // Who only looks must be given no code (RFC 9110 §9.2.1), which a GET may give.
    .get(receive(deps), engine.authorize, waitForPerson)
    .post(repeatAsGet(deps))
    .all(onlyGetAndPost);
  router
    .route(authorizationRequestPath(':id'))
    .head(onlyGetAndPost)
    .get(recognise(deps), ...engine.resume, goOn(deps))
    .post(recognise(deps), readDecision(deps), ...engine.decide)
    .all(onlyGetAndPost);
  router.use(authorizeErrors(deps));
  return router;
};

/**
 * A POST may come from anywhere and then brings no cookie (SameSite), so it is asked again as a GET, which does
 * (OpenID Connect Core §3.1.2.1 wants both).
 */
const repeatAsGet =
  ({ incoming, addresses }: AuthorizeDependencies): RequestHandler =>
  async (req, res) => {
    const form = await readForm(req);
    await incoming.read(readParameters(form), networkOf(addresses.of(req)));
    const query = new URLSearchParams([...form]).toString();
    if (query.length > queryLimit) throw RequestError.tooLarge();
    res.redirect(303, `${paths.authorize}?${query}`);
  };

/** Reads the request and proves client and redirect URI; the library sees nothing that was not read here. */
const receive =
  ({ incoming, addresses, currentSessions, browsers }: AuthorizeDependencies): RequestHandler =>
  async (req, res, next) => {
    if (req.originalUrl.length > queryLimit + 100) throw RequestError.tooLarge();
    const request = await incoming.read(readParameters(readQuery(req)), networkOf(addresses.of(req)));
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

const toVisitor = (current: CurrentSession | null): Visitor | null => (current === null ? null : visitorOf(current));

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
    const current = await deps.currentSessions.of(req);
    if (step.kind === 'consent') await showConsent(deps, req, res, oauth2, signedIn(current));
    else if (step.kind === 'choose-account') showChoice(deps, req, res, oauth2, signedIn(current));
    else res.redirect(303, signInAddress(step, req.originalUrl, oauth2, current));
  };

/** The step itself says that somebody is. */
const signedIn = (current: CurrentSession | null): CurrentSession['account'] => {
  if (current === null) throw new Error('A question was put to nobody.');
  return current.account;
};

const signInAddress = (
  step: NextStep,
  continuation: string,
  { req: { parameters } }: Transaction,
  current: CurrentSession | null,
): string => {
  const query = new URLSearchParams({ continue: pathOf(continuation) });
  // Who must prove again who they are need not type their name; where somebody else is meant, it would be the wrong one.
  const hint =
    parameters.loginHint ??
    (parameters.onlySubjects === undefined && step.kind === 'sign-in' ? current?.account.username : undefined);
  if (hint !== undefined) query.set('login_hint', hint);
  if (parameters.uiLocales !== undefined) query.set('ui_locales', parameters.uiLocales.join(' '));
  return `${step.kind === 'sign-up' ? paths.signUp : paths.signIn}?${query}`;
};

const pathOf = (address: string): string => address.split('?', 1)[0] ?? '';

const otherAccount = (continuation: string): string =>
  `${paths.signIn}?${new URLSearchParams({ continue: continuation })}`;

const showChoice = (
  deps: AuthorizeDependencies,
  req: Request,
  res: Response,
  { client: app, req: { parameters } }: Transaction,
  account: CurrentSession['account'],
): void => {
  const language = deps.pages.language(req, parameters.uiLocales);
  const { chooseAccount, signIn } = deps.pages.texts(language);
  const action = pathOf(req.originalUrl);
  deps.pages.send(req, res, {
    title: chooseAccount.title,
    language,
    formAction: [formActionSource(parameters.redirectUri)],
    body: (
      <ChooseAccountPage
        serviceName={deps.pages.serviceName}
        texts={{ ...chooseAccount, toContinueTo: signIn.toContinueTo }}
        action={action}
        formToken={deps.formTokens.issue(req, res)}
        appName={app.name}
        person={{ id: account.id, name: personName(account), username: account.username, email: account.email }}
        otherAccountHref={otherAccount(action)}
      />
    ),
  });
};

const showConsent = async (
  deps: AuthorizeDependencies,
  req: Request,
  res: Response,
  { client: app, req: { parameters } }: Transaction,
  account: CurrentSession['account'],
): Promise<void> => {
  const language = deps.pages.language(req, parameters.uiLocales);
  const { consent, appFace } = deps.pages.texts(language);
  const action = pathOf(req.originalUrl);
  const face = faceOf(app, parameters.redirectUri);
  const destination = new URL(parameters.redirectUri);
  deps.pages.send(req, res, {
    title: consent.title(app.name),
    language,
    formAction: [formActionSource(parameters.redirectUri)],
    pictures: picturesOf(face),
    body: (
      <ConsentPage
        texts={{ ...consent, appFace }}
        face={face}
        action={action}
        formToken={deps.formTokens.issue(req, res)}
        appName={app.name}
        destination={destination.host || destination.protocol}
        registeredBy={registrantOf(app)}
        person={{ id: account.id, username: account.username, initials: initialsOf(personName(account)) }}
        question={await deps.questions.about(account, parameters.permissions, language, consent)}
        otherAccountHref={otherAccount(action)}
      />
    ),
  });
};

/** Takes the answer to a question; one that another person was shown, or that needs a sign-in first, is asked again. */
const readDecision =
  ({ formTokens, requests }: AuthorizeDependencies): RequestHandler =>
  async (req, res, next) => {
    const form = await formTokens.readForm(req);
    const decision = form.get('decision');
    if (decision !== 'allow' && decision !== 'deny' && decision !== 'continue') {
      throw RequestError.malformed('The decision must be allow, deny or continue.');
    }
    const context = req as AuthorizationContext;
    const isWhoWasAsked = context.visitor !== null && form.get('account') === context.visitor.accountId;
    if (isWhoWasAsked && decision === 'continue') await requests.goOnAs(req.params.id, context.browserHash);
    if (!isWhoWasAsked || decision === 'continue') {
      res.redirect(303, req.originalUrl);
      return;
    }
    context.allowed = decision === 'allow';
    req.body = {}; // The library wants to see that somebody has read it.
    next();
  };
