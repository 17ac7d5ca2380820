/** `latchkey apps …`: the registered apps, from the command line. */
import { lookup } from 'node:dns';
import { Account } from '../accounts/account.entity.ts';
import { Passwords } from '../accounts/password.ts';
import type { AppApiAccess } from '../apps/api-access.ts';
import type { App, AppType } from '../apps/app.entity.ts';
import { isNullable } from '../apps/app-draft.ts';
import { type AppMetadata, memberOf, readAppMetadata, toAppMetadata, typeOf } from '../apps/app-metadata.ts';
import { AppRegistration, type Registrant } from '../apps/app-registration.ts';
import { printable } from '../apps/app-rules.ts';
import { AppSecret } from '../apps/app-secret.entity.ts';
import { AppSecrets } from '../apps/app-secret.ts';
import { Apps } from '../apps/apps.ts';
import { SectorIdentifiers } from '../apps/sector-identifier.ts';
import { OutboundRequests } from '../http/outbound.ts';
import { systemClock } from '../kernel/clock.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { changesIn, readJsonFile, type StayingMembers } from './app-file.ts';
import { type AppOption, appOptions, attributeOf, shortGrant } from './app-options.ts';
import { isSure } from './ask.ts';
import { answer, inNames, type OutputOptions, Refusal, table } from './outcome.ts';
import { findAccount } from './users.ts';
import { atWorkplace, type Workplace } from './workplace.ts';

const clock = systemClock;
const secrets = new AppSecrets({ passwords: new Passwords() });
const operator: Registrant = { accountId: null, mayAdminister: true };
/** Apps read at once. */
const pageSize = 500;

/** By Commander's names of `appOptions`; what was not given is not there. */
export interface AppOptions extends OutputOptions, Readonly<Record<string, unknown>> {
  readonly metadata?: string;
}

export interface CreateAppOptions extends AppOptions {
  readonly type?: AppType;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly owner?: string;
}

/** The option by which a part of the app was given; undefined where it was not. */
const givenOption = (options: AppOptions, part: string) => {
  const chosen = { clientId: 'client-id', clientSecret: 'client-secret', type: 'type', owner: 'owner' };
  if (part in chosen) return options[part] === undefined ? undefined : { name: chosen[part as keyof typeof chosen] };
  return appOptions.find((option) => option.part === part && options[attributeOf(option)] !== undefined);
};

/** A part of the app as whoever asked knows it: the option that was used, else the member of the metadata. */
const nameFor = (options: AppOptions, [part = '', ...rest]: readonly string[]): string[] => {
  const option = givenOption(options, part);
  if (option === undefined) {
    // Without a file there is nothing but options to mend it with.
    const offered = options.metadata === undefined && appOptions.find((each) => each.part === part);
    return offered ? [`--${offered.name}`] : [memberOf(part), ...rest].filter((name) => name !== '');
  }
  const value = 'part' in option ? options[attributeOf(option)] : undefined;
  if (value === false) return [`--no-${option.name}`];
  const item: unknown = Array.isArray(value) ? value[Number(rest[0] ?? Number.NaN)] : undefined;
  const said = typeof item === 'string' ? ` ${printable(part === 'grantTypes' ? shortGrant(item) : item)}` : '';
  return [`--${option.name}${said}`];
};

/** Refusals in the names that were used to ask. */
const inTheirNames = <T>(options: AppOptions, work: () => Promise<T>): Promise<T> =>
  inNames(work, (path) => nameFor(options, path));

/** What the options say, in the names of RFC 7591; an empty value takes away what was said before. */
const saidBy = async (options: AppOptions): Promise<Record<string, unknown>> => {
  const said: Record<string, unknown> = {};
  for (const option of appOptions) {
    const given = options[attributeOf(option)];
    if (given === undefined) continue;
    const values = Array.isArray(given) ? given.filter((value) => value !== '').map(String) : [];
    if (option.part === 'grantTypes') said.grant_types = values;
    else if (option.part === 'apis') said.apis = values.map(toApiAccess);
    else if (option.part === 'jwks') said.jwks = given === '' ? null : await readJsonFile(String(given));
    else if (option.part === 'scopes' && String(given).trim() === '') throw new Refusal('--scope: name at least one.');
    else said[memberOf(option.part)] = Array.isArray(given) ? values : given === '' ? emptied(option.part) : given;
  }
  return said;
};

const emptied = (part: string): string | null => (isNullable(part) ? null : '');

const toApiAccess = (text: string) => {
  const [identifier = '', ...scopes] = text.split(/\s+/).filter((word) => word !== '');
  return { identifier, scopes };
};

/** What a file and the options say together; an option overrides the file. */
const readMetadata = async (
  file: Readonly<Record<string, unknown>>,
  options: AppOptions,
  more: Record<string, unknown> = {},
): Promise<AppMetadata> => {
  const chosen = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return readAppMetadata({ ...file, ...(await saidBy(options)), ...chosen }, { ignoreUnknown: false });
};

const fileOf = async ({ metadata }: AppOptions) => (metadata === undefined ? {} : await readJsonFile(metadata));

const registrationOf = ({ inTransaction, config }: Workplace): AppRegistration => {
  const outbound = new OutboundRequests({ lookup, allow: config.outboundAllow, local: config.local });
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
  readonly apis: readonly AppApiAccess[];
  readonly clientSecret?: string | null;
}

const describeAll = async (workplace: Workplace, apps: readonly App[]): Promise<Described[]> => {
  const owners = await ownersOf(workplace, apps);
  const apis = await new Apps({ em: workplace.em, clock }).apiAccess(apps.map((app) => app.id));
  return apps.map((app) => ({ app, owner: owners.get(app.owner?.id ?? '') ?? null, apis: apis.get(app.id) ?? [] }));
};

const describe = async (workplace: Workplace, app: App, clientSecret: string | null = null): Promise<Described> => {
  const [described] = await describeAll(workplace, [app]);
  return { app, owner: null, apis: [], ...described, clientSecret };
};

const toJson = ({ app, owner, apis, clientSecret = null }: Described) => ({
  id: app.id,
  type: app.type,
  ...toAppMetadata(app, clientSecret),
  apis: apis.map(({ identifier, scopes }) => ({ identifier, scopes })),
  owner,
  origin: app.origin,
  created_at: app.createdAt.toISOString(),
});

const toText = (value: unknown): string => {
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
};

const partText = (app: App, part: AppOption['part']): string => {
  if (part === 'apis' || part === 'name') return '';
  // Required unless it is said otherwise: whoever looks after the app must see where it is not.
  if (part === 'requirePkce')
    return app.grantTypes.includes('authorization_code') && !app.requirePkce ? 'not required' : '';
  if (part === 'grantTypes') return app.grantTypes.map(shortGrant).join(' ');
  return app[part] === false ? '' : toText(app[part]);
};

/** Everything that is set, and what is off that is on by itself. */
const toLines = ({ app, owner, apis, clientSecret = null }: Described): string[] =>
  table(
    [
      ['  client id', app.clientId],
      ['  client secret', clientSecret === null ? '' : `${clientSecret}  (shown only now)`],
      ...appOptions.map(({ part, name }) => [`  ${name}`, partText(app, part)]),
      ...apis.map(({ identifier, scopes }) => ['  api', [identifier, ...scopes].join(' ')]),
      ['  owner', owner ?? ''],
      ['  origin', app.origin],
      ['  created at', app.createdAt.toISOString()],
    ].filter(([, value]) => value !== ''),
  );

export const createApp = async (options: CreateAppOptions): Promise<void> => {
  const { clientId: client_id, clientSecret: client_secret, owner } = options;
  const made = await inTheirNames(options, async () => {
    const read = await readMetadata(await fileOf(options), options, { client_id, client_secret, owner });
    return await atWorkplace(async (workplace) => {
      const { settings, clientId, clientSecret, apis } = read;
      const ownerId = read.owner ? (await findAccount(workplace, read.owner)).id : null;
      const name = settings.name ?? clientId ?? '';
      const draft = { ...settings, name, type: options.type ?? typeOf(read), clientId, clientSecret, apis, ownerId };
      const registered = await registrationOf(workplace).register(draft, operator);
      return await describe(workplace, registered.app, registered.clientSecret);
    });
  });
  answer(options, toJson(made), [`Registered ${made.app.name} (${made.app.type}).`, ...toLines(made)]);
};

export const showApp = async (name: string, options: OutputOptions): Promise<void> => {
  const shown = await atWorkplace(async (workplace) => await describe(workplace, await findApp(workplace, name)));
  answer(options, toJson(shown), [`${shown.app.name} (${shown.app.type})`, ...toLines(shown)]);
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
  const described = await atWorkplace(async (workplace) =>
    describeAll(workplace, await listAll(workplace, options.search)),
  );
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

/** What no update changes, each as the file may say it nevertheless. */
const stayingMembers = (workplace: Workplace, { app, ...described }: Described): StayingMembers => {
  const shown: Readonly<Record<string, unknown>> = { ...toJson({ app, ...described }), client_secret_expires_at: 0 };
  const asShown = ['id', 'type', 'client_id', 'client_secret_expires_at', 'application_type', 'origin', 'created_at'];
  return {
    ...Object.fromEntries(asShown.map((name) => [name, (said: unknown) => said === shown[name]])),
    client_secret: async (said) => {
      const kept = await workplace.em.fork().find(AppSecret, { app: app.id }, { populate: ['hash'] });
      return (
        typeof said === 'string' &&
        secrets.verify(
          kept.map(({ hash }) => hash),
          said,
        )
      );
    },
    owner: async (said) => {
      if (typeof said !== 'string') return false;
      return (said === '' ? null : (await findAccount(workplace, said)).id) === (app.owner?.id ?? null);
    },
  };
};

export const updateApp = async (name: string, options: AppOptions): Promise<void> => {
  const changed = await inTheirNames(options, async () => {
    const file = await fileOf(options);
    return await atWorkplace(async (workplace) => {
      const app = await findApp(workplace, name);
      const changes = await changesIn(file, stayingMembers(workplace, await describe(workplace, app)));
      const { settings, apis } = await readMetadata(changes, options);
      if (Object.keys(settings).length === 0 && apis === undefined) {
        throw new Refusal('Nothing to change: say what, see --help.');
      }
      return await describe(workplace, await registrationOf(workplace).update(app.id, { ...settings, apis }, operator));
    });
  });
  answer(options, toJson(changed), [`Changed ${changed.app.name}.`, ...toLines(changed)]);
};

export interface RotateSecretOptions extends OutputOptions {
  /** Seconds for which the old secret goes on working. */
  readonly keepOldFor: number;
}

export const rotateSecret = async (name: string, options: RotateSecretOptions): Promise<void> => {
  const rotate = async (workplace: Workplace) => {
    const { id } = await findApp(workplace, name);
    const { app, clientSecret } = await registrationOf(workplace).rotateSecret(id, options.keepOldFor, operator);
    return await describe(workplace, app, clientSecret);
  };
  const rotated = await inNames(
    () => atWorkplace(rotate),
    ([part]) => (part === 'keepOldFor' ? ['--keep-old-for'] : []),
  );
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
