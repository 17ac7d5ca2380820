/** How an app knows a person: by one `sub` for all apps, or by one of its own sector's, which no other can match (OpenID Connect Core §8). */
import { randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { InTransaction } from '../../database/unit-of-work.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type OperatorSecret, Seal } from '../../kernel/operator-secret.ts';
import { mac } from '../../kernel/secrets.ts';
import type { SubjectClient } from '../protocol/authenticated-client.ts';
import { SealedValue } from '../sealed-value.entity.ts';

const purpose = 'sealed values';
const saltName = 'pairwise subjects';

/** `pg_advisory_xact_lock`: two nodes that start at once make one salt. */
const saltLock = 4_104_002;

export class Subjects {
  private constructor(private readonly salt: Buffer) {}

  /**
   * Reads the salt; makes it at the first start. It never changes: every pairwise `sub` would.
   * @throws WrongSecretError where it was sealed with another secret
   */
  static async open(deps: { inTransaction: InTransaction; clock: Clock; secret: OperatorSecret }): Promise<Subjects> {
    const seal = new Seal(deps.secret, purpose);
    const salt = await deps.inTransaction(async (em) => {
      await em.execute('select pg_advisory_xact_lock(?)', [saltLock]);
      const found = await em.findOne(SealedValue, { name: saltName });
      if (found !== null) {
        found.sealed = seal.renew(found.sealed) ?? found.sealed;
        return seal.open(found.sealed);
      }
      const made = randomBytes(32).toString('base64');
      em.create(SealedValue, { name: saltName, sealed: seal.close(made), createdAt: deps.clock.now() });
      return made;
    });
    return new Subjects(Buffer.from(salt, 'base64'));
  }

  /**
   * Opens the salt, and changes nothing.
   * @throws WrongSecretError
   */
  static async checkSeal(em: EntityManager, secret: OperatorSecret): Promise<void> {
    const found = await em.findOne(SealedValue, { name: saltName });
    if (found !== null) new Seal(secret, purpose).open(found.sealed);
  }

  /** The `sub` of this person for this app. */
  subjectFor(client: SubjectClient, accountId: string): string {
    return this.asKnownTo(client, accountId);
  }

  /** The `sid` of a browser session for this app: it must not tell either that two apps speak of the same person. */
  sidFor(client: SubjectClient, sessionId: string): string {
    return this.asKnownTo(client, sessionId);
  }

  private asKnownTo(client: SubjectClient, id: string): string {
    if (client.subjectType === 'public') return id;
    // §8.1, the second method; a host holds no blank, so that no two pairs are the same text.
    return mac(this.salt, `${sectorOf(client)} ${id}`);
  }
}

/** §8.1: the host of the sector identifier, else of the redirect URIs, which are all on one; a scheme of its own is a sector of its own. */
const sectorOf = (client: SubjectClient): string => {
  const address = client.sectorIdentifierUri ?? client.redirectUris[0];
  if (address === undefined) throw new Error('An app with pairwise subjects has neither a sector nor a redirect URI.');
  const { hostname, protocol } = new URL(address);
  return hostname || protocol;
};
