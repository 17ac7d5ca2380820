/** The sign-in that the person left this page for: what it began with, and where to go on afterwards. */
import type { SignInAttempt } from './authorization-server.ts';

export interface PendingSignIn extends SignInAttempt {
  /** A path of this page. */
  readonly returnTo: string;
}

/** One entry for each attempt: two tabs may share a storage where one was opened from the other. */
const keyOf = (state: string): string => `latchkey:sign-in:${state}`;

const isPending = (value: unknown): value is PendingSignIn =>
  typeof value === 'object' &&
  value !== null &&
  ['state', 'nonce', 'codeVerifier', 'returnTo'].every((key) => typeof Reflect.get(value, key) === 'string');

export const keepPending = (pending: PendingSignIn): void => {
  sessionStorage.setItem(keyOf(pending.state), JSON.stringify(pending));
};

/** Once only: an answer that is opened again finds nothing. */
export const takePending = (state: string | null): PendingSignIn | null => {
  if (state === null) return null;
  const text = sessionStorage.getItem(keyOf(state));
  sessionStorage.removeItem(keyOf(state));
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return isPending(value) && /^\/(?![/\\])/.test(value.returnTo) ? value : null;
};
