/** What went wrong with a request, in the few kinds that a person can do something about. */
import type { CombinedError } from 'urql';

export type Problem =
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'not-found' }
  /** `retryAfter` in seconds, where the server said so. */
  | { readonly kind: 'rate-limited'; readonly retryAfter: number | null }
  /** Something that the server refused for a reason that it gives in words. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The request id is what an operator finds the cause by. */
  | { readonly kind: 'internal'; readonly requestId: string | null };

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const problemOf = (error: CombinedError): Problem => {
  const [first] = error.graphQLErrors;
  if (first === undefined) {
    const response: unknown = error.response;
    if (response instanceof Response) {
      if (response.status === 401) return { kind: 'signed-out' };
      if (response.status === 429) {
        const seconds = Number(response.headers.get('retry-after'));
        return { kind: 'rate-limited', retryAfter: seconds > 0 ? seconds : null };
      }
      if (response.status < 502) return { kind: 'internal', requestId: response.headers.get('x-request-id') };
    }
    return { kind: 'offline' };
  }
  const { code, requestId, retryAfter } = first.extensions;
  switch (code) {
    case 'UNAUTHENTICATED':
      return { kind: 'signed-out' };
    case 'FORBIDDEN':
      return { kind: 'forbidden' };
    case 'NOT_FOUND':
      return { kind: 'not-found' };
    case 'RATE_LIMITED':
      return { kind: 'rate-limited', retryAfter: typeof retryAfter === 'number' ? retryAfter : null };
    case 'CONFLICT':
    case 'BAD_USER_INPUT':
      return { kind: 'refused', message: first.message };
    default:
      return { kind: 'internal', requestId: textOf(requestId) };
  }
};
