import { useState } from 'react';
import { useSignIn } from './signed-in.tsx';

export const useSignOut = (): { signOut: () => Promise<void>; busy: boolean } => {
  const signIn = useSignIn();
  const [busy, setBusy] = useState(false);
  const signOut = async () => {
    setBusy(true);
    try {
      await signIn.signOut();
    } finally {
      setBusy(false);
    }
  };
  return { signOut, busy };
};
