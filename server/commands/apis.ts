/** `latchkey apis …`: the institution's own APIs, from the command line. */
import type { AccessTokenAlgorithm, Api, ApiScope } from '../apis/api.entity.ts';
import { Apis } from '../apis/apis.ts';
import { printable } from '../apps/app-rules.ts';
import { systemClock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { isSure } from './ask.ts';
import { answer, inNames, type OutputOptions, Refusal, table } from './outcome.ts';
import { atWorkplace, type Workplace } from './workplace.ts';

/** By Commander's names; what was not given is not there. */
export interface ApiOptions extends OutputOptions {
  readonly name?: string;
  /** `name=description`, each. */
  readonly scope?: readonly string[];
  /** All scopes are taken away. */
  readonly noScopes?: boolean;
  readonly signingAlg?: AccessTokenAlgorithm;
  /** Seconds; `default`: the app's or the operator's. */
  readonly accessTokenLifetime?: number | 'default';
}

const apisOf = ({ em, inTransaction, config }: Workplace): Apis =>
  new Apis({ em, inTransaction, clock: systemClock, config });

/** @param name an identifier, or the API's own id */
const findApi = async (apis: Apis, name: string): Promise<Api> => {
  const [byIdentifier] = await apis.findByIdentifiers([name]);
  const api = byIdentifier ?? (await apis.find(name));
  if (api === null) throw DomainError.notFound(`API: ${name}`);
  return api;
};

const readScope = (text: string): ApiScope => {
  const at = text.indexOf('=');
  return at < 0 ? { name: text, description: '' } : { name: text.slice(0, at), description: text.slice(at + 1) };
};

const changesOf = (options: ApiOptions) => ({
  name: options.name,
  scopes: options.noScopes ? [] : options.scope?.map(readScope),
  accessTokenSigningAlg: options.signingAlg,
  accessTokenLifetime: options.accessTokenLifetime === 'default' ? null : options.accessTokenLifetime,
});

/** A part of the API by the option that says it. */
const optionOf = (options: ApiOptions, [part = '', index = '']: readonly string[]): string[] => {
  if (part === 'scopes') return [`--scope ${printable(options.scope?.[Number(index)] ?? '')}`.trim()];
  if (part === 'accessTokenSigningAlg') return ['--signing-alg'];
  return part === 'accessTokenLifetime' ? ['--access-token-lifetime'] : [`--${part}`];
};

const toJson = (api: Api) => ({
  id: api.id,
  identifier: api.identifier,
  name: api.name,
  scopes: api.scopes,
  access_token_signing_alg: api.accessTokenSigningAlg,
  access_token_lifetime: api.accessTokenLifetime ?? null,
  created_at: api.createdAt.toISOString(),
});

const toLines = (api: Api): string[] =>
  table([
    ['  identifier', api.identifier],
    ['  signed with', api.accessTokenSigningAlg],
    ['  tokens last', api.accessTokenLifetime == null ? 'as the app’s' : `${api.accessTokenLifetime} seconds`],
    ...api.scopes.map(({ name, description }) => ['  scope', `${name}: ${description}`]),
  ]);

export const createApi = async (options: ApiOptions & { identifier: string; name: string }): Promise<void> => {
  const draft = { ...changesOf(options), identifier: options.identifier, name: options.name };
  const api = await inNames(
    () => atWorkplace((workplace) => apisOf(workplace).register(draft)),
    (path) => optionOf(options, path),
  );
  answer(options, toJson(api), [`Registered ${api.name}.`, ...toLines(api)]);
};

/** APIs read at once. */
const pageSize = 500;

const listAll = async (apis: Apis): Promise<Api[]> => {
  const all: Api[] = [];
  for (let after: string | null = null; ; ) {
    const page = await apis.list({ first: pageSize, after });
    all.push(...page.items);
    after = page.items.at(-1)?.id ?? null;
    if (!page.hasMore) return all;
  }
};

export const listApis = async (options: OutputOptions): Promise<void> => {
  const apis = await atWorkplace((workplace) => listAll(apisOf(workplace)));
  const rows = apis.map((api) => [api.name, api.identifier, api.scopes.map(({ name }) => name).join(' ')]);
  answer(options, apis.map(toJson), table([['NAME', 'IDENTIFIER', 'SCOPES'], ...rows]));
};

export const updateApi = async (name: string, options: ApiOptions): Promise<void> => {
  const changes = changesOf(options);
  if (Object.values(changes).every((value) => value === undefined)) {
    throw new Refusal('Nothing to change: say what, see --help.');
  }
  const update = async (workplace: Workplace) => {
    const apis = apisOf(workplace);
    return apis.update((await findApi(apis, name)).id, changes);
  };
  const api = await inNames(
    () => atWorkplace(update),
    (path) => optionOf(options, path),
  );
  answer(options, toJson(api), [`Changed ${api.name}.`, ...toLines(api)]);
};

export interface DeleteApiOptions extends OutputOptions {
  readonly yes?: boolean;
}

export const deleteApi = async (name: string, options: DeleteApiOptions): Promise<void> => {
  const api = await atWorkplace(async (workplace) => {
    const apis = apisOf(workplace);
    const found = await findApi(apis, name);
    const question = `Delete ${found.name}, with what apps may ask for there?`;
    if (!options.yes && !options.json && !(await isSure(question))) throw new Refusal('Nothing was changed.');
    return apis.delete(found.id);
  });
  answer(options, toJson(api), [`Deleted ${api.name}: no app gets tokens for it any more.`]);
};
