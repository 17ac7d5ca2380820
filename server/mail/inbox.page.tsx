/** What was sent, for those who try the product out without a mail server. */
import { Panel } from '../pages/page.tsx';
import type { Texts } from '../pages/texts.ts';
import type { MailContent } from './mail-content.ts';

interface ShownMail {
  readonly id: string;
  readonly to: string;
  readonly sentAt: Date;
  readonly content: MailContent;
}

export interface InboxPageProps {
  serviceName: string;
  texts: Texts['inbox'];
  language: string;
  mails: readonly ShownMail[];
}

export const InboxPage = ({ serviceName, texts, language, mails }: InboxPageProps) => (
  <Panel serviceName={serviceName} title={texts.title} lead={mails.length === 0 ? texts.empty : texts.lead}>
    {mails.length > 0 && (
      <ul className="mails">
        {mails.map(({ id, to, sentAt, content }) => (
          <li key={id}>
            <div>
              <h2>{content.subject}</h2>
              <p className="muted small">
                {texts.to} {to},{' '}
                <time dateTime={sentAt.toISOString()}>
                  {sentAt.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' })}
                </time>
              </p>
            </div>
            <p>{content.greeting}</p>
            <p>{content.text}</p>
            <a className="button primary wide" href={content.action.href}>
              {content.action.label}
            </a>
            <p className="muted small">{content.closing}</p>
          </li>
        ))}
      </ul>
    )}
  </Panel>
);
