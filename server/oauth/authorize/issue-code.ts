/** The person may, the app is told: permission, token family and code are written in one transaction. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { App } from '../../apps/app.entity.ts';
import type { ConnectedApps } from '../../apps/connected-apps.ts';
import type { InTransaction } from '../../database/unit-of-work.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, newCredential } from '../../kernel/secrets.ts';
import { BrowserSession } from '../../sessions/browser-session.entity.ts';
import { AuthorizationCode } from '../authorization-code.entity.ts';
import { AuthorizationRequest } from '../authorization-request.entity.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import { PushedRequest } from '../pushed-request.entity.ts';
import { TokenFamily } from '../token-family.entity.ts';
import { grantableScopes, type Visitor } from './next-step.ts';
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
      connectedApps: ConnectedApps;
      config: {
        /** Seconds. */
        refreshFamilyLifetime: number;
      };
    },
  ) {}

  /** @throws UnsafeRequestError where the request was answered already */
  issue(order: CodeOrder): Promise<string> {
    const { inTransaction, clock, connectedApps, config } = this.deps;
    const { app, parameters, visitor } = order;
    return inTransaction(async (em) => {
      const now = clock.now();
      if (order.requestId !== null) await answerOnce(em, order.requestId, now);
      if (parameters.pushedRequest !== undefined) await answerPushedRequest(em, parameters.pushedRequest, now);
      const scopes = [...grantableScopes(parameters.scopes, visitor)];
      const connectedApp = await connectedApps.connect(em, {
        accountId: visitor.accountId,
        appId: app.id,
        scopes: grantableScopes(parameters.permissions, visitor),
      });
      const family = em.create(TokenFamily, {
        app: app.id,
        connectedApp,
        session: em.getReference(BrowserSession, visitor.sessionId),
        offline: scopes.includes('offline_access'),
        scopes,
        authTime: visitor.authenticatedAt,
        amr: [...visitor.amr],
        nonce: parameters.nonce ?? null,
        claims: parameters.claims ?? null,
        resources: [...parameters.resources],
        jkt: parameters.dpopJkt ?? null, // Until the code is redeemed; see `grants/family-tokens.ts`.
        createdAt: now,
        expiresAt: secondsAfter(now, app.refreshFamilyLifetime ?? config.refreshFamilyLifetime),
      });
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

/** Of any number of answers to one request, the first counts. */
export const answerOnce = async (em: EntityManager, requestId: string, now: Date): Promise<void> => {
  const answered = await em.nativeUpdate(
    AuthorizationRequest,
    { id: requestId, answeredAt: null, expiresAt: { $gt: now } },
    { answeredAt: now },
  );
  if (answered !== 1) throw new UnsafeRequestError('request_gone');
};

/** RFC 9126 §4: a pushed request is used once; until the person has answered it may be come back to. */
const answerPushedRequest = async (em: EntityManager, hash: string, now: Date): Promise<void> => {
  const used = await em.nativeUpdate(
    PushedRequest,
    { hash: Buffer.from(hash, 'hex'), answeredAt: null },
    { answeredAt: now },
  );
  if (used !== 1) throw new UnsafeRequestError('request_gone');
};
