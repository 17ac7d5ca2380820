/** `latchkey apps registration-token …`: initial access tokens for programs that register apps (RFC 7591). */
import type { RegistrationToken } from '../apps/registration-token.entity.ts';
import { RegistrationTokens } from '../apps/registration-tokens.ts';
import { systemClock } from '../kernel/clock.ts';
import { answer, inNames, type OutputOptions, table } from './outcome.ts';
import { atWorkplace, type Workplace } from './workplace.ts';

/** Tokens read at once. */
const pageSize = 500;

const tokensOf = ({ em, inTransaction }: Workplace): RegistrationTokens =>
  new RegistrationTokens({ em, inTransaction, clock: systemClock });

const toJson = ({ id, name, usesLeft, expiresAt }: RegistrationToken) => ({
  id,
  name,
  uses_left: usesLeft,
  expires_at: expiresAt.toISOString(),
});

export interface CreateRegistrationTokenOptions extends OutputOptions {
  readonly name: string;
  readonly uses: number;
  /** Seconds. */
  readonly expiresIn: number;
}

export const createRegistrationToken = async (options: CreateRegistrationTokenOptions): Promise<void> => {
  const create = async (workplace: Workplace) => ({
    ...(await tokensOf(workplace).create(options, null)),
    off: workplace.config.clientRegistration === 'off',
  });
  const { registrationToken, token, off } = await inNames(
    () => atWorkplace(create),
    ([part]) => [part === 'expiresIn' ? '--expires-in' : `--${part}`],
  );
  if (off) {
    process.stderr.write('Registration is off, so nobody can use it yet: set LATCHKEY_CLIENT_REGISTRATION=token.\n');
  }
  answer(options, { ...toJson(registrationToken), token }, [`${token}  (shown only now)`]);
};

export const listRegistrationTokens = async (options: OutputOptions): Promise<void> => {
  const tokens = await atWorkplace(async (workplace) => {
    const all: RegistrationToken[] = [];
    for (let after: string | null = null; ; ) {
      const page = await tokensOf(workplace).list({ first: pageSize, after });
      all.push(...page.items);
      after = page.items.at(-1)?.id ?? null;
      if (!page.hasMore) return all;
    }
  });
  const rows = tokens.map(({ id, name, usesLeft, expiresAt }) => [id, name, String(usesLeft), expiresAt.toISOString()]);
  answer(options, tokens.map(toJson), table([['ID', 'NAME', 'USES LEFT', 'EXPIRES'], ...rows]));
};

export const revokeRegistrationToken = async (id: string, options: OutputOptions): Promise<void> => {
  await atWorkplace((workplace) => tokensOf(workplace).revoke(id));
  answer(options, { id }, ['It lets nobody register any more.']);
};
