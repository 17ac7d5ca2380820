/** Sends a request byte for byte, as no browser would. */
import { once } from 'node:events';
import { request } from 'node:http';

export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export const send = async (
  origin: string,
  path: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<RawAnswer> => {
  const { hostname, port } = new URL(origin);
  const { method = 'GET', headers = {}, body } = options;
  const sent = request({ hostname, port, path, method, headers, agent: false });
  // A server that refuses a large body may hang up while it is being sent.
  sent.on('error', () => undefined);
  sent.end(body);
  const [response] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
};
