/** `latchkey apps …`: the registered apps, from the command line. */
import { lookup } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { Account } from '../accounts/account.entity.ts';
import { Passwords } from '../accounts/password.ts';
import type { App, AppType } from '../apps/app.entity.ts';
import { readAppMetadata, toAppMetadata } from '../apps/app-metadata.ts';
import { AppRegistration, type Registrant } from '../apps/app-registration.ts';
import { AppSecrets } from '../apps/app-secret.ts';
import { Apps } from '../apps/apps.ts';
import { SectorIdentifiers } from '../apps/sector-identifier.ts';
import { OutboundRequests } from '../http/outbound.ts';
import { systemClock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { isSure } from './ask.ts';
import { answer, type OutputOptions, Refusal, table } from './outcome.ts';
import { findAccount } from './users.ts';
import { atWorkplace, type Workplace } from './workplace.ts';

const clock = systemClock;
const operator: Registrant = { accountId: null, mayAdminister: true };
/** Apps read at once. */
const pageSize = 500;

export interface AppOptions extends OutputOptions {
  readonly name?: string;
  readonly redirectUri?: readonly string[];
  readonly authMethod?: string;
  readonly grant?: readonly string[];
  readonly scope?: string;
  readonly pkce?: boolean;
  readonly trusted?: boolean;
  readonly homepage?: string;
}

export interface CreateAppOptions extends AppOptions {
  readonly type?: AppType;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly owner?: string;
  readonly metadata?: string;
}

/** The names that the rules use for an app's parts, as the command line and the standard (RFC 7591) know them. */
const standardNames: Readonly<Record<string, string>> = {
  name: 'client_name',
  homepageUri: 'client_uri',
  redirectUris: 'redirect_uris',
  authMethod: 'token_endpoint_auth_method',
  grantTypes: 'grant_types',
  scopes: 'scope',
  requirePkce: 'require_pkce',
  clientId: 'client_id',
  clientSecret: 'client_secret',
};

/** Refusals in the names that were used to ask. */
const inStandardNames = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DomainError) || error.userErrors.length === 0) throw error;
    throw DomainError.invalidInput(
      error.userErrors.map(({ path: [field = '', ...rest], ...userError }) => ({
        ...userError,
        path: [standardNames[field] ?? field, ...rest].filter((part) => part !== ''),
      })),
    );
  }
};

/** What the options say, in the names of RFC 7591; what they do not say is left out. */
const metadataOf = (options: AppOptions): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({
      client_name: options.name,
      client_uri: options.homepage,
      redirect_uris: options.redirectUri,
      token_endpoint_auth_method: options.authMethod,
      grant_types: options.grant,
      scope: options.scope,
      require_pkce: options.pkce,
      trusted: options.trusted,
    }).filter(([, value]) => value !== undefined),
  );

const readMetadataFile = async (file: string): Promise<object> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`,
    );
  });
  try {
    const metadata: unknown = JSON.parse(text);
    if (typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)) return metadata;
  } catch {
    // Said below.
  }
  throw new Refusal(`${file} holds no JSON object.`);
};

const registrationOf = ({ inTransaction, config }: Workplace): AppRegistration => {
  const outbound = new OutboundRequests({ lookup, allow: config.outboundAllow, local: config.local });
  const secrets = new AppSecrets({ passwords: new Passwords() });
  return new AppRegistration({ inTransaction, clock, secrets, sectors: new SectorIdentifiers({ outbound }), config });
};

/** @param name a client id, or the app's own id */
const findApp = async ({ em }: Workplace, name: string): Promise<App> => {
  const apps = new Apps({ em, clock });
  const app = (await apps.findByClientId(name)) ?? (await apps.find(name));
  if (app === null) throw DomainError.notFound(`app: ${name}`);
  return app;
};

const ownersOf = async ({ em }: Workplace, apps: readonly App[]): Promise<ReadonlyMap<string, string>> => {
  const ids = apps.flatMap((app) => app.owner?.id ?? []);
  const owners = await em.fork().find(Account, { id: { $in: ids } });
  return new Map(owners.map((owner) => [owner.id, owner.username]));
};

interface Described {
  readonly app: App;
  readonly owner: string | null;
  readonly clientSecret?: string | null;
}

const describe = async (workplace: Workplace, app: App, clientSecret: string | null = null): Promise<Described> => ({
  app,
  owner: (await ownersOf(workplace, [app])).get(app.owner?.id ?? '') ?? null,
  clientSecret,
});

const toJson = ({ app, owner, clientSecret = null }: Described) => ({
  id: app.id,
  type: app.type,
  ...toAppMetadata(app, clientSecret),
  owner,
  created_at: app.createdAt.toISOString(),
});

const toLines = ({ app, owner, clientSecret = null }: Described): string[] =>
  table(
    [
      ['  client id', app.clientId],
      ['  client secret', clientSecret === null ? '' : `${clientSecret}  (shown only now)`],
      ['  redirect URIs', app.redirectUris.join(' ')],
      ['  authentication', app.authMethod],
      ['  grants', app.grantTypes.join(' ')],
      ['  scopes', app.scopes.join(' ')],
      ['  PKCE', app.requirePkce ? 'required' : 'not required'],
      ['  consent', app.trusted ? 'not asked: trusted' : 'asked'],
      ['  owner', owner ?? ''],
    ].filter(([, value]) => value !== ''),
  );

export const createApp = async (options: CreateAppOptions): Promise<void> => {
  const file = options.metadata === undefined ? {} : await readMetadataFile(options.metadata);
  const { clientId: client_id, clientSecret: client_secret, owner } = options;
  const chosen = Object.entries({ client_id, client_secret, owner }).filter(([, value]) => value !== undefined);
  // What an option says overrides the file.
  const metadata = { ...file, ...metadataOf(options), ...Object.fromEntries(chosen) };
  const read = readAppMetadata(metadata);
  const made = await atWorkplace(async (workplace) => {
    const ownerId = read.owner ? (await findAccount(workplace, read.owner)).id : null;
    const draft = { ...read.app, ...(options.type === undefined ? {} : { type: options.type }), ownerId };
    const { app, clientSecret } = await inStandardNames(registrationOf(workplace).register(draft, operator));
    return await describe(workplace, app, clientSecret);
  });
  answer(options, toJson(made), [`Registered ${made.app.name} (${made.app.type}).`, ...toLines(made)]);
};

export interface ListAppsOptions extends OutputOptions {
  readonly search?: string;
}

const listAll = async ({ em }: Workplace, search: string | undefined): Promise<App[]> => {
  const apps = new Apps({ em, clock });
  const all: App[] = [];
  for (let after: string | null = null; ; ) {
    const page = await apps.list(search === undefined ? {} : { search }, { first: pageSize, after });
    all.push(...page.items);
    after = page.items.at(-1)?.id ?? null;
    if (!page.hasMore) return all;
  }
};

export const listApps = async (options: ListAppsOptions): Promise<void> => {
  const described = await atWorkplace(async (workplace) => {
    const apps = await listAll(workplace, options.search);
    const owners = await ownersOf(workplace, apps);
    return apps.map((app) => ({ app, owner: owners.get(app.owner?.id ?? '') ?? null }));
  });
  const rows = described.map(({ app, owner }) => [
    app.name,
    app.type,
    app.clientId,
    owner ?? '',
    app.trusted ? 'trusted' : '',
    app.createdAt.toISOString().slice(0, 10),
  ]);
  answer(options, described.map(toJson), table([['NAME', 'TYPE', 'CLIENT ID', 'OWNER', 'TRUST', 'SINCE'], ...rows]));
};

export const updateApp = async (name: string, options: AppOptions): Promise<void> => {
  const changes = metadataOf(options);
  if (Object.keys(changes).length === 0) throw new Refusal('Nothing to change: say what, see --help.');
  const { name: newName, type: _, ...rest } = readAppMetadata(changes).app;
  const named = options.name === undefined ? rest : { ...rest, name: newName };
  const changed = await atWorkplace(async (workplace) => {
    const app = await findApp(workplace, name);
    return await describe(workplace, await inStandardNames(registrationOf(workplace).update(app.id, named, operator)));
  });
  answer(options, toJson(changed), [`Changed ${changed.app.name}.`, ...toLines(changed)]);
};

export interface RotateSecretOptions extends OutputOptions {
  /** Seconds for which the old secret goes on working. */
  readonly keepOldFor: number;
}

export const rotateSecret = async (name: string, options: RotateSecretOptions): Promise<void> => {
  const rotated = await atWorkplace(async (workplace) => {
    const { id } = await findApp(workplace, name);
    const { app, clientSecret } = await registrationOf(workplace).rotateSecret(id, options.keepOldFor, operator);
    return await describe(workplace, app, clientSecret);
  });
  const old = options.keepOldFor > 0 ? `works for ${options.keepOldFor} seconds more` : 'does not work any more';
  answer(options, toJson(rotated), [`${rotated.app.name} has a new secret; the old one ${old}.`, ...toLines(rotated)]);
};

export interface DeleteAppOptions extends OutputOptions {
  readonly yes?: boolean;
}

export const deleteApp = async (name: string, options: DeleteAppOptions): Promise<void> => {
  const deleted = await atWorkplace(async (workplace) => {
    const app = await findApp(workplace, name);
    const question = `Delete ${app.name}, with everything that people allowed it?`;
    if (!options.yes && !options.json && !(await isSure(question))) throw new Refusal('Nothing was changed.');
    const described = await describe(workplace, app);
    await registrationOf(workplace).delete(app.id, operator);
    return described;
  });
  answer(options, toJson(deleted), [`Deleted ${deleted.app.name}: its tokens stop working at once.`]);
};
