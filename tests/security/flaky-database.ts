/** Stands between a server and its database, and can take the database away: gone, or there and silent. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class FlakyDatabase {
  readonly url: string;
  readonly #target: { host: string; port: number };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #silent = false;

  private constructor(server: Server, url: URL, target: { host: string; port: number }) {
    this.#server = server;
    this.#target = target;
    this.url = url.href;
  }

  static async before(databaseUrl: string): Promise<FlakyDatabase> {
    const url = new URL(databaseUrl);
    const target = { host: url.hostname, port: Number(url.port) };
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const flaky = new FlakyDatabase(server, url, target);
    server.on('connection', (socket) => flaky.#pass(socket));
    return flaky;
  }

  #pass(socket: Socket): void {
    const upstream = connect(this.#target);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes) => {
        if (!this.#silent) to.write(bytes);
      });
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Every connection breaks, and none can be made. */
  async goAway(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#cut();
    await closed;
  }

  /** Connections stay, and new ones can be made; nothing is answered on any. */
  fallSilent(): void {
    this.#silent = true;
  }

  async comeBack(): Promise<void> {
    // What went into the silence is lost: nobody can go on where a conversation was broken off.
    if (this.#silent) this.#cut();
    this.#silent = false;
    if (this.#server.listening) return;
    this.#server.listen(Number(new URL(this.url).port), '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async close(): Promise<void> {
    this.#cut();
    this.#server.close();
  }
}
