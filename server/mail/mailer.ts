/** Hands a finished mail over: to an SMTP server, or to nobody where people read it on the inbox page. */
import { createTransport } from 'nodemailer';

interface MailMessage {
  /** Kept over retries, so that a mail that arrives twice can be recognised. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /** @throws where the mail was not accepted */
  send(message: MailMessage): Promise<void>;
}

/** Refused for good: trying again would change nothing. */
export const isPermanentRefusal = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500;

/**
 * @param smtpUrl `smtp://user:password@host:port` or `smtps://…`
 * @param from the sender's address
 */
export const smtpMailer = (smtpUrl: string, from: string): Mailer => {
  // Together shorter than the lease of a mail: see `MailDelivery`.
  const timeouts = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 60_000 };
  const transport = createTransport({ url: smtpUrl, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  const host = from.slice(from.lastIndexOf('@') + 1).replace(/[>\s].*$/, '');
  return {
    async send(message) {
      await transport.sendMail({
        messageId: `<${message.id}@${host}>`,
        from,
        to: { name: '', address: message.to },
        subject: message.subject,
        text: message.text,
        html: message.html,
        // RFC 3834: no answering machine should answer.
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
};

/** For the inbox page, which shows what there is without it having been sent anywhere. */
export const inboxMailer: Mailer = { send: () => Promise.resolve() };
