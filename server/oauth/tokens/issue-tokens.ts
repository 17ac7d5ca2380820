/** Makes tokens and the answer that carries them. Rows are written by the grants, each in its own one statement or transaction. */
import { type Clock, secondsAfter } from '../../kernel/clock.ts';
import { hashOf, newCredential } from '../../kernel/secrets.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import { signIdToken } from './id-token.ts';
import type { SigningKeys } from './signing-keys.ts';

/** A token that exists only here and, as its hash, in a row. */
export interface Minted {
  token: string;
  hash: Buffer;
  expiresAt: Date;
}

/** Who signed in, for an ID token. */
export interface SignedIn {
  subject: string;
  clientId: string;
  authTime: Date;
  amr: readonly string[];
  nonce: string | null;
}

export interface TokenLifetimes {
  /** Seconds. */
  accessTokenLifetime: number;
  /** Seconds. */
  refreshTokenLifetime: number;
}

export class TokenIssuer {
  constructor(
    private readonly deps: { clock: Clock; keys: SigningKeys; config: TokenLifetimes & { issuer: string } },
  ) {}

  mintAccessToken(now: Date): Minted {
    return mint('at', secondsAfter(now, this.deps.config.accessTokenLifetime));
  }

  mintRefreshToken(now: Date): Minted {
    return mint('rt', secondsAfter(now, this.deps.config.refreshTokenLifetime));
  }

  /** @param person whose sign-in an ID token shall tell of; it is made where the scope `openid` was granted */
  async answer(
    access: Minted,
    scopes: readonly string[],
    now: Date,
    more: { refresh?: Minted | null; person?: SignedIn } = {},
  ): Promise<TokenResponse> {
    const { config, keys } = this.deps;
    const response: TokenResponse = {
      access_token: access.token,
      token_type: 'Bearer',
      expires_in: config.accessTokenLifetime,
      scope: scopes.join(' '),
    };
    if (more.refresh) response.refresh_token = more.refresh.token;
    if (more.person && scopes.includes('openid')) {
      response.id_token = await signIdToken(
        {
          ...more.person,
          issuer: config.issuer,
          accessToken: access.token,
          now,
          lifetime: config.accessTokenLifetime,
        },
        keys.signer,
      );
    }
    return response;
  }
}

const mint = (kind: 'at' | 'rt', expiresAt: Date): Minted => {
  const token = newCredential(kind);
  return { token, hash: hashOf(token), expiresAt };
};
