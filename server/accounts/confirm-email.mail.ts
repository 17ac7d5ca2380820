/** The mail that asks a person to confirm an address. */
import type { MailTemplate } from '../mail/mail-content.ts';
import { texts } from '../pages/texts.ts';
import type { EmailVerification } from './email-verification.ts';

export const confirmEmailMail =
  (emailVerification: EmailVerification, serviceName: string): MailTemplate =>
  (data, language) => {
    const { confirmEmail, linkHint } = texts[language].mail;
    return {
      subject: confirmEmail.subject(serviceName),
      greeting: confirmEmail.greeting(data.name ?? ''),
      text: confirmEmail.text(serviceName),
      action: { label: confirmEmail.button, href: emailVerification.link(data.challengeId ?? '') },
      closing: confirmEmail.expiry,
      linkHint,
    };
  };
