/** A code becomes tokens, once (RFC 6749 §4.1.3, RFC 7636 §4.6). */
import type { Statement, Statements } from '../../database/statements.ts';
import type { Clock } from '../../kernel/clock.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import { challengeOf } from '../protocol/pkce.ts';
import type { TokenResponse } from '../protocol/token-response.ts';
import type { Audience, Audiences } from '../tokens/audiences.ts';
import type { TokenIssuer } from '../tokens/issue-tokens.ts';
import {
  type FamilyTokens,
  familyJoins,
  giveFirstTokens,
  isPublic,
  mayGive,
  type RefusedCredential,
  refuseCredential,
} from './family-tokens.ts';
import type { Grant, TokenRequest } from './grant.ts';

/**
 * Parameters as in `giveTokens`; `$14` whether the client is public, `$15` the redirect URI or null, `$16` the challenge that the
 * verifier answers, or null. A verifier without a challenge is an attack too (RFC 9700 §4.8.2).
 */
const redeemCode: Statement = {
  name: 'redeem-code',
  text: giveFirstTokens(`
    update authorization_code t set redeemed_at = $3 from ${familyJoins}
    where t.hash = $1 and f.id = t.family_id and t.expires_at > $3 and t.redeemed_at is null and ${mayGive}
      and t.redirect_uri is not distinct from $15::text and t.code_challenge is not distinct from $16::text`),
};

const refuseCode = refuseCredential('authorization_code');

export class AuthorizationCodeGrant implements Grant {
  readonly type = 'authorization_code';

  constructor(
    private readonly deps: {
      statements: Statements;
      clock: Clock;
      issuer: TokenIssuer;
      audiences: Audiences;
      familyTokens: FamilyTokens;
    },
  ) {}

  async redeem(request: TokenRequest): Promise<TokenResponse> {
    const { clock, issuer, audiences, familyTokens } = this.deps;
    const { client, parameters } = request;
    const code = parameters.get('code');
    if (code === undefined) throw OAuthError.invalidRequest('The parameter code is missing.');
    if (!isCredential('ac', code)) throw OAuthError.invalidGrant();
    const audience = await audiences.one(client.id, parameters.get('resource'));
    const verifier = parameters.get('code_verifier');
    const order = { hash: hashOf(code), audience, now: clock.now() };
    const issued = await familyTokens.give({
      ...request,
      ...order,
      statement: redeemCode,
      refreshes: client.grantTypes.includes('refresh_token'),
      own: [
        isPublic(client),
        parameters.get('redirect_uri') ?? null,
        verifier === undefined ? null : challengeOf(verifier),
      ],
    });
    if (issued === null) throw await this.refusal(client.id, order);
    return issuer.answer(issued);
  }

  private async refusal(
    appId: string,
    { hash, audience, now }: { hash: Buffer; audience: Audience | null; now: Date },
  ): Promise<OAuthError> {
    const { statements, audiences } = this.deps;
    const found = await statements.row<RefusedCredential>(refuseCode, [hash, appId, now]);
    if (found === undefined || found.replayed) return OAuthError.invalidGrant();
    return (await audiences.isRefused(appId, audience, found.resources))
      ? OAuthError.invalidTarget()
      : OAuthError.invalidGrant();
  }
}
