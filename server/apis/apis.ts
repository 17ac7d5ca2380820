/** The institution's own APIs, as administrators register them: apps get access tokens for them (RFC 8707, RFC 9068). */
import { type EntityManager, LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { InTransaction } from '../database/unit-of-work.ts';
import type { Clock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { type Page, type PageRequest, toPage } from '../kernel/page.ts';
import { isId } from '../kernel/secrets.ts';
import { Api } from './api.entity.ts';
import { type ApiBounds, type ApiDraft, apiProblems } from './api-rules.ts';

/** The identifier stays: tokens, permissions and the API itself know it. */
export type ApiChanges = { readonly [Field in keyof Omit<ApiDraft, 'identifier'>]?: ApiDraft[Field] | undefined };

export type NewApi = Pick<ApiDraft, 'identifier' | 'name'> & ApiChanges;

export class Apis {
  constructor(
    private readonly deps: { em: EntityManager; inTransaction: InTransaction; clock: Clock; config: ApiBounds },
  ) {}

  async find(id: string): Promise<Api | null> {
    return isId(id) ? this.deps.em.fork().findOne(Api, { id }) : null;
  }

  /** Those that there are, by identifier. */
  async findByIdentifiers(identifiers: readonly string[]): Promise<Api[]> {
    if (identifiers.length === 0) return [];
    return this.deps.em.fork().find(Api, { identifier: { $in: [...identifiers] } }, { orderBy: { identifier: 'asc' } });
  }

  /** The latest first. */
  async list(page: PageRequest): Promise<Page<Api>> {
    const where = page.after === null ? {} : { id: { $lt: page.after } };
    const found = await this.deps.em.fork().find(Api, where, { orderBy: { id: 'desc' }, limit: page.first + 1 });
    return toPage(found, page);
  }

  /** @throws DomainError INVALID_INPUT */
  async register(api: NewApi): Promise<Api> {
    const { inTransaction, clock } = this.deps;
    const draft = this.judge({
      identifier: api.identifier.trim(),
      name: api.name,
      scopes: api.scopes ?? [],
      accessTokenSigningAlg: api.accessTokenSigningAlg ?? 'ES256',
      accessTokenLifetime: api.accessTokenLifetime ?? null,
    });
    const now = clock.now();
    try {
      return await inTransaction(async (em) => {
        const created = em.create(Api, { ...draft, scopes: [...draft.scopes], createdAt: now, updatedAt: now });
        await em.persist(created).flush();
        return created;
      });
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const message = 'There is an API with that identifier already.';
      throw DomainError.invalidInput([{ code: 'TAKEN', message, path: ['identifier'] }]);
    }
  }

  /**
   * What is left out stays. A scope that is taken away is in no new token from now on.
   *
   * @throws DomainError NOT_FOUND, INVALID_INPUT
   */
  update(id: string, changes: ApiChanges): Promise<Api> {
    const { inTransaction, clock } = this.deps;
    return inTransaction(async (em) => {
      const api = await findForChange(em, id);
      const { accessTokenLifetime = api.accessTokenLifetime ?? null } = changes;
      const draft = this.judge({
        identifier: api.identifier,
        name: changes.name ?? api.name,
        scopes: changes.scopes ?? api.scopes,
        accessTokenSigningAlg: changes.accessTokenSigningAlg ?? api.accessTokenSigningAlg,
        // Null is a value of its own here: back to the app's or the operator's.
        accessTokenLifetime,
      });
      em.assign(api, { ...draft, scopes: [...draft.scopes], updatedAt: clock.now() });
      await em.flush();
      return api;
    });
  }

  /**
   * No app gets tokens for it any more; those that are out work at the API until they expire.
   *
   * @throws DomainError NOT_FOUND
   */
  delete(id: string): Promise<Api> {
    return this.deps.inTransaction(async (em) => {
      const api = await findForChange(em, id);
      await em.remove(api).flush();
      return api;
    });
  }

  /** @throws DomainError INVALID_INPUT */
  private judge({ identifier, name, scopes, accessTokenSigningAlg, accessTokenLifetime }: ApiDraft): ApiDraft {
    const draft: ApiDraft = {
      identifier,
      name: name.trim(),
      scopes: scopes.map((scope) => ({ name: scope.name, description: scope.description.trim() })),
      accessTokenSigningAlg,
      accessTokenLifetime,
    };
    const problems = apiProblems(draft, this.deps.config);
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    return draft;
  }
}

/** Locked until the transaction ends. */
const findForChange = async (em: EntityManager, id: string): Promise<Api> => {
  const api = isId(id) ? await em.findOne(Api, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
  if (api === null) throw DomainError.notFound('API');
  return api;
};
