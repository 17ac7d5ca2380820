/** The settings: environment variables in, one frozen object out, every problem reported at once. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { isProtected } from './kernel/loopback.ts';

/** One setting as operators see it; the table in docs/operation.md is generated from this list. */
export interface Setting {
  name: string;
  /** What is accepted, in plain words: also the error message. */
  expected: string;
  /** What holds where nothing is set, in plain words. */
  otherwise: string;
  about: string;
  /** May also come from a file named by `<name>_FILE`. */
  secret?: boolean;
  schema: z.ZodType;
}

/** Seconds: no setting lets a token that is signed live longer, so its key need not be published longer after it. */
export const signedTokenLifetimeLimit = 86_400;

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');
const url = (protocols: RegExp) =>
  z.string().refine((value) => {
    const parsed = URL.parse(value);
    return parsed !== null && protocols.test(parsed.protocol);
  });

/** An address, or a network such as `10.0.0.0/8`. */
const isNetwork = (value: string): boolean => {
  const [address = '', length, ...rest] = value.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    bits > 0 && rest.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits))
  );
};

const isHostName = (value: string): boolean =>
  /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/.test(value);

const isNameOfNetworks = (value: string): boolean => ['loopback', 'linklocal', 'uniquelocal'].includes(value);

const define = <T extends Record<string, Setting>>(settings: T): T => settings;

export const settings = define({
  port: {
    name: 'PORT',
    expected: 'a port number from 1 to 65535',
    otherwise: '4000',
    about: 'The port to listen on.',
    schema: wholeNumber(1, 65535).default(4000),
  },
  host: {
    name: 'HOST',
    expected: 'an address of this machine, e.g. 0.0.0.0',
    otherwise: '`127.0.0.1` while the issuer is on this machine, else all addresses',
    about: 'The address to listen on.',
    schema: z.string().min(1).optional(),
  },
  issuer: {
    name: 'LATCHKEY_ISSUER',
    expected: 'an origin such as https://account.example.org, without a path; http only for localhost',
    otherwise: '`http://localhost:PORT`',
    about: 'Who this server is: every absolute link, every `iss` and the cookies follow it, never a request.',
    schema: z
      .string()
      .refine((value) => {
        const parsed = URL.parse(value);
        if (parsed === null || parsed.origin !== value) return false;
        return isProtected(parsed);
      })
      .optional(),
  },
  name: {
    name: 'LATCHKEY_NAME',
    expected: 'a name of 1 to 60 characters',
    otherwise: '`Latchkey`',
    about: 'What people know this service as, on every page.',
    schema: z.string().trim().min(1).max(60).default('Latchkey'),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    expected: 'postgresql://user:password@host:port/database',
    otherwise: 'an embedded PostgreSQL under the data folder',
    about: 'The PostgreSQL (15 or later) that holds everything.',
    secret: true,
    schema: url(/^postgres(ql)?:$/).optional(),
  },
  databasePoolSize: {
    name: 'LATCHKEY_DATABASE_POOL',
    expected: 'a number of connections from 2 to 200',
    otherwise: '10',
    about: 'Connections to the database at most, for each node.',
    schema: wholeNumber(2, 200).default(10),
  },
  dataFolder: {
    name: 'LATCHKEY_DATA',
    expected: 'a folder',
    otherwise: '`.latchkey`',
    about: 'Where the embedded database and the generated secret are kept.',
    schema: z.string().min(1).default('.latchkey'),
  },
  secret: {
    name: 'LATCHKEY_SECRET',
    expected: 'at least 32 characters, the same on every node (openssl rand -base64 32)',
    otherwise: 'made once, kept in the data folder',
    about: 'Seals the signing keys and signs form and mail tokens.',
    secret: true,
    schema: z.string().min(32).optional(),
  },
  secretPrevious: {
    name: 'LATCHKEY_SECRET_PREVIOUS',
    expected: 'at least 32 characters: the secret that LATCHKEY_SECRET replaces',
    otherwise: 'none',
    about: 'The other secret while the secret is being changed: what was sealed or signed with it is still good.',
    secret: true,
    schema: z.string().min(32).optional(),
  },
  keyRotation: {
    name: 'LATCHKEY_KEY_ROTATION',
    expected: 'days from 0 to 3650',
    otherwise: '90',
    about: 'How long a key signs tokens before the next one takes over. 0: until `latchkey keys rotate`.',
    schema: wholeNumber(0, 3650).default(90),
  },
  trustedProxies: {
    name: 'LATCHKEY_TRUSTED_PROXIES',
    expected: 'addresses or networks separated by commas, e.g. 10.0.0.0/8,127.0.0.1',
    otherwise: 'none',
    about: 'The proxies whose X-Forwarded-For is believed, for the caller’s address alone.',
    schema: z
      .string()
      .transform((value) => value.split(',').map((part) => part.trim()))
      .pipe(z.array(z.string().refine((value) => isNetwork(value) || isNameOfNetworks(value))))
      .default([]),
  },
  outboundAllow: {
    name: 'LATCHKEY_OUTBOUND_ALLOW',
    expected: 'networks, addresses or hosts separated by commas, e.g. 10.1.0.0/16,keys.example.org',
    otherwise: 'none; the loopback addresses while the issuer is on this machine',
    about:
      'Where apps’ keys, metadata documents and logout addresses may be besides the public internet. The server asks no other private address, whatever an app registered.',
    schema: z
      .string()
      .transform((value) => value.split(',').map((part) => part.trim().toLowerCase()))
      .pipe(z.array(z.string().refine((value) => isNetwork(value) || isHostName(value))))
      .default([]),
  },
  smtpUrl: {
    name: 'SMTP_URL',
    expected: 'smtp://user:password@host:port or smtps://…',
    otherwise: 'on localhost, mail is shown on the page `/inbox`; elsewhere it waits',
    about: 'The server that sends mail.',
    secret: true,
    schema: url(/^smtps?:$/).optional(),
  },
  mailFrom: {
    name: 'LATCHKEY_MAIL_FROM',
    expected: 'an e-mail address, with or without a name',
    otherwise: '`no-reply@` and the issuer’s host',
    about: 'The sender of mail.',
    schema: z.string().regex(/@/).max(320).optional(),
  },
  sessionLifetime: {
    name: 'LATCHKEY_SESSION_LIFETIME',
    expected: 'seconds from 60 to 31536000',
    otherwise: '1209600 (14 days)',
    about: 'How long a browser stays signed in.',
    schema: wholeNumber(60, 31_536_000).default(1_209_600),
  },
  accessTokenLifetime: {
    name: 'LATCHKEY_ACCESS_TOKEN_LIFETIME',
    expected: 'seconds from 30 to 86400',
    otherwise: '600 (10 minutes)',
    about: 'How long an access token works.',
    schema: wholeNumber(30, signedTokenLifetimeLimit).default(600),
  },
  refreshTokenLifetime: {
    name: 'LATCHKEY_REFRESH_TOKEN_LIFETIME',
    expected: 'seconds from 60 to 31536000',
    otherwise: '2592000 (30 days)',
    about: 'How long a refresh token works while it is not used; each use gives a new one.',
    schema: wholeNumber(60, 31_536_000).default(2_592_000),
  },
  refreshFamilyLifetime: {
    name: 'LATCHKEY_REFRESH_FAMILY_LIFETIME',
    expected: 'seconds from 60 to 315360000',
    otherwise: '31536000 (365 days)',
    about: 'How long an app may go on refreshing before its person must sign in again, however often it does.',
    schema: wholeNumber(60, 315_360_000).default(31_536_000),
  },
  idTokenLifetime: {
    name: 'LATCHKEY_ID_TOKEN_LIFETIME',
    expected: 'seconds from 30 to 86400',
    otherwise: '600 (10 minutes)',
    about: 'How long an ID token is valid.',
    schema: wholeNumber(30, signedTokenLifetimeLimit).default(600),
  },
  accessTokenLifetimeMax: {
    name: 'LATCHKEY_ACCESS_TOKEN_LIFETIME_MAX',
    expected: 'seconds from 30 to 86400',
    otherwise: '86400 (1 day)',
    about: 'The longest that an app may set for its own access and ID tokens.',
    schema: wholeNumber(30, signedTokenLifetimeLimit).default(86_400),
  },
  refreshTokenLifetimeMax: {
    name: 'LATCHKEY_REFRESH_TOKEN_LIFETIME_MAX',
    expected: 'seconds from 60 to 315360000',
    otherwise: '31536000 (1 year)',
    about: 'The longest that an app may set for its own refresh tokens, used or not.',
    schema: wholeNumber(60, 315_360_000).default(31_536_000),
  },
  appsPerPerson: {
    name: 'LATCHKEY_APPS_PER_PERSON',
    expected: 'a number from 0 to 1000000',
    otherwise: '100',
    about: 'How many apps a person may register who is no administrator.',
    schema: wholeNumber(0, 1_000_000).default(100),
  },
  clientRegistration: {
    name: 'LATCHKEY_CLIENT_REGISTRATION',
    expected: 'one of off, token, open',
    otherwise: '`off`',
    about:
      'Whether programs may register themselves as apps (RFC 7591): nobody, who holds an initial access token (`latchkey apps registration-token create`), or everybody.',
    schema: z.enum(['off', 'token', 'open']).default('off'),
  },
  registrationsPerAddress: {
    name: 'LATCHKEY_REGISTRATIONS_PER_ADDRESS',
    expected: 'a number from 1 to 1000000',
    otherwise: '200',
    about:
      'How many apps may register themselves from one network address in an hour, without an initial access token.',
    schema: wholeNumber(1, 1_000_000).default(200),
  },
  clientIdMetadata: {
    name: 'LATCHKEY_CLIENT_ID_METADATA',
    expected: 'on or off',
    otherwise: '`off`',
    about:
      'Whether the address of a document that describes an app is a client id (OAuth Client ID Metadata Document): then anybody’s app may ask people here.',
    schema: onOff.default(false),
  },
  clientDocumentsPerAddress: {
    name: 'LATCHKEY_CLIENT_DOCUMENTS_PER_ADDRESS',
    expected: 'a number from 1 to 1000000',
    otherwise: '100',
    about: 'How many such documents are read in an hour for requests from one network address.',
    schema: wholeNumber(1, 1_000_000).default(100),
  },
  refreshGrace: {
    name: 'LATCHKEY_REFRESH_GRACE',
    expected: 'seconds from 0 to 60',
    otherwise: '10',
    about:
      'How long a refresh token that was just used may be used again by the same app, for tabs and proxies that refresh in parallel. 0: never.',
    schema: wholeNumber(0, 60).default(10),
  },
  deviceCodeLifetime: {
    name: 'LATCHKEY_DEVICE_CODE_LIFETIME',
    expected: 'seconds from 60 to 3600',
    otherwise: '900 (15 minutes)',
    about: 'How long a person may take to type the code that a device shows.',
    schema: wholeNumber(60, 3600).default(900),
  },
  deviceCodeFailuresPerAccount: {
    name: 'LATCHKEY_DEVICE_CODE_FAILURES_PER_ACCOUNT',
    expected: 'a number from 1 to 1000000',
    otherwise: '10',
    about: 'Wrong device codes that one person may type within the window of failed sign-ins before they must wait.',
    schema: wholeNumber(1, 1_000_000).default(10),
  },
  deviceCodeFailuresPerAddress: {
    name: 'LATCHKEY_DEVICE_CODE_FAILURES_PER_ADDRESS',
    expected: 'a number from 1 to 1000000',
    otherwise: '100',
    about: 'Wrong device codes from one network address within the same window before it must wait.',
    schema: wholeNumber(1, 1_000_000).default(100),
  },
  devicesPerAddress: {
    name: 'LATCHKEY_DEVICES_PER_ADDRESS',
    expected: 'a number from 1 to 1000000',
    otherwise: '1000',
    about: 'How many device codes one network address may ask for in an hour.',
    schema: wholeNumber(1, 1_000_000).default(1000),
  },
  signInFailuresPerAccount: {
    name: 'LATCHKEY_SIGN_IN_FAILURES_PER_ACCOUNT',
    expected: 'a number from 1 to 1000000',
    otherwise: '10',
    about: 'Failed sign-ins to one account within the window before it must wait. Successes do not count.',
    schema: wholeNumber(1, 1_000_000).default(10),
  },
  signInFailuresPerAddress: {
    name: 'LATCHKEY_SIGN_IN_FAILURES_PER_ADDRESS',
    expected: 'a number from 1 to 1000000',
    otherwise: '100',
    about: 'Failed sign-ins from one network address within the window before it must wait.',
    schema: wholeNumber(1, 1_000_000).default(100),
  },
  signInFailureWindow: {
    name: 'LATCHKEY_SIGN_IN_FAILURE_WINDOW',
    expected: 'seconds from 1 to 86400',
    otherwise: '900 (15 minutes)',
    about: 'The window in which failed sign-ins are counted.',
    schema: wholeNumber(1, 86_400).default(900),
  },
  signUpsPerAddress: {
    name: 'LATCHKEY_SIGN_UPS_PER_ADDRESS',
    expected: 'a number from 1 to 1000000',
    otherwise: '100',
    about: 'Accounts that one network address may create in an hour.',
    schema: wholeNumber(1, 1_000_000).default(100),
  },
  clientFailures: {
    name: 'LATCHKEY_CLIENT_FAILURES',
    expected: 'a number from 1 to 1000000',
    otherwise: '100',
    about:
      'Failed authentications of one app (a wrong secret or assertion) from one network address within the window before it must wait.',
    schema: wholeNumber(1, 1_000_000).default(100),
  },
  clientFailuresPerAddress: {
    name: 'LATCHKEY_CLIENT_FAILURES_PER_ADDRESS',
    expected: 'a number from 1 to 1000000',
    otherwise: '1000',
    about: 'The same for all apps that one network address speaks for.',
    schema: wholeNumber(1, 1_000_000).default(1000),
  },
  clientFailureWindow: {
    name: 'LATCHKEY_CLIENT_FAILURE_WINDOW',
    expected: 'seconds from 1 to 86400',
    otherwise: '300 (5 minutes)',
    about: 'The window in which failed authentications of apps are counted.',
    schema: wholeNumber(1, 86_400).default(300),
  },
  dpopNonce: {
    name: 'LATCHKEY_DPOP_NONCE',
    expected: 'on or off',
    otherwise: '`off`',
    about:
      'Whether DPoP proofs must hold a nonce of this server’s (RFC 9449 §8), so that none can be made in advance. Costs each app a second request now and then.',
    schema: onOff.default(false),
  },
  djangoPaths: {
    name: 'LATCHKEY_DJANGO_PATHS',
    expected: 'on or off',
    otherwise: '`on`',
    about: 'Whether the paths of django-oauth-toolkit (`/o/…`, `/profile/`) answer too.',
    schema: onOff.default(true),
  },
  introspection: {
    name: 'LATCHKEY_GRAPHQL_INTROSPECTION',
    expected: 'on or off',
    otherwise: '`on`',
    about: 'Whether the GraphQL schema can be read by introspection.',
    schema: onOff.default(true),
  },
  graphqlDepth: {
    name: 'LATCHKEY_GRAPHQL_MAX_DEPTH',
    expected: 'a number from 3 to 50',
    otherwise: '12',
    about: 'How deep a GraphQL operation may nest, fragments included.',
    schema: wholeNumber(3, 50).default(12),
  },
  graphqlAliases: {
    name: 'LATCHKEY_GRAPHQL_MAX_ALIASES',
    expected: 'a number from 1 to 1000',
    otherwise: '30',
    about: 'How many aliases a GraphQL operation may use, fragments included.',
    schema: wholeNumber(1, 1000).default(30),
  },
  graphqlCost: {
    name: 'LATCHKEY_GRAPHQL_MAX_COST',
    expected: 'a number from 10 to 1000000',
    otherwise: '10000',
    about: 'What a GraphQL operation may cost: one for each field, times the size of the lists around it.',
    schema: wholeNumber(10, 1_000_000).default(10_000),
  },
  graphqlTokens: {
    name: 'LATCHKEY_GRAPHQL_MAX_TOKENS',
    expected: 'a number from 100 to 100000',
    otherwise: '2000',
    about: 'How many lexical tokens a GraphQL document may have.',
    schema: wholeNumber(100, 100_000).default(2000),
  },
  graphqlBodySize: {
    name: 'LATCHKEY_GRAPHQL_MAX_BODY',
    expected: 'bytes from 1024 to 10485760',
    otherwise: '102400 (100 KiB)',
    about: 'How large the body of a GraphQL request may be.',
    schema: wholeNumber(1024, 10_485_760).default(102_400),
  },
  graphqlTimeout: {
    name: 'LATCHKEY_GRAPHQL_TIMEOUT',
    expected: 'seconds from 1 to 300',
    otherwise: '10',
    about: 'How long a GraphQL operation may take.',
    schema: wholeNumber(1, 300).default(10),
  },
  logLevel: {
    name: 'LATCHKEY_LOG_LEVEL',
    expected: 'one of debug, info, warn, error, silent',
    otherwise: '`info`',
    about: 'The least important log lines that are written.',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  },
});

type Settings = { [K in keyof typeof settings]: z.output<(typeof settings)[K]['schema']> };

export interface Config extends Readonly<Omit<Settings, 'issuer' | 'host' | 'mailFrom'>> {
  readonly issuer: string;
  readonly host: string;
  readonly mailFrom: string;
  /** The issuer is on this machine: somebody tries things out. */
  readonly local: boolean;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * @param environment usually `process.env`; unknown names that begin with `LATCHKEY_` are problems
 * @throws ConfigError with every problem, one line each
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const problems: string[] = [];
  const known = new Map<string, string>();
  for (const setting of Object.values(settings) as Setting[]) {
    known.set(setting.name, setting.name);
    if (setting.secret) known.set(`${setting.name}_FILE`, setting.name);
  }
  for (const name of Object.keys(environment)) {
    if (name.startsWith('LATCHKEY_') && !known.has(name)) problems.push(`${name}: there is no such setting.`);
  }
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(settings) as [string, Setting][]) {
    let text = environment[setting.name] || undefined;
    const file = setting.secret ? environment[`${setting.name}_FILE`] : undefined;
    if (file) {
      if (text !== undefined) problems.push(`${setting.name}: set either it or ${setting.name}_FILE, not both.`);
      try {
        text = readFileSync(file, 'utf8').trim();
      } catch {
        problems.push(`${setting.name}_FILE: the file ${file} cannot be read.`);
        continue;
      }
    }
    const result = setting.schema.safeParse(text);
    if (result.success) values[key] = result.data;
    else {
      const shown = setting.secret ? '' : ` is “${text}”, but`;
      problems.push(`${setting.name}${shown} must be ${setting.expected}.`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const read = values as unknown as Settings;
  const issuer = (read.issuer as string | undefined) ?? `http://localhost:${read.port}`;
  const { hostname, protocol } = new URL(issuer);
  const local = protocol === 'http:' || hostname === 'localhost';
  return Object.freeze({
    ...read,
    issuer,
    local,
    host: (read.host as string | undefined) ?? (local ? '127.0.0.1' : '::'),
    mailFrom: (read.mailFrom as string | undefined) ?? `no-reply@${hostname}`,
  }) as Config;
};
