/** The vocabulary of token exchange (RFC 8693). */
import type { Actor } from './actor.ts';

/** §3 */
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

/** What an administrator is given to act as a person; see `tokens/impersonation.ts`. */
export const impersonationTokenType = 'urn:latchkey:token-type:impersonation';

/** How many may act for each other: each exchange can add one. */
const longestChain = 5;

/**
 * @param before who acted for the subject until now
 * @returns the new actor, acting for the one before (§4.1); null where the chain would get too long
 */
export const actingFor = (sub: string, before: Actor | null): Actor | null => {
  let length = 1;
  for (let actor = before ?? undefined; actor !== undefined; actor = actor.act) length += 1;
  if (length > longestChain) return null;
  return before === null ? { sub } : { sub, act: before };
};
