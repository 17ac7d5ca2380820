/** What apps may ask for at the institution's own APIs. */
import type { EntityManager } from '@mikro-orm/postgresql';
import { Api } from '../apis/api.entity.ts';
import type { UserError } from '../kernel/domain-error.ts';
import { isReadable } from '../kernel/readable.ts';
import { ApiAccess } from './api-access.entity.ts';
import type { App } from './app.entity.ts';
import type { AppDetails } from './app-draft.ts';
import { isPrivileged } from './app-rules.ts';

/** In the words of whoever registers an app. */
export interface ApiAccessDraft {
  /** The API's: what `resource` names (RFC 8707 §2). */
  readonly identifier: string;
  readonly scopes: readonly string[];
}

type ApiAllowance = 'anything' | 'what it has' | 'nothing';

/** A person's permission bounds what an app does for them: not where they are not asked, nor what it does for itself. */
export const apiAllowance = (details: AppDetails, mayAdminister: boolean, before?: AppDetails): ApiAllowance => {
  const forItself = details.grantTypes.includes('client_credentials');
  if (mayAdminister || !(forItself || isPrivileged(details))) return 'anything';
  return before === undefined || (forItself && !before.grantTypes.includes('client_credentials'))
    ? 'nothing'
    : 'what it has';
};

/**
 * Puts this in the place of what the app may ask for now.
 *
 * @param em of the transaction that changes the app
 * @param wanted null: it stays as it is
 * @param allowance what whoever changes the app may let it have
 * @returns what is wrong; then nothing was given, and the transaction must not be kept
 */
export const giveApiAccess = async (
  em: EntityManager,
  app: App,
  wanted: readonly ApiAccessDraft[] | null,
  allowance: ApiAllowance,
): Promise<UserError[]> => {
  const before = await em.find(ApiAccess, { app: app.id }, { populate: ['api'] });
  const had = before.map(({ api, scopes }) => ({ identifier: api.getEntity().identifier, scopes }));
  const access = merged(wanted ?? had);
  if (allowance !== 'anything' && !isPartOf(access, allowance === 'nothing' ? [] : had)) {
    const message = 'Only an administrator can let this app use more of an API.';
    return [{ code: 'FORBIDDEN', message, path: ['apis'] }];
  }
  if (wanted === null) return [];
  // PostgreSQL takes no NUL; no API has a name that cannot be read.
  const apis = await em.find(Api, { identifier: { $in: [...access.keys()].filter(isReadable) } });
  const byIdentifier = new Map(apis.map((api) => [api.identifier, api]));
  const problems = wanted.flatMap((each, index) => problemsOf(each, index, byIdentifier.get(each.identifier)));
  if (problems.length > 0) return problems;
  for (const row of before) em.remove(row);
  await em.flush();
  for (const api of apis) {
    em.persist(em.create(ApiAccess, { app, api, scopes: [...(access.get(api.identifier) ?? [])] }));
  }
  await em.flush();
  return [];
};

const merged = (drafts: readonly ApiAccessDraft[]): Map<string, Set<string>> => {
  const access = new Map<string, Set<string>>();
  for (const { identifier, scopes } of drafts) {
    access.set(identifier, new Set([...(access.get(identifier) ?? []), ...scopes]));
  }
  return access;
};

const isPartOf = (access: ReadonlyMap<string, ReadonlySet<string>>, given: readonly ApiAccessDraft[]): boolean => {
  const all = merged(given);
  return [...access].every(([identifier, scopes]) => [...scopes].every((scope) => all.get(identifier)?.has(scope)));
};

const problemsOf = ({ scopes }: ApiAccessDraft, index: number, api: Api | undefined): UserError[] => {
  const path = ['apis', String(index)];
  if (api === undefined) {
    return [{ code: 'UNKNOWN', message: 'There is no API with that identifier.', path: [...path, 'identifier'] }];
  }
  const known = new Set(api.scopes.map(({ name }) => name));
  return scopes.flatMap((scope, position) =>
    known.has(scope)
      ? []
      : [
          {
            code: 'UNKNOWN',
            message: `${api.name} has no such scope.`,
            path: [...path, 'scopes', String(position)],
          },
        ],
  );
};

export interface AppApiAccess {
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** What each of these apps may ask for. */
export const apiAccessOf = async (
  em: EntityManager,
  appIds: readonly string[],
): Promise<ReadonlyMap<string, AppApiAccess[]>> => {
  const rows = await em.find(
    ApiAccess,
    { app: { $in: [...appIds] } },
    { populate: ['api'], orderBy: { api: { identifier: 'asc' } } },
  );
  const byApp = Map.groupBy(rows, (row) => row.app.id);
  return new Map(
    [...byApp].map(([id, access]) => [
      id,
      access.map(({ api, scopes }) => {
        const { identifier, name } = api.getEntity();
        return { identifier, name, scopes };
      }),
    ]),
  );
};
