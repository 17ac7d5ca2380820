/** An app's own server: receives logout tokens, and judges them by nothing but the published keys (Back-Channel Logout §2.6). */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createRemoteJWKSet, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import type { TestApp } from './test-app.ts';

export interface ReceivedToken {
  readonly contentType: string | undefined;
  readonly claims: JWTPayload;
  readonly header: ProtectedHeaderParameters;
}

export class LogoutReceiver {
  /** Those that were genuine. */
  readonly received: ReceivedToken[] = [];
  /** What it answers next, the first first; 200 when they are used up. */
  readonly answers: number[] = [];
  /** What was no logout token. */
  readonly failures: unknown[] = [];
  requests = 0;
  /** Nobody is answered before. */
  mayAnswer: Promise<void> = Promise.resolve();
  private readonly server = createServer(async (req, res) => {
    this.requests++;
    await this.mayAnswer;
    const status = this.answers.shift() ?? 200;
    if (status === 200) await this.judge(req);
    res.writeHead(status).end();
  });

  private constructor(
    private readonly app: TestApp,
    private readonly clientId: string,
  ) {}

  static async listen(app: TestApp, clientId: string): Promise<LogoutReceiver> {
    const receiver = new LogoutReceiver(app, clientId);
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get uri(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/logout`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async judge(req: IncomingMessage): Promise<void> {
    try {
      const token = new URLSearchParams(await text(req)).get('logout_token') ?? '';
      const jwks = createRemoteJWKSet(new URL(`${this.app.origin}/oauth/jwks`));
      const { payload, protectedHeader } = await jwtVerify(token, jwks, {
        issuer: this.app.issuer,
        audience: this.clientId,
        typ: 'logout+jwt',
        requiredClaims: ['iat', 'exp', 'jti', 'events', 'sub', 'sid'],
        currentDate: this.app.clock.now(),
      });
      this.received.push({ contentType: req.headers['content-type'], claims: payload, header: protectedHeader });
    } catch (error) {
      this.failures.push(error);
    }
  }
}
