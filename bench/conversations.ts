/** What the connections say in each case, to each contender: the same question in the words that it understands. */
import type { BenchClient, BenchData } from './latchkey-data.ts';
import type { Answer, Conversation } from './load.ts';

export const cases = ['me', 'client_credentials', 'introspection', 'refresh'] as const;
export type Case = (typeof cases)[number];

/** Where a contender answers. */
export interface Endpoints {
  /** GraphQL, or userinfo where there is none. */
  readonly me: { readonly method: 'GET' | 'POST'; readonly path: string };
  readonly token: string;
  readonly introspection: string;
}

export interface Target {
  readonly port: number;
  readonly endpoints: Endpoints;
  readonly data: BenchData;
}

const meQuery = JSON.stringify({ query: 'query { me { id username email } }' });

/**
 * One conversation for each connection. They keep what they learn: the refresh token of an answer is what the next request of
 * that connection presents, in this round and in the later ones.
 */
export const startConversations = (target: Target, what: Case, connections: number): Conversation[] =>
  Array.from({ length: connections }, (_, index) => conversations[what](target, index));

const conversations: Record<Case, (target: Target, index: number) => Conversation> = {
  me: ({ port, endpoints, data }) => {
    const { method, path } = endpoints.me;
    const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer `;
    const tail =
      method === 'GET'
        ? '\r\nAccept: application/json\r\n\r\n'
        : `\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: ${meQuery.length}\r\n\r\n${meQuery}`;
    return {
      request: () => head + anyOf(data.accessTokens) + tail,
      answered: (answer) => expect(answer, '@bench.example"'),
    };
  },
  client_credentials: (target) => {
    const request = form(target, target.endpoints.token, 'grant_type=client_credentials&scope=read');
    return { request: () => request, answered: (answer) => expect(answer, '"access_token":"') };
  },
  introspection: (target) => ({
    request: () => form(target, target.endpoints.introspection, `token=${anyOf(target.data.accessTokens)}`),
    answered: (answer) => expect(answer, '"active":true'),
  }),
  refresh: (target, index) => {
    let refreshToken = target.data.refreshTokens[index];
    if (refreshToken === undefined) throw new Error('There are fewer refresh tokens than connections.');
    return {
      request: () => form(target, target.endpoints.token, `grant_type=refresh_token&refresh_token=${refreshToken}`),
      answered: (answer) => {
        expect(answer, '"refresh_token":"');
        refreshToken = (JSON.parse(answer.body.toString()) as { refresh_token: string }).refresh_token;
      },
    };
  },
};

const anyOf = (tokens: readonly string[]): string => {
  const token = tokens[Math.floor(Math.random() * tokens.length)];
  if (token === undefined) throw new Error('There are no tokens.');
  return token;
};

const basic = ({ clientId, secret }: BenchClient): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;

const form = ({ port, data }: Target, path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: ${basic(data.client)}\r\nAccept: application/json\r\n` +
  `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** @throws where the answer is not a success that holds `marker`: failures would be quick, and count as speed */
const expect = (answer: Answer, marker: string): void => {
  if (answer.status === 200 && answer.body.includes(marker)) return;
  throw new Error(`Expected 200 with ${marker}, got ${answer.status}: ${answer.body.toString().slice(0, 400)}`);
};
