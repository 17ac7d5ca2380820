/** oidc-provider, set up to do what Latchkey does in the bench: same lifetimes, same pool, opaque tokens in PostgreSQL. */
import Provider, { type JWK } from 'oidc-provider';
import type pg from 'pg';
import { lifetimes } from '../equal-settings.ts';
import { PostgresAdapter } from './postgres-adapter.ts';

export const accountTable = `
  create table account (
    id uuid primary key,
    username text not null,
    email text not null,
    email_verified boolean not null,
    name text
  );
`;

/** Signs its cookies. */
export const cookieKey = 'only-the-bench-knows-this-key';

interface AccountRow {
  username: string;
  email: string;
  email_verified: boolean;
  name: string | null;
}

/**
 * @param issuer its origin
 * @param pool the connections to its own database
 * @param signingKey a private ES256 JWK, Latchkey's default algorithm
 */
export const createProvider = (issuer: string, pool: pg.Pool, signingKey: JWK): Provider => {
  const provider = new Provider(issuer, {
    adapter: (model) => new PostgresAdapter(model, pool),
    jwks: { keys: [signingKey] },
    cookies: { keys: [cookieKey] },
    scopes: ['openid', 'offline_access', 'read'],
    claims: { profile: ['preferred_username', 'name'], email: ['email', 'email_verified'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
    },
    // Latchkey always rotates.
    rotateRefreshToken: true,
    ttl: {
      AccessToken: lifetimes.accessToken,
      ClientCredentials: lifetimes.accessToken,
      IdToken: lifetimes.accessToken,
      RefreshToken: lifetimes.refreshToken,
      Grant: lifetimes.refreshToken,
    },
    async findAccount(_context, accountId) {
      const { rows } = await pool.query<AccountRow>({
        name: 'find_account',
        text: 'select username, email, email_verified, name from account where id = $1',
        values: [accountId],
      });
      const [account] = rows;
      if (account === undefined) return undefined;
      return {
        accountId,
        claims: () => ({
          sub: accountId,
          preferred_username: account.username,
          name: account.name,
          email: account.email,
          email_verified: account.email_verified,
        }),
      };
    },
  });
  provider.on('server_error', (_context, error) => console.error(error));
  return provider;
};
