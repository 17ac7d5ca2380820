/** JWTs that work once: of any number of uses, on whatever node, the first counts (RFC 7523 §3). */
import type { Statement, Statements } from '../../database/statements.ts';
import { hashOf } from '../../kernel/secrets.ts';

/** `$1` key, `$2` the time after which the JWT itself is refused */
const useJti: Statement = {
  name: 'use-jti',
  text: 'insert into used_jti (key, expires_at) values ($1, $2) on conflict do nothing returning true as first',
};

export class UsedJtis {
  constructor(private readonly deps: { statements: Statements }) {}

  /**
   * @param jwt.purpose tells apart what one app signs for different ends
   * @param jwt.expiresAt the time after which the JWT is refused anyhow
   * @returns whether this is the first use
   */
  async use(jwt: { purpose: string; clientId: string; jti: string; expiresAt: Date }): Promise<boolean> {
    const key = hashOf(JSON.stringify([jwt.purpose, jwt.clientId, jwt.jti]));
    return (await this.deps.statements.row(useJti, [key, jwt.expiresAt])) !== undefined;
  }
}
