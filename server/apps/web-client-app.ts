/** The server's own web client: an app like any other, put in place and kept right at each start. */
import type { InTransaction } from '../database/unit-of-work.ts';
import type { Clock } from '../kernel/clock.ts';
import { scopes } from '../kernel/scopes.ts';
import { paths } from '../urls.ts';
import { App } from './app.entity.ts';

export const webClientId = 'latchkey-web-client';

/**
 * @param options.issuer the origin that the web client is served from
 * @param options.name what people know the service as
 */
export const putWebClientInPlace = async (options: {
  inTransaction: InTransaction;
  clock: Clock;
  issuer: string;
  name: string;
}): Promise<void> => {
  const { inTransaction, clock, issuer, name } = options;
  await inTransaction(async (em) => {
    // Held until the end of the transaction: nodes that start together take turns.
    await em.execute('select pg_advisory_xact_lock(?)', [lockId]);
    const wanted = {
      name,
      type: 'spa' as const,
      authMethod: 'none' as const,
      redirectUris: [`${issuer}${paths.webClientCallback}`],
      postLogoutRedirectUris: [`${issuer}/`],
      grantTypes: ['authorization_code' as const, 'refresh_token' as const],
      scopes: scopes.map((scope) => scope.name),
      requirePkce: true,
      dpopBoundAccessTokens: true,
      trusted: true,
      homepageUri: issuer,
    };
    const app = await em.findOne(App, { clientId: webClientId });
    if (app === null) {
      const now = clock.now();
      em.persist(em.create(App, { ...wanted, clientId: webClientId, owner: null, createdAt: now, updatedAt: now }));
    } else if (
      Object.entries(wanted).some(
        ([key, value]) => JSON.stringify(app[key as keyof typeof wanted]) !== JSON.stringify(value),
      )
    ) {
      em.assign(app, { ...wanted, updatedAt: clock.now() });
    }
    await em.flush();
  });
};

/** Any number, the same on every node. */
const lockId = 7_239_002;
