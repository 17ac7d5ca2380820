/** The person may, the app is told: permission, token family and code are written in one transaction. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { App } from '../../apps/app.entity.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, newCredential } from '../../kernel/secrets.ts';
import { AuthorizationCode } from '../authorization-code.entity.ts';
import { AuthorizationRequest } from '../authorization-request.entity.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import { PushedRequest } from '../pushed-request.entity.ts';
import type { Visitor } from './next-step.ts';
import type { Permits } from './permits.ts';
import { UnsafeRequestError } from './request-checks.ts';

/** Seconds (RFC 6749 §4.1.2 recommends ten minutes at most; the product promises one). */
const codeLifetime = 60;

export interface CodeOrder {
  app: App;
  parameters: AuthorizationParameters;
  visitor: Visitor;
  /** The waiting request that this answers; null where nothing had to be asked. */
  requestId: string | null;
}

export class AuthorizationCodes {
  constructor(
    private readonly deps: {
      inTransaction: InTransaction;
      clock: Clock;
      permits: Permits;
    },
  ) {}

  /** @throws UnsafeRequestError where the request was answered already */
  issue(order: CodeOrder): Promise<string> {
    const { inTransaction, clock, permits } = this.deps;
    const { app, parameters, visitor } = order;
    return inTransaction(async (em) => {
      const now = clock.now();
      await answerOnce(em, { requestId: order.requestId, pushedRequest: parameters.pushedRequest }, now);
      const family = await permits.give(em, { ...parameters, app, visitor, jkt: parameters.dpopJkt ?? null });
      const code = newCredential('ac');
      em.create(AuthorizationCode, {
        hash: hashOf(code),
        family,
        redirectUri: parameters.redirectUriGiven ? parameters.redirectUri : null,
        codeChallenge: parameters.codeChallenge ?? null,
        createdAt: now,
        expiresAt: secondsAfter(now, codeLifetime),
      });
      return code;
    });
  }
}

/** A request as it waits for its answer; each part only where there is one. */
export interface AnsweredRequest {
  requestId: string | null;
  /** The hash of the pushed request that it came from, in hexadecimal. */
  pushedRequest: string | undefined;
}

/**
 * Of any number of answers to one request, the first counts.
 * @throws UnsafeRequestError where it was answered already
 */
export const answerOnce = async (
  em: EntityManager,
  { requestId, pushedRequest }: AnsweredRequest,
  now: Date,
): Promise<void> => {
  if (requestId !== null) await answerWaiting(em, requestId, now);
  if (pushedRequest !== undefined) await answerPushed(em, pushedRequest, now);
};

const answerWaiting = async (em: EntityManager, requestId: string, now: Date): Promise<void> => {
  const answered = await em.nativeUpdate(
    AuthorizationRequest,
    { id: requestId, answeredAt: null, expiresAt: { $gt: now } },
    { answeredAt: now },
  );
  if (answered !== 1) throw new UnsafeRequestError('request_gone');
};

/** RFC 9126 §4: a pushed request is used once; until the person has answered it may be come back to. */
const answerPushed = async (em: EntityManager, hash: string, now: Date): Promise<void> => {
  const used = await em.nativeUpdate(
    PushedRequest,
    { hash: Buffer.from(hash, 'hex'), answeredAt: null },
    { answeredAt: now },
  );
  if (used !== 1) throw new UnsafeRequestError('request_gone');
};
