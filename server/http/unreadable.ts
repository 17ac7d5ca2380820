/** What Node refuses before it is a request: answered as Node would by itself, and told in one line of the log. */
import type { Server } from 'node:http';
import type { Logger } from 'pino';

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

export const answerUnreadable = (server: Server, log: Logger): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Who has gone, or was answered already, is told nothing.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = statuses[error.code ?? ''] ?? '400 Bad Request';
    log.info({ status: Number(status.slice(0, 3)), code: error.code }, 'request unreadable');
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  });
};
