/** A code becomes tokens, once (RFC 6749 §4.1.3, RFC 7636 §4.6). */
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { InTransaction } from '../../database/unit-of-work.ts';
import type { Clock } from '../../kernel/clock.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { AuthorizationCode } from '../authorization-code.entity.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { answersChallenge } from '../protocol/pkce.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import { TokenFamily } from '../token-family.entity.ts';
import type { Audience, Audiences } from '../tokens/audiences.ts';
import type { Issued, TokenIssuer } from '../tokens/issue-tokens.ts';
import { impliedAudience, isLiveFamily, issueFromFamily } from './family-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

export class AuthorizationCodeGrant implements Grant {
  readonly type = 'authorization_code';

  constructor(
    private readonly deps: { inTransaction: InTransaction; clock: Clock; issuer: TokenIssuer; audiences: Audiences },
  ) {}

  async redeem(request: TokenRequest): Promise<TokenResponse> {
    const { inTransaction, clock, issuer, audiences } = this.deps;
    const code = request.parameters.get('code');
    if (code === undefined) throw OAuthError.invalidRequest('The parameter code is missing.');
    if (!isCredential('ac', code)) throw OAuthError.invalidGrant();
    const audience = await audiences.one(request.client.id, request.parameters.get('resource'));
    const now = clock.now();
    // A replay must be punished even though it is refused: the outcome comes back, is committed, and only then thrown.
    const issued = await inTransaction((em) => this.redeemCode(em, hashOf(code), request, audience, now));
    if (issued === null) throw OAuthError.invalidGrant();
    return issuer.answer(issued);
  }

  /** @returns null where it is refused */
  private async redeemCode(
    em: EntityManager,
    hash: Buffer,
    { client, parameters, jkt }: TokenRequest,
    requested: Audience | null,
    now: Date,
  ): Promise<Issued | null> {
    const code = await em.findOne(AuthorizationCode, { hash }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (code === null) return null;
    const family = await em.findOneOrFail(TokenFamily, code.family.id, {
      populate: ['connectedApp.account', 'session'],
    });
    if (family.app.id !== client.id) return null;
    if (code.redeemedAt != null) {
      family.endedAt ??= now; // RFC 6749 §4.1.2: a replay ends everything that the code gave.
      return null;
    }
    if (code.expiresAt <= now || !isLiveFamily(family, now)) return null;
    if ((parameters.get('redirect_uri') ?? null) !== (code.redirectUri ?? null)) return null;
    if (!answersPkce(parameters.get('code_verifier'), code.codeChallenge ?? null)) return null;
    if (family.jkt != null && family.jkt !== jkt) return null; // RFC 9449 §10: the key that the request named.
    const audience = parameters.has('resource')
      ? requested
      : await impliedAudience(family, client, this.deps.audiences);
    code.redeemedAt = now;
    return issueFromFamily(em, { family, client, audience, jkt, now }, this.deps.issuer);
  }
}

/** Both or neither: a verifier without a challenge is an attack too (RFC 9700 §4.8.2). */
const answersPkce = (verifier: string | undefined, challenge: string | null): boolean =>
  challenge === null ? verifier === undefined : verifier !== undefined && answersChallenge(verifier, challenge);
