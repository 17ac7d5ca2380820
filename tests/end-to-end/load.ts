/** People and apps that use the server all at once, and what it told them that it had done. */
import type { RelyingParty, Tokens } from '../support/relying-party.ts';
import { TestBrowser } from '../support/test-browser.ts';
import { tokenRequest } from '../support/token-request.ts';

export interface Member {
  readonly username: string;
  readonly password: string;
  /** Signed in, by what the server answered. */
  readonly browser: TestBrowser;
}

export class Load {
  readonly signedUp: Member[] = [];
  readonly signedIn: Member[] = [];
  /** Access tokens, in the order in which they were given. */
  readonly appTokens: string[] = [];
  readonly refreshed: string[] = [];
  readonly #origin: string;
  readonly #party: RelyingParty;
  #stopped = false;
  #workers: Promise<void>[] = [];

  constructor(origin: string, party: RelyingParty) {
    this.#origin = origin;
    this.#party = party;
  }

  /** @param begun tokens that are refreshed again and again */
  start(begun: Tokens): void {
    this.#workers = [
      ...[0, 1].map((worker) => this.#repeat((turn) => this.#signUp(`member-${worker}-${turn}`))),
      this.#repeat(() => this.#signIn()),
      ...[0, 1].map(() => this.#repeat(() => this.#takeAppToken())),
      this.#refreshFrom(begun),
    ];
  }

  /** Resolves when nobody asks any more: after this, or once the server is gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  /** A server that is killed answers nothing: whatever it was asked then was not accepted. */
  async #repeat(work: (turn: number) => Promise<void>): Promise<void> {
    for (let turn = 0; !this.#stopped; turn++) {
      try {
        await work(turn);
      } catch (error) {
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  }

  async #signUp(username: string): Promise<void> {
    const browser = new TestBrowser(this.#origin);
    const password = `the password of ${username}`;
    const answer = await browser.fillIn('/sign-up', { username, email: `${username}@example.org`, password });
    if (answer.status !== 303) throw new Error(`${username} was answered ${answer.status}`);
    this.signedUp.push({ username, password, browser });
  }

  async #signIn(): Promise<void> {
    const member = this.signedUp.at(-1);
    if (member === undefined) return void (await new TestBrowser(this.#origin).get('/sign-in'));
    const browser = new TestBrowser(this.#origin);
    const answer = await browser.signIn(member.username, member.password);
    if (answer.status !== 303) throw new Error(`${member.username} was answered ${answer.status}`);
    this.signedIn.push({ ...member, browser });
  }

  async #takeAppToken(): Promise<void> {
    const { status, body } = await this.#token({ grant_type: 'client_credentials' });
    if (status !== 200 || body.access_token === undefined) throw new Error(`An app was answered ${status}`);
    this.appTokens.push(body.access_token);
  }

  #refreshFrom(tokens: Tokens): Promise<void> {
    let refreshToken = tokens.refresh_token ?? '';
    return this.#repeat(async () => {
      const { status, body } = await this.#token({ grant_type: 'refresh_token', refresh_token: refreshToken });
      if (status !== 200 || body.access_token === undefined) throw new Error(`A refresh was answered ${status}`);
      refreshToken = body.refresh_token ?? '';
      this.refreshed.push(body.access_token);
    });
  }

  #token(parameters: Record<string, string>) {
    return tokenRequest({ issuer: this.#origin }, this.#party.client, parameters);
  }
}
