/**
 * The load: keep-alive connections over bare sockets, each with one request in flight, the next one sent when its answer is
 * complete. It does as little as it can for each request, so that it is never what is measured.
 */
import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';

export interface Answer {
  readonly status: number;
  /** Where a redirect leads. */
  readonly location: string | null;
  readonly body: Buffer;
}

/** What one connection says, and what it makes of the answers. */
export interface Conversation {
  /** The next request, ready for the wire. */
  request(): string;
  /** @throws where the answer is not what a working server says */
  answered(answer: Answer): void;
}

export interface LoadOptions {
  readonly port: number;
  readonly conversations: readonly Conversation[];
  /** Milliseconds that are not counted. */
  readonly settle: number;
  /** Milliseconds that are counted, after `settle`. */
  readonly measure: number;
  /** Called when the counting begins and when it ends. */
  readonly onEdge?: (edge: 'begin' | 'end') => void;
}

export interface LoadResult {
  readonly requests: number;
  /** Milliseconds. */
  readonly elapsed: number;
  /** Milliseconds for each counted answer, in ascending order. */
  readonly latencies: Float64Array;
}

/** Longest silence on a connection before the run is given up, in milliseconds. */
const silence = 15_000;

/** @throws where a connection fails, falls silent or gets a wrong answer: a number would be worth nothing then */
export const runLoad = async (options: LoadOptions): Promise<LoadResult> => {
  const begin = performance.now() + options.settle;
  const end = begin + options.measure;
  const latencies: number[] = [];
  const edges = [
    setTimeout(() => options.onEdge?.('begin'), options.settle),
    setTimeout(() => options.onEdge?.('end'), options.settle + options.measure),
  ];
  const answered = (sentAt: number, now: number): boolean => {
    if (now >= begin && now < end) latencies.push(now - sentAt);
    return now < end;
  };
  try {
    await Promise.all(options.conversations.map((conversation) => converse(options.port, conversation, answered)));
  } finally {
    for (const edge of edges) clearTimeout(edge);
  }
  return { requests: latencies.length, elapsed: options.measure, latencies: Float64Array.from(latencies).sort() };
};

/**
 * Counted in requests, not in seconds: the compiler goes by how often code has run.
 * @throws as `runLoad`
 */
export const warmUp = async (port: number, conversations: readonly Conversation[], requests: number): Promise<void> => {
  let left = requests;
  const answered = (): boolean => {
    left -= 1;
    return left > 0;
  };
  await Promise.all(conversations.map((conversation) => converse(port, conversation, answered)));
};

/**
 * One connection. A request that is on its way at the end is waited for: its answer may carry the next token.
 * @param answered told when a request was sent and answered; returns whether to send another
 */
const converse = async (
  port: number,
  conversation: Conversation,
  answered: (sentAt: number, answeredAt: number) => boolean,
): Promise<void> => {
  const socket = await open(port);
  const reader = new AnswerReader();
  try {
    await new Promise<void>((resolve, reject) => {
      let sentAt = 0;
      const send = () => {
        sentAt = performance.now();
        socket.write(conversation.request(), 'latin1');
      };
      socket.on('data', (chunk) => {
        try {
          const answer = reader.read(chunk);
          if (answer === null) return;
          const now = performance.now();
          conversation.answered(answer);
          if (answered(sentAt, now)) send();
          else resolve();
        } catch (error) {
          reject(error);
        }
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('The server closed a connection with a request under way.')));
      socket.setTimeout(silence, () => reject(new Error(`No answer for ${silence / 1000} seconds.`)));
      send();
    });
  } finally {
    socket.destroy();
  }
};

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
