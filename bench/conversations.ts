/** What the connections say in each case, to each contender: the same question in the words that it understands. */
import { createHash } from 'node:crypto';
import type { Contender } from './contenders.ts';
import { dpopProof } from './dpop-proof.ts';
import type { BenchClient, BenchData } from './latchkey-data.ts';
import type { Answer, Conversation } from './load.ts';

export const cases = [
  'me',
  'me_dpop',
  'userinfo',
  'client_credentials',
  'introspection',
  'refresh',
  'code_flow',
] as const;
export type Case = (typeof cases)[number];

/** The floor has no pages and no flow: nothing that it did there would be a floor of anything. */
export const takesPart = (contender: Contender, what: Case): boolean => contender !== 'floor' || what !== 'code_flow';

/** Where a contender answers. */
export interface Endpoints {
  /** GraphQL, or userinfo where there is none. */
  readonly me: { readonly method: 'GET' | 'POST'; readonly path: string };
  readonly userinfo: string;
  readonly token: string;
  readonly introspection: string;
  readonly pushedRequest: string;
  readonly authorize: string;
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
  me: (target) => ({
    request: () => askMe(target, `Bearer ${anyOf(target.data.accessTokens)}`),
    answered: (answer) => expect(answer, 200, '@bench.example"'),
  }),
  me_dpop: (target) => {
    const { method, path } = target.endpoints.me;
    return {
      request: () => {
        const token = anyOf(target.data.boundTokens);
        const proof = dpopProof(target.data.proofKey, method, `http://${hostOf(target)}${path}`, token);
        return askMe(target, `DPoP ${token}\r\nDPoP: ${proof}`);
      },
      answered: (answer) => expect(answer, 200, '@bench.example"'),
    };
  },
  userinfo: (target) => ({
    request: () => get(target, target.endpoints.userinfo, `Authorization: Bearer ${anyOf(target.data.accessTokens)}`),
    answered: (answer) => expect(answer, 200, '@bench.example"'),
  }),
  client_credentials: (target) => {
    const request = form(target, target.endpoints.token, 'grant_type=client_credentials&scope=read');
    return { request: () => request, answered: (answer) => expect(answer, 200, '"access_token":"') };
  },
  introspection: (target) => ({
    request: () => form(target, target.endpoints.introspection, `token=${anyOf(target.data.accessTokens)}`),
    answered: (answer) => expect(answer, 200, '"active":true'),
  }),
  refresh: (target, index) => {
    let refreshToken = target.data.refreshTokens[index];
    if (refreshToken === undefined) throw new Error('There are fewer refresh tokens than connections.');
    return {
      request: () => form(target, target.endpoints.token, `grant_type=refresh_token&refresh_token=${refreshToken}`),
      answered: (answer) => {
        expect(answer, 200, '"refresh_token":"');
        refreshToken = (JSON.parse(answer.body.toString()) as { refresh_token: string }).refresh_token;
      },
    };
  },
  code_flow: (target, index) => {
    const cookie = target.data.sessionCookies[index]?.(target.port);
    if (cookie === undefined) throw new Error('There are fewer sessions than connections.');
    return new CodeFlow(target, cookie);
  },
};

const verifier = 'a-verifier-that-everybody-may-know-because-the-bench-is-no-attack';

/** A browser that is signed in, and its app: pushes a request, sends the browser, redeems the code; and again. */
class CodeFlow implements Conversation {
  private next: () => string;

  constructor(
    private readonly target: Target,
    private readonly cookie: string,
  ) {
    this.next = this.push;
  }

  request(): string {
    return this.next();
  }

  answered(answer: Answer): void {
    if (this.next === this.push) {
      expect(answer, 201, '"request_uri":"');
      const { request_uri: uri } = JSON.parse(answer.body.toString()) as { request_uri: string };
      this.next = () => this.authorize(uri);
    } else if (answer.location !== null) {
      const code = URL.parse(answer.location)?.searchParams.get('code');
      if (!code) throw new Error(`Expected a code, was sent to ${answer.location}`);
      this.next = () => this.redeem(code);
    } else {
      expect(answer, 200, '"id_token":"');
      this.next = this.push;
    }
  }

  private push = (): string => {
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    return form(
      this.target,
      this.target.endpoints.pushedRequest,
      `response_type=code&client_id=${this.target.data.client.clientId}&redirect_uri=${redirectUri}` +
        `&scope=openid+profile+email&state=of-the-bench&code_challenge=${challenge}&code_challenge_method=S256`,
    );
  };

  private authorize(uri: string): string {
    const query = `client_id=${this.target.data.client.clientId}&request_uri=${encodeURIComponent(uri)}`;
    return get(this.target, `${this.target.endpoints.authorize}?${query}`, `Cookie: ${this.cookie}`);
  }

  private redeem(code: string): string {
    return form(
      this.target,
      this.target.endpoints.token,
      `grant_type=authorization_code&code=${code}&redirect_uri=${redirectUri}&code_verifier=${verifier}`,
    );
  }
}

const redirectUri = encodeURIComponent('https://bench.example/callback');

const anyOf = (tokens: readonly string[]): string => {
  const token = tokens[Math.floor(Math.random() * tokens.length)];
  if (token === undefined) throw new Error('There are no tokens.');
  return token;
};

const hostOf = ({ port }: Target): string => `localhost:${port}`;

const get = (target: Target, path: string, header: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${hostOf(target)}\r\n${header}\r\nAccept: application/json\r\n\r\n`;

/** @param authorization the header's value; more headers may follow it */
const askMe = (target: Target, authorization: string): string => {
  const { method, path } = target.endpoints.me;
  if (method === 'GET') return get(target, path, `Authorization: ${authorization}`);
  return (
    `POST ${path} HTTP/1.1\r\nHost: ${hostOf(target)}\r\nAuthorization: ${authorization}\r\nAccept: application/json\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${meQuery.length}\r\n\r\n${meQuery}`
  );
};

const basic = ({ clientId, secret }: BenchClient): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;

const form = (target: Target, path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nHost: ${hostOf(target)}\r\nAuthorization: ${basic(target.data.client)}\r\n` +
  `Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** @throws where the answer is not a success that holds `marker`: failures would be quick, and count as speed */
const expect = (answer: Answer, status: number, marker: string): void => {
  if (answer.status === status && answer.body.includes(marker)) return;
  throw new Error(`Expected ${status} with ${marker}, got ${answer.status}: ${answer.body.toString().slice(0, 400)}`);
};
