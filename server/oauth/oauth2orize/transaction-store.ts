/** oauth2orize's transactions as rows: several tabs, several nodes, each bound to its browser and to a time. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { faceOf } from '../../apps/app-face.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { isId, sameHash } from '../../kernel/secrets.ts';
import type { Continuation } from '../../sessions/continuation.ts';
import { paths } from '../../urls.ts';
import { AuthorizationRequest } from '../authorization-request.entity.ts';
import { type AnsweredRequest, answerOnce } from '../authorize/issue-code.ts';
import { UnsafeRequestError } from '../authorize/request-checks.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';

/** Seconds that a person may take to sign in and to decide. */
const waitingTime = 3600;

export class AuthorizationRequests {
  constructor(private readonly deps: { em: EntityManager; inTransaction: InTransaction; clock: Clock }) {}

  /** @returns the id under which the request waits */
  keep(appId: string, parameters: AuthorizationParameters, browserHash: Buffer): Promise<string> {
    const { inTransaction, clock } = this.deps;
    return inTransaction(async (em) => {
      const now = clock.now();
      const request = em.create(AuthorizationRequest, {
        browserHash,
        app: appId,
        parameters,
        createdAt: now,
        expiresAt: secondsAfter(now, waitingTime),
      });
      await em.persist(request).flush();
      return request.id;
    });
  }

  /** @returns null for one that is unknown, answered, too old, or another browser's */
  async find(id: unknown, browserHash: Uint8Array | undefined): Promise<AuthorizationRequest | null> {
    if (!isId(id) || browserHash === undefined) return null;
    const { em, clock } = this.deps;
    const request = await em.findOne(
      AuthorizationRequest,
      { id, answeredAt: null, expiresAt: { $gt: clock.now() } },
      { populate: ['app.owner'] },
    );
    return request !== null && sameHash(request.browserHash, browserHash) ? request : null;
  }

  /** The request that waits at this path, for the pages on the way to it. */
  async describe(path: string, browserHash: Uint8Array): Promise<Continuation | null> {
    const id = path.startsWith(`${paths.authorize}/`) ? path.slice(paths.authorize.length + 1) : null;
    const request = await this.find(id, browserHash);
    if (request === null) return null;
    const app = request.app.getEntity();
    const { redirectUri } = request.parameters;
    return { appName: app.name, face: faceOf(app, redirectUri), redirectUri };
  }

  /**
   * The person goes on as who they are: the request asks no more whom it is about.
   * @throws UnsafeRequestError where there is no such request in this browser
   */
  goOnAs(id: unknown, browserHash: Uint8Array | undefined): Promise<void> {
    return this.deps.inTransaction(async () => {
      const request = await this.find(id, browserHash);
      if (request === null) throw new UnsafeRequestError('request_gone');
      const prompt = request.parameters.prompt.filter((value) => value !== 'select_account');
      request.parameters = { ...request.parameters, prompt };
    });
  }

  /**
   * Of any number of answers to one request, the first counts.
   * @throws UnsafeRequestError where it was answered already
   */
  answer(request: AnsweredRequest): Promise<void> {
    const { inTransaction, clock } = this.deps;
    return inTransaction((em) => answerOnce(em, request, clock.now()));
  }
}
