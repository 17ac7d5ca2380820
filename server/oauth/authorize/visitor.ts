/** The person whom the browser's session speaks for. */
import type { LiveSession } from '../../sessions/browser-sessions.ts';
import type { Visitor } from './next-step.ts';

export const visitorOf = ({ account, session }: LiveSession): Visitor => ({
  accountId: account.id,
  sessionId: session.id,
  authenticatedAt: session.authenticatedAt,
  amr: session.amr,
  isAdministrator: account.isAdministrator,
});
