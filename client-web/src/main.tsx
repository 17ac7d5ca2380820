/** Puts the page together and starts it. */
import './styles.css';
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Provider as GraphQLProvider } from 'urql';
import { SignIn } from './auth/sign-in.ts';
import { SignInProvider, useSignInState } from './auth/signed-in.tsx';
import { createGraphQLClient } from './graphql/client.ts';
import { currentLanguage, startLanguage } from './language/language.ts';
import { createRouter } from './routes.tsx';

const signIn = new SignIn({ origin: window.location.origin, now: () => Date.now(), language: currentLanguage });

const App = ({ router }: { router: ReturnType<typeof createRouter> }) => {
  const state = useSignInState();
  const subject = state.at === 'signed-in' ? state.subject : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person begins with an empty cache
  const client = useMemo(() => createGraphQLClient({ signIn, language: currentLanguage }), [subject]);
  return (
    <GraphQLProvider value={client}>
      <RouterProvider router={router} />
    </GraphQLProvider>
  );
};

const start = async () => {
  await startLanguage();
  const address = new URL(window.location.href);
  // The answer's code must not stay in the history, nor be seen by the router.
  if (address.pathname === '/callback') window.history.replaceState(null, '', '/callback');
  const router = createRouter();
  const root = document.querySelector('#root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <SignInProvider signIn={signIn}>
        <App router={router} />
      </SignInProvider>
    </StrictMode>,
  );
  await signIn.start(address, (path) => router.navigate(path, { replace: true }));
};

void start();
