/** The statements of the floor: Latchkey's own. */
import { findClient } from '../server/oauth/endpoints/client-authentication.ts';
import { insertAppToken } from '../server/oauth/grants/client-credentials.ts';
import { exchangeRefreshToken } from '../server/oauth/grants/refresh-token.ts';
import { findBoundAccessToken, findLiveAccessToken } from '../server/oauth/tokens/access-tokens.ts';

export const floorStatements = {
  findLiveAccessToken,
  findBoundAccessToken,
  findClient,
  insertAppToken,
  exchangeRefreshToken,
};

export type FloorStatements = typeof floorStatements;
