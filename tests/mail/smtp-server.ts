/** A mail server of the plain kind (RFC 5321): takes what it is given, or refuses it as a test wishes. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

interface ReceivedMail {
  readonly to: string;
  /** Headers and body as they came. */
  readonly text: string;
}

export interface SmtpServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  /** What RCPT is answered, e.g. `450 later` or `550 nobody here`; null: accepted. */
  refusal: string | null;
  close(): Promise<void>;
}

const converse = (socket: Socket, server: SmtpServer): void => {
  let pending = '';
  let to = '';
  let data: string | null = null;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const obey = (line: string): void => {
    if (data !== null) {
      if (line === '.') {
        server.received.push({ to, text: data });
        data = null;
        say('250 taken');
      } else data += `${line}\r\n`;
      return;
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') {
      to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      say(server.refusal ?? '250 ok');
    } else if (verb === 'DATA') {
      data = '';
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  };
  say('220 test');
  socket.on('data', (chunk) => {
    pending += chunk.toString('utf8');
    const lines = pending.split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) obey(line);
  });
  socket.on('error', () => undefined);
};

export const startSmtpServer = async (): Promise<SmtpServer> => {
  const listener: Server = createServer((socket) => converse(socket, server));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const server: SmtpServer = {
    url: `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    received: [],
    refusal: null,
    async close() {
      listener.close();
      await once(listener, 'close');
    },
  };
  return server;
};
