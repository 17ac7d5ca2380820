/** Where a person was going when they were asked to sign in. */
import type { Form } from '../http/form.ts';
import type { AppFace } from '../pages/app-face.tsx';
import { isOwnPath } from '../urls.ts';

/** What waits at the end of the way. */
export interface Continuation {
  /** The app that a person signs in for. */
  readonly appName: string;
  readonly face: AppFace;
  /** Where its answer goes: the page's policy must let a form lead there. */
  readonly redirectUri: string;
}

/** Knows what a path leads to, in the browser with this hash; null for everything but a waiting authorization request. */
export type DescribeContinuation = (path: string, browserHash: Uint8Array) => Promise<Continuation | null>;

/** The path to go on to: ours, whatever the query says. */
export const continuationOf = (query: Form): string => {
  const path = query.get('continue');
  return isOwnPath(path) ? path : '/';
};

/** The languages that the app asked for (OpenID Connect Core §3.1.2.1). */
export const uiLocalesOf = (query: Form): string[] => (query.get('ui_locales') ?? '').split(' ').filter(Boolean);

/** The address of a page of this flow, with what the next ones need to know. */
export const withContinuation = (page: string, query: Form): string => {
  const carried = new URLSearchParams();
  for (const name of ['continue', 'ui_locales']) {
    const value = query.get(name);
    if (value !== undefined) carried.set(name, value);
  }
  return carried.size === 0 ? page : `${page}?${carried}`;
};
