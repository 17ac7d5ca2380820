/** Signs a browser out: asked on GET, done on POST, and told to the apps that were used in it. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { personName } from '../accounts/account.entity.ts';
import { readQuery } from '../http/form.ts';
import type { FormTokens } from '../http/form-token.ts';
import { methodNotAllowed } from '../http/route-ends.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Pages } from '../pages/pages.http.tsx';
import { isOwnPath, paths } from '../urls.ts';
import { withContinuation } from './continuation.ts';
import type { CurrentSessions } from './current-session.http.ts';
import { SignOutPage } from './sign-out.page.tsx';
import { SignedOutPage } from './signed-out.page.tsx';

/** Knows the pages of apps that a browser must open, in frames, when a session ends. */
export interface FrontChannel {
  pagesFor(sessionId: string): Promise<readonly string[]>;
}

export class SignOuts {
  constructor(
    private readonly deps: { pages: Pages; currentSessions: CurrentSessions; frontChannel: FrontChannel; jobs: Jobs },
  ) {}

  /**
   * Ends the session of this browser, lets the apps know, and goes on.
   *
   * @param next a path of ours, or an address that an app registered; null: the browser stays here
   */
  async signOut(req: Request, res: Response, next: string | null): Promise<void> {
    const { currentSessions, frontChannel, jobs } = this.deps;
    const current = await currentSessions.of(req);
    const frames = current === null ? [] : await frontChannel.pagesFor(current.session.id);
    await currentSessions.end(req, res);
    jobs.wake();
    res.set('Cache-Control', 'no-store').set('Referrer-Policy', 'no-referrer');
    // Without a place to go on to, the page of the sign-out says that it is done.
    if (frames.length === 0) {
      res
        .status(303)
        .set('Location', next ?? paths.signOut)
        .end();
    } else this.showFrames(req, res, frames, next);
  }

  private showFrames(req: Request, res: Response, frames: readonly string[], next: string | null): void {
    const { pages } = this.deps;
    const language = pages.language(req);
    const { signOut: texts } = pages.texts(language);
    pages.send(req, res, {
      title: texts.doneTitle,
      language,
      frames,
      goesOnTo: next ?? undefined,
      body: <SignedOutPage serviceName={pages.serviceName} texts={texts} frames={frames} next={next} />,
    });
  }
}

export interface SignOutDependencies {
  pages: Pages;
  formTokens: FormTokens;
  currentSessions: CurrentSessions;
  signOuts: SignOuts;
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
          lead={texts.lead(personName(current.account))}
        />
      ),
    });
  };

const signOut =
  ({ formTokens, signOuts }: SignOutDependencies): RequestHandler =>
  async (req, res) => {
    const query = readQuery(req);
    await formTokens.readForm(req);
    const next = query.get('continue');
    await signOuts.signOut(req, res, isOwnPath(next) ? next : null);
  };
