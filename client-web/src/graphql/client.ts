/** The GraphQL client: the one way in which this page talks to the API. */
import { authExchange } from '@urql/exchange-auth';
import { Client, fetchExchange } from 'urql';
import { SignInRefused } from '../auth/grant.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { graphCache } from './cache.ts';

/** @param language in which the API words what people read, e.g. what an app may see */
export const createGraphQLClient = ({ signIn, language }: { signIn: SignIn; language: () => string }): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    // Each request carries a proof of its own, so the token is put in at the very end.
    fetch: signIn.fetch,
    fetchOptions: () => ({ headers: { 'accept-language': language() } }),
    exchanges: [
      graphCache(),
      authExchange(async () => ({
        addAuthToOperation: (operation) => operation,
        willAuthError: () => signIn.tokens.stale,
        didAuthError(error) {
          const response: unknown = error.response;
          return (
            (response instanceof Response && response.status === 401) ||
            error.graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED')
          );
        },
        async refreshAuth() {
          try {
            await signIn.renew();
          } catch (error) {
            // Signed out, or no network: the request itself will say which.
            if (!(error instanceof SignInRefused)) console.warn('The sign-in could not be renewed.', error);
          }
        },
      })),
      fetchExchange,
    ],
  });
