/** The page behind the link of a confirmation mail. */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { readQuery } from '../http/form.ts';
import type { FormTokens } from '../http/form-token.ts';
import { methodNotAllowed } from '../http/route-ends.ts';
import type { Pages } from '../pages/pages.http.tsx';
import { paths } from '../urls.ts';
import { ConfirmEmailPage } from './confirm-email.page.tsx';
import type { EmailVerification } from './email-verification.ts';

export interface ConfirmEmailDependencies {
  pages: Pages;
  formTokens: FormTokens;
  emailVerification: EmailVerification;
}

export const confirmEmailRoutes = (deps: ConfirmEmailDependencies): Router => {
  const router = Router();
  router
    .route(paths.confirmEmail)
    .get(ask(deps))
    .post(confirm(deps))
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  router.use(deps.pages.errors());
  return router;
};

const linkOf = (req: Request): { id: string; key: string } => {
  const query = readQuery(req);
  return { id: query.get('id') ?? '', key: query.get('key') ?? '' };
};

const sendInvalid = (pages: Pages, req: Request, res: Response): void => {
  const texts = pages.texts(pages.language(req)).confirmEmail;
  pages.sendMessage(req, res, { status: 404, title: texts.invalidTitle, text: texts.invalid });
};

const ask =
  ({ pages, formTokens, emailVerification }: ConfirmEmailDependencies): RequestHandler =>
  async (req, res) => {
    const link = linkOf(req);
    const email = await emailVerification.addressOf(link.id, link.key);
    if (email === null) return sendInvalid(pages, req, res);
    const language = pages.language(req);
    const texts = pages.texts(language).confirmEmail;
    pages.send(req, res, {
      title: texts.title,
      language,
      body: (
        <ConfirmEmailPage
          serviceName={pages.serviceName}
          texts={texts}
          action={`${paths.confirmEmail}?${new URLSearchParams(link)}`}
          formToken={formTokens.issue(req, res)}
          email={email}
        />
      ),
    });
  };

const confirm =
  ({ pages, formTokens, emailVerification }: ConfirmEmailDependencies): RequestHandler =>
  async (req, res) => {
    const { id, key } = linkOf(req);
    await formTokens.readForm(req);
    const email = await emailVerification.confirm(id, key);
    if (email === null) return sendInvalid(pages, req, res);
    const texts = pages.texts(pages.language(req)).confirmEmail;
    const action = { href: '/', label: texts.goOn };
    pages.sendMessage(req, res, { title: texts.doneTitle, text: texts.done(email), action });
  };
