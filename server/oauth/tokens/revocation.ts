/** An app gives tokens back (RFC 7009). Whatever it names, everything of the same family ends: one write. */
import type { Statement, Statements } from '../../database/statements.ts';
import type { Clock } from '../../kernel/clock.ts';
import { hashOf, isCredential } from '../../kernel/secrets.ts';
import { OAuthError } from '../protocol/oauth-error.ts';
import type { SigningKeys } from './signing-keys.ts';

/** A token that was exchanged lives in a family that is not its app's to end. `$1` hash */
const ownerOfAccessToken: Statement = {
  name: 'owner-of-access-token',
  text: `
    select t.app_id, f.id as family_id
    from access_token t left join token_family f on f.id = t.family_id and f.app_id = t.app_id
    where t.hash = $1`,
};

const ownerOfRefreshToken: Statement = {
  name: 'owner-of-refresh-token',
  text: 'select f.app_id, f.id as family_id from refresh_token t join token_family f on f.id = t.family_id where t.hash = $1',
};

const endFamily: Statement = {
  name: 'end-token-family',
  text: 'update token_family set ended_at = $2 where id = $1 and ended_at is null',
};

const revokeAppToken: Statement = {
  name: 'revoke-app-token',
  text: 'update access_token set revoked_at = $2 where hash = $1 and revoked_at is null',
};

interface Owner {
  app_id: string;
  family_id: string | null;
}

export class Revocation {
  constructor(private readonly deps: { statements: Statements; clock: Clock; keys: SigningKeys }) {}

  /**
   * Does nothing for a token that is unknown: it is as good as revoked (RFC 7009 §2.2).
   * @throws OAuthError where the token was issued to another client (§2.1)
   */
  async revoke(token: string, appId: string): Promise<void> {
    const { statements, clock } = this.deps;
    const owner = await this.ownerOf(token);
    if (owner === undefined) return;
    const { hash } = owner;
    if (owner.app_id !== appId) throw OAuthError.unauthorizedClient('The token was issued to another client.');
    await (owner.family_id === null
      ? statements.rows(revokeAppToken, [hash, clock.now()])
      : statements.rows(endFamily, [owner.family_id, clock.now()]));
  }

  /** The token says itself what it is, so the `token_type_hint` is not needed; a signed one is known by its `jti`. */
  private async ownerOf(token: string): Promise<(Owner & { hash: Buffer }) | undefined> {
    const refreshes = isCredential('rt', token);
    const secret = refreshes || isCredential('at', token) ? token : (await this.deps.keys.verify(token, 'at+jwt'))?.jti;
    if (secret === undefined) return undefined;
    const hash = hashOf(secret);
    const owner = await this.deps.statements.row<Owner>(refreshes ? ownerOfRefreshToken : ownerOfAccessToken, [hash]);
    return owner && { ...owner, hash };
  }
}
