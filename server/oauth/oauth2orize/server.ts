/**
 * oauth2orize, wrapped once: it dispatches requests to grants and exchanges and carries the transaction between them.
 * What is judged, stored and answered is ours; nothing else imports the library.
 */
import type { Request, RequestHandler, Response } from 'express';
import oauth2orize from 'oauth2orize';
import type { App } from '../../apps/app.entity.ts';
import { sendJson } from '../../http/send-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { IncomingRequest, IncomingRequests } from '../authorize/incoming-requests.ts';
import type { AuthorizationCodes } from '../authorize/issue-code.ts';
import { type NextStep, nextStep, type Visitor } from '../authorize/next-step.ts';
import { UnsafeRequestError } from '../authorize/request-checks.ts';
import type { Grant, TokenRequest } from '../grants/grant.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { isRegisteredRedirectUri } from '../protocol/redirect-uri.ts';
import type { Subjects } from '../tokens/subjects.ts';
import { settle } from './settle.ts';
import type { AuthorizationRequests } from './transaction-store.ts';

/** A request as the library carries it from parsing to answering. */
interface CarriedRequest {
  type: string;
  clientID: string;
  /** What the endpoint has read; judged in `validate`. */
  incoming?: IncomingRequest;
  parameters: AuthorizationParameters;
  waitingSince: Date | null;
  requestId: string | null;
}

/** oauth2orize's transaction, as it carries ours. */
export interface Transaction {
  client: App;
  redirectURI: string;
  transactionID?: string;
  req: CarriedRequest;
  user?: Visitor | null;
  info?: { step: NextStep };
}

/** What the handlers of the authorization endpoint lay onto the request for the library and for each other. */
export interface AuthorizationContext extends Request {
  incoming: IncomingRequest;
  visitor: Visitor | null;
  browserHash: Buffer | undefined;
  oauth2?: Transaction;
  allowed?: boolean;
}

/** Where an answer goes, and how. */
export type AppAddress = Pick<AuthorizationParameters, 'redirectUri' | 'responseMode' | 'state' | 'uiLocales'>;

/** Sends an answer back to the app, through the browser. */
export type AnswerApp = (res: Response, to: AppAddress, answer: Record<string, string>) => void;

/** The token endpoint's. */
export interface TokenContext extends Request {
  tokenRequest: TokenRequest;
}

export interface EngineDependencies {
  requests: AuthorizationRequests;
  codes: AuthorizationCodes;
  /** What a person has allowed an app before. */
  allowedScopes: (accountId: string, appId: string) => Promise<readonly string[]>;
  grants: readonly Grant[];
  incoming: IncomingRequests;
  subjects: Subjects;
  answerApp: AnswerApp;
  clock: Clock;
}

export interface AuthorizationEngine {
  /** Judges a new request: answers it at once, or lets it wait and goes on with `oauth2.transactionID`. */
  authorize: RequestHandler;
  /** Loads a waiting request: answers it, or goes on with `oauth2.info.step`. */
  resume: RequestHandler[];
  /** Loads a waiting request and answers it as `allowed` says. */
  decide: RequestHandler[];
  /** Redeems what the authenticated client presents. */
  token: RequestHandler;
}

type Step = { step: NextStep };

export const createAuthorizationEngine = (deps: EngineDependencies): AuthorizationEngine => {
  const server = oauth2orize.createServer<Transaction, CarriedRequest, App, Visitor, Step>({
    store: transactionStore(deps.requests),
  });

  // Synchronous and lenient: it only copies. The judging is in `validate`, where an error can still be redirected.
  server.grant('*', 'request', (req) => ({ incoming: (req as AuthorizationContext).incoming }));
  server.grant(
    oauth2orize.grant.code<Transaction, CarriedRequest, App, Visitor>(
      {
        modes: {
          // The library's only mode: which of ours it is, the writer knows.
          query: (transaction, res, answer) => deps.answerApp(res, transaction.req.parameters, answer),
        },
      },
      (app, _redirectUri, visitor, _answer, request, done) => {
        const { parameters, requestId } = request;
        settle(deps.codes.issue({ app, parameters, visitor, requestId }), done);
      },
    ),
  );
  for (const grant of deps.grants) server.exchange(grant.type, exchangeFor(grant));

  const options = { userProperty: 'visitor' };
  const immediate = (transaction: Transaction, done: (error: unknown, allow?: boolean, info?: Step) => void): void => {
    settle(findStep(deps, transaction), (error, step) =>
      step ? done(null, step.kind === 'answer', { step }) : done(error),
    );
  };

  return {
    authorize: server.authorization(options, validateWith(deps), immediate),
    resume: server.resume(options, immediate),
    decide: server.decision(options, (req, done) => {
      const { allowed, oauth2, visitor } = req as AuthorizationContext;
      if (oauth2 === undefined) throw new Error('The decision was made on no request.');
      // Only an explicit yes is one; the library's own rule takes a missing field for consent.
      const deciding = allowed === true ? mayAllow(deps, { ...oauth2, user: visitor }) : deny(deps, oauth2);
      settle(deciding, (error, allow) => (allow === undefined ? done(error) : done(null, { allow })));
    }),
    token: server.token(),
  };
};

/** Client and redirect URI go along with an error too: that is how the endpoint knows that it may be redirected. */
const validateWith =
  ({ incoming: requests }: EngineDependencies) =>
  (request: CarriedRequest, done: (error: unknown, client?: App, redirectUri?: string) => void): void => {
    const { incoming } = request;
    if (incoming === undefined) throw new Error('The authorization endpoint passed no request on.');
    const { app, redirectUri } = incoming.client;
    const judge = async (): Promise<void> => {
      request.parameters = await requests.judge(incoming);
    };
    request.waitingSince = null;
    request.requestId = null;
    settle(judge(), (error) => done(error, app, redirectUri));
  };

const findStep = async (deps: EngineDependencies, transaction: Transaction): Promise<NextStep> => {
  const { client: app, user, req } = transaction;
  const visitor = user ?? null;
  return nextStep({
    parameters: req.parameters,
    app,
    visitor,
    subject: visitor === null ? null : deps.subjects.subjectFor(app, visitor.accountId),
    allowedScopes: visitor === null ? [] : await deps.allowedScopes(visitor.accountId, app.id),
    waitingSince: req.waitingSince,
    now: deps.clock.now(),
  });
};

/** A yes counts only where nothing else is missing: who must sign in first cannot skip that by a form of their own. */
const mayAllow = async (deps: EngineDependencies, transaction: Transaction): Promise<boolean> => {
  const { kind } = await findStep(deps, transaction);
  if (kind !== 'consent' && kind !== 'answer') throw OAuthError.loginRequired();
  return true;
};

const deny = async (deps: EngineDependencies, { req }: Transaction): Promise<boolean> => {
  await deps.requests.answer({ requestId: req.requestId, pushedRequest: req.parameters.pushedRequest });
  return false;
};

const exchangeFor =
  (grant: Grant) =>
  (req: Request, res: Response, next: (error?: unknown) => void): void => {
    grant.redeem((req as TokenContext).tokenRequest).then((tokens) => sendJson(res, tokens), next);
  };

/** `remove` has nothing to do: a request is marked as answered in the transaction of its answer. */
const transactionStore = (requests: AuthorizationRequests) => ({
  store(req: Request, transaction: Transaction, done: (error: unknown, id?: string) => void) {
    const { browserHash } = req as AuthorizationContext;
    if (browserHash === undefined) throw new Error('The authorization endpoint knows no browser.');
    settle(requests.keep(transaction.client.id, transaction.req.parameters, browserHash), done);
  },
  load(req: Request, done: (error: unknown, transaction?: Transaction) => void) {
    const loading = requests.find(req.params.id, (req as AuthorizationContext).browserHash).then((found) => {
      if (found === null) throw new UnsafeRequestError('request_gone');
      const { parameters, createdAt, id } = found;
      const app = found.app.getEntity();
      const { redirectUri } = parameters;
      // It may have been taken away while the person signed in (RFC 9700 §2.1).
      if (!isRegisteredRedirectUri(redirectUri, app.redirectUris, app.type === 'native')) {
        throw new UnsafeRequestError('redirect_uri_unregistered', { app, presented: redirectUri });
      }
      return {
        client: app,
        redirectURI: redirectUri,
        transactionID: id,
        req: {
          type: 'code',
          clientID: parameters.clientId,
          parameters,
          waitingSince: createdAt,
          requestId: id,
        },
      };
    });
    settle(loading, done);
  },
  update(_req: Request, id: string, _transaction: Transaction, done: (error: unknown, id?: string) => void) {
    done(null, id);
  },
  remove(_req: Request, _id: string, done: (error: unknown) => void) {
    done(null);
  },
});
