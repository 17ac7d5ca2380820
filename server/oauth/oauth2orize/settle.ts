/** Ends a promise in a callback, as `util.callbackify` does: what the callback throws must not come back as a second call. */
type Done<T> = (error: unknown, value?: T) => void;

export const settle = <T>(work: Promise<T>, done: Done<T>): void => {
  work.then(
    (value) => process.nextTick(done, null, value),
    (error: unknown) => process.nextTick(done, error),
  );
};
