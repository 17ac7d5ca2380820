/** The inbox page: only where there is no mail server and the issuer is on this machine. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from '../http/route-ends.ts';
import { chooseLanguage } from '../pages/language.ts';
import type { Pages } from '../pages/pages.http.tsx';
import { paths } from '../urls.ts';
import { InboxPage } from './inbox.page.tsx';
import type { MailTemplates } from './mail-content.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/** The latest ones are what is looked for. */
const shown = 50;

export interface InboxDependencies {
  em: EntityManager;
  pages: Pages;
  templates: MailTemplates;
}

export const inboxRoutes = (deps: InboxDependencies): Router => {
  const router = Router();
  router.route(paths.inbox).get(showInbox(deps)).all(methodNotAllowed('GET', 'HEAD'));
  router.use(deps.pages.errors());
  return router;
};

const showInbox =
  ({ em, pages, templates }: InboxDependencies): RequestHandler =>
  async (req, res) => {
    const sent = await em.fork().find(OutgoingMail, {}, { orderBy: { id: 'desc' }, limit: shown });
    const mails = sent.flatMap(({ id, to, createdAt, template, data, locale }) => {
      const content = templates.get(template)?.(data, chooseLanguage([locale]) ?? 'en');
      return content === undefined ? [] : [{ id, to, sentAt: createdAt, content }];
    });
    const language = pages.language(req);
    const texts = pages.texts(language).inbox;
    const body = <InboxPage serviceName={pages.serviceName} texts={texts} language={language} mails={mails} />;
    pages.send(req, res, { title: texts.title, language, body });
  };
