/** Dresses a mail: as plain text, and as HTML that every mail program understands. */
import { renderToStaticMarkup } from 'react-dom/server';
import type { Language } from '../pages/language.ts';
import type { MailContent } from './mail-content.ts';

export const mailText = (content: MailContent): string =>
  `${content.greeting}\n\n${content.text}\n\n${content.action.label}:\n${content.action.href}\n\n${content.closing}\n`;

const font = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif";

const MailBody = ({
  content,
  serviceName,
  language,
}: {
  content: MailContent;
  serviceName: string;
  language: Language;
}) => (
  <html lang={language}>
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta name="color-scheme" content="light dark" />
      <title>{content.subject}</title>
    </head>
    <body style={{ margin: 0, padding: '32px 16px', font: `400 15px/1.55 ${font}` }}>
      <div style={{ maxWidth: '480px', margin: '0 auto' }}>
        <p style={{ margin: '0 0 24px', fontWeight: 620 }}>{serviceName}</p>
        <p style={{ margin: '0 0 12px' }}>{content.greeting}</p>
        <p style={{ margin: '0 0 24px' }}>{content.text}</p>
        <p style={{ margin: '0 0 24px' }}>
          <a
            href={content.action.href}
            style={{
              display: 'inline-block',
              padding: '12px 20px',
              borderRadius: '6px',
              background: '#3459b8',
              color: '#ffffff',
              fontWeight: 560,
              textDecoration: 'none',
            }}
          >
            {content.action.label}
          </a>
        </p>
        <p style={{ margin: '0 0 24px' }}>{content.closing}</p>
        <p style={{ margin: 0, fontSize: '13px', opacity: 0.75 }}>
          {content.linkHint}
          <br />
          <span style={{ overflowWrap: 'anywhere' }}>{content.action.href}</span>
        </p>
      </div>
    </body>
  </html>
);

export const mailHtml = (content: MailContent, serviceName: string, language: Language): string =>
  `<!doctype html>${renderToStaticMarkup(<MailBody content={content} serviceName={serviceName} language={language} />)}`;
