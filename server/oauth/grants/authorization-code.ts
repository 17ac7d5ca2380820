/** A code becomes tokens, once (RFC 6749 §4.1.3, RFC 7636 §4.6). */
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { InTransaction } from '../../database/unit-of-work.ts';
import type { Clock } from '../../kernel/clock.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { AccessToken } from '../access-token.entity.ts';
import { AuthorizationCode } from '../authorization-code.entity.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { answersChallenge } from '../protocol/pkce.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import { RefreshToken } from '../refresh-token.entity.ts';
import { TokenFamily } from '../token-family.entity.ts';
import type { Minted, SignedIn, TokenIssuer } from '../tokens/issue-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

type Outcome =
  | { kind: 'redeemed'; access: Minted; refresh: Minted | null; scopes: string[]; person: SignedIn }
  | { kind: 'refused' | 'replayed' };

const refused: Outcome = { kind: 'refused' };

export class AuthorizationCodeGrant implements Grant {
  readonly type = 'authorization_code';

  constructor(private readonly deps: { inTransaction: InTransaction; clock: Clock; issuer: TokenIssuer }) {}

  async redeem(request: TokenRequest): Promise<TokenResponse> {
    const { inTransaction, clock, issuer } = this.deps;
    const code = request.parameters.get('code');
    if (code === undefined) throw OAuthError.invalidRequest('The parameter code is missing.');
    if (!isCredential('ac', code)) throw OAuthError.invalidGrant();
    const now = clock.now();
    // A replay must be punished even though it is refused: the outcome comes back, is committed, and only then thrown.
    const outcome = await inTransaction((em) => this.redeemCode(em, hashOf(code), request, now));
    if (outcome.kind !== 'redeemed') throw OAuthError.invalidGrant();
    return issuer.answer(outcome.access, outcome.scopes, now, { refresh: outcome.refresh, person: outcome.person });
  }

  private async redeemCode(em: EntityManager, hash: Buffer, request: TokenRequest, now: Date): Promise<Outcome> {
    const code = await em.findOne(AuthorizationCode, { hash }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (code === null) return refused;
    const family = await em.findOneOrFail(TokenFamily, code.family.id, {
      populate: ['connectedApp.account', 'session'],
    });
    if (family.app.id !== request.client.id) return refused;
    if (code.redeemedAt != null) {
      family.endedAt ??= now; // RFC 6749 §4.1.2: a replay ends everything that the code gave.
      return { kind: 'replayed' };
    }
    if (code.expiresAt <= now || !isLive(family, now)) return refused;
    if ((request.parameters.get('redirect_uri') ?? null) !== (code.redirectUri ?? null)) return refused;
    if (!answersPkce(request.parameters.get('code_verifier'), code.codeChallenge ?? null)) return refused;

    code.redeemedAt = now;
    const { issuer } = this.deps;
    const access = issuer.mintAccessToken(now);
    const scopes = [...family.scopes];
    em.create(AccessToken, {
      hash: access.hash,
      app: family.app,
      family,
      scopes,
      createdAt: now,
      expiresAt: access.expiresAt,
    });
    const refresh = request.client.grantTypes.includes('refresh_token') ? issuer.mintRefreshToken(now) : null;
    if (refresh !== null) {
      em.create(RefreshToken, { hash: refresh.hash, family, createdAt: now, expiresAt: refresh.expiresAt });
    }
    const connectedApp = family.connectedApp.getEntity();
    connectedApp.lastUsedAt = now;
    return {
      kind: 'redeemed',
      access,
      refresh,
      scopes,
      person: {
        subject: connectedApp.account.id,
        clientId: request.client.clientId,
        authTime: family.authTime,
        amr: family.amr,
        nonce: family.nonce ?? null,
      },
    };
  }
}

const isLive = (family: TokenFamily, now: Date): boolean => {
  const connectedApp = family.connectedApp.getEntity();
  const account = connectedApp.account.getEntity();
  return (
    family.endedAt == null &&
    connectedApp.revokedAt == null &&
    !account.isLocked &&
    (account.accessEndedAt == null || family.createdAt >= account.accessEndedAt) &&
    (family.offline || family.session.getEntity().isLive(now))
  );
};

/** Both or neither: a verifier without a challenge is an attack too (RFC 9700 §4.8.2). */
const answersPkce = (verifier: string | undefined, challenge: string | null): boolean =>
  challenge === null ? verifier === undefined : verifier !== undefined && answersChallenge(verifier, challenge);
