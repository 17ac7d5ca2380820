/** `latchkey doctor`: looks at everything that the server needs, and says what to mend. Changes nothing. */
import { createTransport } from 'nodemailer';
import { Account } from '../accounts/account.entity.ts';
import { type Config, readConfig } from '../config.ts';
import { type Database, openDatabase } from '../database/open-database.ts';
import { reachDatabase } from '../database/reach-database.ts';
import { systemClock } from '../kernel/clock.ts';
import { connectDatabase } from '../mikro-orm.config.ts';
import { SealedValue } from '../oauth/sealed-value.entity.ts';
import { SigningKey } from '../oauth/signing-key.entity.ts';
import { SigningKeys } from '../oauth/tokens/signing-keys.ts';
import { Subjects } from '../oauth/tokens/subjects.ts';
import { paths } from '../urls.ts';
import { checkPort } from './listen.ts';
import { findOperatorSecret, secretFile } from './operator-secret.ts';
import { answer, type OutputOptions, Refusal } from './outcome.ts';

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** What is so, or what to mend, in one line. */
  readonly message: string;
}

/** Seconds by which the clocks of this machine and of the database may differ: codes live for a minute. */
const tolerance = 5;
/** Milliseconds that a mail server or another server of ours has to answer. */
const patience = 5000;

/** A check that says what is so; its failure is what to mend. */
const look = async (name: string, check: () => Promise<string>): Promise<Finding> => {
  try {
    return { name, ok: true, message: await check() };
  } catch (error) {
    return { name, ok: false, message: error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error) };
  }
};

const settings = async (config: Config): Promise<string> => {
  const secure = config.issuer.startsWith('https:') ? '' : ' (this machine only: people elsewhere need https)';
  return `the issuer is ${config.issuer}${secure}`;
};

const secret = async (config: Config): Promise<string> => {
  if (config.secret !== undefined) return 'set by LATCHKEY_SECRET';
  return (await findOperatorSecret(config)) === null
    ? 'none yet: the first start makes one'
    : `in ${secretFile(config)}: back it up with the database`;
};

const database = async (opened: Database): Promise<string> => {
  const { versionName } = await reachDatabase(opened.url);
  return `PostgreSQL ${versionName}, ${opened.embedded ? 'embedded' : `at ${new URL(opened.url).host}`}`;
};

const clock = async (opened: Database): Promise<string> => {
  const { now } = await reachDatabase(opened.url);
  const difference = Math.abs(now.getTime() - systemClock.now().getTime()) / 1000;
  if (difference <= tolerance) return 'agrees with the database’s';
  throw new Refusal(`differs by ${Math.round(difference)} s from the database’s: let both machines follow NTP`);
};

const content = async (config: Config, opened: Database): Promise<Finding[]> => {
  const orm = await connectDatabase(opened.url, 2);
  try {
    const pending = await orm.migrator.getPending();
    if (pending.length > 0) {
      const tables = `${pending.length} migrations are not run yet: latchkey migrate, or the next start, runs them`;
      return [{ name: 'tables', ok: true, message: tables }];
    }
    const tables: Finding = { name: 'tables', ok: true, message: 'up to date' };
    const seal = await look('sealed keys', async () => {
      const own = await findOperatorSecret(config);
      const em = orm.em.fork();
      const isSealed = (await em.count(SealedValue)) > 0 || (await em.count(SigningKey)) > 0;
      if (!isSealed) return 'none yet: each is made when it is first needed';
      if (own === null) throw new Refusal('the secret that sealed them is not here: set LATCHKEY_SECRET');
      await SigningKeys.checkSeal(orm.em.fork(), own);
      await Subjects.checkSeal(orm.em.fork(), own);
      return 'open with this secret';
    });
    const administrator = await look('administrator', async () => {
      const count = await orm.em.fork().count(Account, { roles: { $contains: ['administrator'] }, lockedAt: null });
      return count > 0 ? `there ${count === 1 ? 'is one' : `are ${count}`}` : 'none yet: latchkey users create --admin';
    });
    return [tables, seal, administrator];
  } finally {
    await orm.close();
  }
};

const mail = async (config: Config): Promise<string> => {
  if (config.smtpUrl === undefined) {
    if (config.local) return `shown at ${config.issuer}${paths.inbox}`;
    throw new Refusal('nothing is sent: set SMTP_URL');
  }
  const limits = { connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience };
  const transport = createTransport({ url: config.smtpUrl, ...limits });
  const { host } = new URL(config.smtpUrl);
  await transport.verify().catch((error: Error) => {
    throw new Refusal(`${host} does not take mail: ${error.message}. Mend SMTP_URL`);
  });
  return `${host} takes it`;
};

const port = async (config: Config): Promise<string> => {
  try {
    await checkPort(config);
    return `${config.port} is free`;
  } catch (error) {
    const address = `http://127.0.0.1:${config.port}${paths.openidConfiguration}`;
    const found = await fetch(address, { signal: AbortSignal.timeout(patience) })
      .then((response) => response.json() as Promise<{ issuer?: unknown }>)
      .catch(() => null);
    if (found?.issuer === config.issuer) return `the server runs on ${config.port}`;
    throw error;
  }
};

const examineDatabase = async (config: Config): Promise<Finding[]> => {
  let opened: Database;
  try {
    opened = await openDatabase(config, () => undefined);
  } catch (error) {
    return [await look('database', () => Promise.reject(error))];
  }
  try {
    const reached = await look('database', () => database(opened));
    if (!reached.ok) return [reached];
    return [reached, await look('clock', () => clock(opened)), ...(await content(config, opened))];
  } finally {
    await opened.close();
  }
};

export const doctor = async (options: OutputOptions): Promise<void> => {
  const config = readConfig(process.env);
  const findings = [
    await look('settings', () => settings(config)),
    await look('secret', () => secret(config)),
    ...(await examineDatabase(config)),
    await look('mail', () => mail(config)),
    await look('port', () => port(config)),
  ];
  const ok = findings.every((finding) => finding.ok);
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(
    ({ name, ok: well, message }) => `${well ? 'ok  ' : 'MEND'}  ${name.padEnd(width)}  ${message}`,
  );
  answer(options, { ok, checks: findings }, lines);
  if (!ok) process.exitCode = 1;
};
