/** The statements of the floor: Latchkey's own where it has one for the work, else the least that does it. */
import { findLiveAccessToken } from '../server/oauth/tokens/access-tokens.ts';

const findApp = {
  name: 'find-app',
  text: `
    select p.id, p.scopes, p.grant_types, p.auth_method, s.hash as secret_hash
    from app p join app_secret s on s.app_id = p.id
    where p.client_id = $1 and (s.expires_at is null or s.expires_at > $2)`,
};

const insertAccessToken = {
  name: 'insert-access-token',
  text: `
    insert into access_token (hash, app_id, family_id, scopes, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6)`,
};

const redeemRefreshToken = {
  name: 'redeem-refresh-token',
  text: `
    update refresh_token r set redeemed_at = $2
    from token_family f
      join connected_app c on c.id = f.connected_app_id
      join account a on a.id = c.account_id
      join browser_session s on s.id = f.session_id
    where r.hash = $1 and r.expires_at > $2 and r.redeemed_at is null and r.revoked_at is null
      and f.id = r.family_id and f.app_id = $3 and f.ended_at is null and c.revoked_at is null and a.locked_at is null
      and (f.offline or (s.ended_at is null and s.expires_at > $2))
    returning f.id as family_id, f.scopes`,
};

const insertRefreshToken = {
  name: 'insert-refresh-token',
  text: 'insert into refresh_token (hash, family_id, parent_hash, created_at, expires_at) values ($1, $2, $3, $4, $5)',
};

export const floorStatements = {
  findLiveAccessToken,
  findApp,
  insertAccessToken,
  redeemRefreshToken,
  insertRefreshToken,
};

export type FloorStatements = typeof floorStatements;
