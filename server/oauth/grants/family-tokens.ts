/** The first tokens of a family: what a redeemed code or a device is given. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { AccessToken } from '../access-token.entity.ts';
import type { AuthenticatedClient } from '../protocol/authenticated-client.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { RefreshToken } from '../refresh-token.entity.ts';
import type { TokenFamily } from '../token-family.entity.ts';
import type { Audience, Audiences } from '../tokens/audiences.ts';
import type { Issued, TokenIssuer } from '../tokens/issue-tokens.ts';

export interface FamilyOrder {
  /** With its connected app, account and session. */
  family: TokenFamily;
  client: AuthenticatedClient;
  /** The API that the request names; null: none. */
  audience: Audience | null;
  /** The thumbprint of the key whose proof came with the request. */
  jkt: string | null;
  now: Date;
}

export const isLiveFamily = (family: TokenFamily, now: Date): boolean => {
  const connectedApp = family.connectedApp.getEntity();
  const account = connectedApp.account.getEntity();
  return (
    family.endedAt == null &&
    (family.expiresAt == null || family.expiresAt > now) &&
    connectedApp.revokedAt == null &&
    !account.isLocked &&
    (account.accessEndedAt == null || family.createdAt >= account.accessEndedAt) &&
    (family.offline || family.session.getEntity().isLive(now))
  );
};

/**
 * The scopes that a token for one API holds, out of all that the person allowed.
 *
 * @param client whose own scopes count where the token is for this server's own API
 */
const scopesFor = (
  allowed: readonly string[],
  client: Pick<AuthenticatedClient, 'scopes'>,
  audience: Pick<Audience, 'scopes'> | null,
): string[] => {
  const possible = audience?.scopes ?? client.scopes;
  return allowed.filter((name) => possible.includes(name));
};

/**
 * Who asked for one API and for nothing of this server's means that API, also where the token request does not repeat it.
 *
 * @returns null for this server's own
 * @throws OAuthError `invalid_target` where the app may not ask for it any more
 */
export const impliedAudience = async (
  family: TokenFamily,
  client: AuthenticatedClient,
  audiences: Audiences,
): Promise<Audience | null> => {
  const [only, another] = family.resources;
  if (only === undefined || another !== undefined) return null;
  return family.scopes.some((name) => client.scopes.includes(name)) ? null : audiences.one(client.id, only);
};

/**
 * @throws OAuthError `invalid_target` where the person did not allow that API
 */
export const issueFromFamily = (em: EntityManager, order: FamilyOrder, issuer: TokenIssuer): Issued => {
  const { family, client, audience, jkt, now } = order;
  if (audience !== null && !family.resources.includes(audience.identifier)) throw OAuthError.invalidTarget();
  const access = issuer.mintAccessToken(client, audience, now);
  const scopes = scopesFor(family.scopes, client, audience);
  em.create(AccessToken, {
    hash: access.hash,
    app: family.app,
    family,
    scopes,
    audience: audience?.identifier ?? null,
    jkt,
    createdAt: now,
    expiresAt: access.expiresAt,
  });
  // RFC 9449 §5: a public client proves the same key at each refresh; a confidential one proves itself.
  family.jkt = client.authMethod === 'none' ? jkt : null;
  const refresh = client.grantTypes.includes('refresh_token')
    ? issuer.mintRefreshToken(client, family.expiresAt ?? null, now)
    : null;
  if (refresh !== null) {
    em.create(RefreshToken, { hash: refresh.hash, family, createdAt: now, expiresAt: refresh.expiresAt });
  }
  const connectedApp = family.connectedApp.getEntity();
  connectedApp.lastUsedAt = now;
  return {
    client,
    access,
    audience,
    scopes,
    jkt,
    now,
    refresh,
    person: {
      accountId: connectedApp.account.id,
      sessionId: family.session.id,
      authTime: family.authTime,
      amr: family.amr,
      nonce: family.nonce ?? null,
      claims: family.claims ?? null,
      openid: family.scopes.includes('openid'),
    },
  };
};
