/** Hands the sign-in to components. */
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { SignIn, SignInState } from './sign-in.ts';

const Context = createContext<SignIn | null>(null);

export const SignInProvider = ({ signIn, children }: { signIn: SignIn; children: ReactNode }) => (
  <Context value={signIn}>{children}</Context>
);

export const useSignIn = (): SignIn => {
  const signIn = useContext(Context);
  if (signIn === null) throw new Error('useSignIn outside of a SignInProvider');
  return signIn;
};

export const useSignInState = (): SignInState => {
  const signIn = useSignIn();
  return useSyncExternalStore(signIn.subscribe, signIn.snapshot);
};

/** What the token reaches: what the API would refuse is not offered. */
export const useScopes = (): ReadonlySet<string> => {
  const state = useSignInState();
  return state.at === 'signed-in' ? state.scopes : new Set();
};
