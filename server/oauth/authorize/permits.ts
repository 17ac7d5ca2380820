/** A person allows an app something: it is remembered, and a token family is made for what will be issued from it. */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { App } from '../../apps/app.entity.ts';
import { ConnectedApp } from '../../apps/connected-app.entity.ts';
import type { ConnectedApps } from '../../apps/connected-apps.ts';
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { BrowserSession } from '../../sessions/browser-session.entity.ts';
import type { AuthorizationParameters } from '../protocol/authorization-parameters.ts';
import { TokenFamily } from '../token-family.entity.ts';
import { grantableScopes, type Visitor } from './next-step.ts';

export interface Permit
  extends Pick<AuthorizationParameters, 'scopes' | 'permissions' | 'resources'>,
    Partial<Pick<AuthorizationParameters, 'nonce' | 'claims'>> {
  app: App;
  visitor: Visitor;
  /** The thumbprint of the key that must be proven when it is redeemed. */
  jkt: string | null;
}

export class Permits {
  constructor(
    private readonly deps: {
      clock: Clock;
      connectedApps: ConnectedApps;
      config: {
        /** Seconds. */
        refreshFamilyLifetime: number;
        /** Seconds that an app may set for itself. */
        refreshTokenLifetimeMax: number;
      };
    },
  ) {}

  /** @param em of the transaction in which the person's answer is written down */
  async give(em: EntityManager, permit: Permit): Promise<TokenFamily> {
    const { clock, connectedApps, config } = this.deps;
    const { app, visitor } = permit;
    const now = clock.now();
    // The operator may have lowered the bound since.
    const own = app.refreshFamilyLifetime;
    const lifetime = own == null ? config.refreshFamilyLifetime : Math.min(own, config.refreshTokenLifetimeMax);
    const scopes = [...grantableScopes(permit.scopes, visitor)];
    const connectedApp = await connectedApps.connect(em, {
      accountId: visitor.accountId,
      appId: app.id,
      scopes: grantableScopes(permit.permissions, visitor),
    });
    return em.create(TokenFamily, {
      app: app.id,
      connectedApp: em.getReference(ConnectedApp, connectedApp),
      session: em.getReference(BrowserSession, visitor.sessionId),
      offline: scopes.includes('offline_access'),
      scopes,
      authTime: visitor.authenticatedAt,
      amr: [...visitor.amr],
      nonce: permit.nonce ?? null,
      claims: permit.claims ?? null,
      resources: [...permit.resources],
      jkt: permit.jkt, // Until it is redeemed; see `grants/family-tokens.ts`.
      createdAt: now,
      expiresAt: secondsAfter(now, lifetime),
    });
  }
}
