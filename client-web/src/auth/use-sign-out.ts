/** Signing out: the browser session ends at the server, and every tab forgets its tokens. */
import { useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../graphql/generated/gql.ts';
import { useSignIn } from './signed-in.tsx';

const CurrentSession = graphql(/* GraphQL */ `
  query CurrentSession {
    me {
      id
      sessions(first: 100) {
        nodes {
          id
          current
        }
      }
    }
  }
`);

const EndCurrentSession = graphql(/* GraphQL */ `
  mutation EndCurrentSession($input: EndSessionInput!) {
    endSession(input: $input) {
      endedSessionId
      userErrors {
        code
      }
    }
  }
`);

export const useSignOut = (): { signOut: () => Promise<void>; busy: boolean } => {
  const client = useClient();
  const signIn = useSignIn();
  const [busy, setBusy] = useState(false);
  const signOut = async () => {
    setBusy(true);
    try {
      const { data } = await client.query(CurrentSession, {}, { requestPolicy: 'network-only' });
      const current = data?.me.sessions.nodes.find((session) => session.current);
      const ended =
        current === undefined ? null : await client.mutation(EndCurrentSession, { input: { id: current.id } });
      if (ended?.data?.endSession.endedSessionId) signIn.signedOut();
      // The server's own page ends the session where the API cannot be reached or does not know it.
      else window.location.assign('/sign-out');
    } finally {
      setBusy(false);
    }
  };
  return { signOut, busy };
};
