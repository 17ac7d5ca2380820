/** The sign-out that the person left this page for: whoever comes back without having left to sign out is not signed out. */

const keyOf = (state: string): string => `latchkey:sign-out:${state}`;

export const keepSignOut = (state: string): void => sessionStorage.setItem(keyOf(state), 'pending');

/** Once only: an answer that is opened again finds nothing. */
export const takeSignOut = (state: string | null): boolean => {
  if (state === null) return false;
  const pending = sessionStorage.getItem(keyOf(state)) !== null;
  sessionStorage.removeItem(keyOf(state));
  return pending;
};
