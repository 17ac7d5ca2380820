/** Sends what waits in the outbox: at least once, after the change that it tells of is kept, on whichever node comes first. */
import type { Logger } from 'pino';
import type { Statements } from '../database/statements.ts';
import { pauseAfter, WorkLoop } from '../jobs/work-loop.ts';
import { type Clock, secondsAfter } from '../kernel/clock.ts';
import { chooseLanguage } from '../pages/language.ts';
import type { MailTemplates } from './mail-content.ts';
import { mailHtml, mailText } from './mail-message.tsx';
import { isPermanentRefusal, type Mailer } from './mailer.ts';

interface WaitingMail {
  readonly id: string;
  readonly to: string;
  readonly template: string;
  readonly data: Record<string, string>;
  readonly locale: string;
  readonly attempts: number;
}

const batch = 10;
/** Seconds for which a node has a mail to itself; a node that dies meanwhile leaves it to the next one. */
const lease = 300;
/** With the pauses between them, some three days. */
const maxAttempts = 20;
/** Seconds before the second attempt. */
const firstPause = 30;

const claim = {
  name: 'outgoing_mail_claim',
  text: `update outgoing_mail set attempts = attempts + 1, next_attempt_at = $2
    where id in (
      select id from outgoing_mail where next_attempt_at <= $1 order by next_attempt_at limit ${batch} for update skip locked
    )
    returning id, recipient as "to", template, data, locale, attempts`,
};

const settle = {
  name: 'outgoing_mail_settle',
  text: 'update outgoing_mail set sent_at = $2, next_attempt_at = $3, last_error = $4 where id = $1',
};

export class MailDelivery {
  private readonly statements: Statements;
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly templates: MailTemplates;
  private readonly mailer: Mailer;
  private readonly serviceName: string;
  private readonly loop: WorkLoop;

  constructor(dependencies: {
    statements: Statements;
    clock: Clock;
    log: Logger;
    templates: MailTemplates;
    mailer: Mailer;
    serviceName: string;
  }) {
    this.statements = dependencies.statements;
    this.clock = dependencies.clock;
    this.log = dependencies.log;
    this.templates = dependencies.templates;
    this.mailer = dependencies.mailer;
    this.serviceName = dependencies.serviceName;
    this.loop = new WorkLoop({ log: this.log, what: 'mail', work: () => this.deliver() });
  }

  /** Looks into the outbox now and then, until `stop`. */
  start(): void {
    this.loop.start();
  }

  /** Resolves when the mail that is being sent is sent. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Sends everything that is due. */
  async deliver(): Promise<void> {
    let claimed: WaitingMail[];
    do {
      const now = this.clock.now();
      claimed = await this.statements.rows<WaitingMail>(claim, [now, secondsAfter(now, lease)]);
      await Promise.all(claimed.map((mail) => this.attempt(mail)));
    } while (claimed.length === batch && !this.loop.isStopped);
  }

  private async attempt(mail: WaitingMail): Promise<void> {
    try {
      await this.mailer.send(this.compose(mail));
    } catch (error) {
      const givenUp = isPermanentRefusal(error) || mail.attempts >= maxAttempts;
      const next = givenUp ? null : secondsAfter(this.clock.now(), pauseAfter(mail.attempts, firstPause));
      const [reason = ''] = (error instanceof Error ? error.message : '').split('\n');
      this.log.warn({ err: error, mail: mail.id, attempts: mail.attempts, givenUp }, 'mail was not sent');
      await this.statements.rows(settle, [mail.id, null, next, reason.slice(0, 300)]);
      return;
    }
    await this.statements.rows(settle, [mail.id, this.clock.now(), null, null]);
  }

  private compose(mail: WaitingMail) {
    const template = this.templates.get(mail.template);
    if (template === undefined) throw new Error(`There is no mail template ${mail.template}.`);
    const language = chooseLanguage([mail.locale]) ?? 'en';
    const content = template(mail.data, language);
    return {
      id: mail.id,
      to: mail.to,
      subject: content.subject,
      text: mailText(content),
      html: mailHtml(content, this.serviceName, language),
    };
  }
}
