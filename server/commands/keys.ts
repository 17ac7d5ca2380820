/** `latchkey keys …`: the keys that sign tokens. */
import type { SigningAlgorithm } from '../apps/app.entity.ts';
import { Statements } from '../database/statements.ts';
import { systemClock } from '../kernel/clock.ts';
import { type KnownKey, SigningKeys } from '../oauth/tokens/signing-keys.ts';
import { operatorSecret } from './operator-secret.ts';
import { answer, type OutputOptions, Refusal, table } from './outcome.ts';
import { atWorkplace, type Workplace } from './workplace.ts';

export interface RotateKeysOptions extends OutputOptions {
  readonly algorithm?: SigningAlgorithm;
  readonly now?: boolean;
}

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const keysOf = async ({ config, orm, inTransaction }: Workplace): Promise<SigningKeys> =>
  SigningKeys.open({
    statements: await Statements.on(orm),
    inTransaction,
    clock: systemClock,
    secret: await operatorSecret(config, tell),
  });

/** What it does now: waits for its time, signs, or is only published for what it signed. */
const stateOf = (key: KnownKey, now: Date): 'next' | 'signs' | 'retired' => {
  if (key.activeAt > now) return 'next';
  return key.retiredAt === null || key.retiredAt > now ? 'signs' : 'retired';
};

const describe = (key: KnownKey) => ({
  kid: key.kid,
  algorithm: key.algorithm,
  state: stateOf(key, systemClock.now()),
  created_at: key.createdAt.toISOString(),
  active_at: key.activeAt.toISOString(),
  retired_at: key.retiredAt?.toISOString() ?? null,
  published_until: key.publishedUntil?.toISOString() ?? null,
});

const columns = ['ALGORITHM', 'STATE', 'SIGNS FROM', 'SIGNS UNTIL', 'PUBLISHED UNTIL', 'KEY ID'];

export const listKeys = async (options: OutputOptions): Promise<void> => {
  const keys = await atWorkplace(async (workplace) => (await keysOf(workplace)).published());
  const described = keys.map(describe);
  const rows = described.map((key) => [
    key.algorithm,
    key.state,
    key.active_at,
    key.retired_at ?? '',
    key.published_until ?? '',
    key.kid,
  ]);
  answer(options, described, table([columns, ...rows]));
};

export const rotateKeys = async (options: RotateKeysOptions): Promise<void> => {
  const made = await atWorkplace(async (workplace) => {
    const keys = await keysOf(workplace);
    const known = new Set((await keys.published()).map(({ algorithm }) => algorithm));
    const algorithms = options.algorithm === undefined ? [...known] : [options.algorithm];
    if (algorithms.length === 0) {
      throw new Refusal(
        'There is no key yet: the first of each algorithm is made when a token is first signed with it.',
      );
    }
    const successors: KnownKey[] = [];
    for (const algorithm of algorithms) successors.push(await keys.rotate(algorithm, options.now));
    return successors;
  });
  const described = made.map(describe);
  answer(
    options,
    described,
    described.map(({ kid, algorithm, active_at }) => `The next ${algorithm} key, ${kid}, signs from ${active_at}.`),
  );
};
