/** What a mail says, before it is dressed as text, as HTML or as a card in the inbox. */
import type { Language } from '../pages/language.ts';

export interface MailContent {
  readonly subject: string;
  readonly greeting: string;
  readonly text: string;
  readonly action: { readonly label: string; readonly href: string };
  readonly closing: string;
  /** Said above the bare address of the action. */
  readonly linkHint: string;
}

/** Made when the mail is sent, so that no link is ever stored. */
export type MailTemplate = (data: Readonly<Record<string, string>>, language: Language) => MailContent;

/** By the name that stands in `outgoing_mail.template`. */
export type MailTemplates = ReadonlyMap<string, MailTemplate>;
