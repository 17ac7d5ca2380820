/** The `claims` parameter (OpenID Connect Core §5.5): single claims, asked for beside those that the scopes open. */

/** What is asked of one claim; null: it is wanted, nothing more (§5.5.1). */
export type ClaimWish = null | {
  readonly essential?: boolean;
  readonly value?: unknown;
  readonly values?: readonly unknown[];
};

export interface ClaimsRequest {
  readonly userinfo?: Readonly<Record<string, ClaimWish>>;
  readonly id_token?: Readonly<Record<string, ClaimWish>>;
}

/** Characters of the parameter at most. */
const limit = 4000;

/**
 * Keeps of the parameter what can be fulfilled: what is not known is ignored, as §5.5 and §5.5.1 say.
 *
 * @param mayAsk whether the app may ask for this claim
 * @returns null for what is no such request
 */
export const readClaimsRequest = (text: string, mayAsk: (claim: string) => boolean): ClaimsRequest | null => {
  if (text.length > limit) return null;
  const given = parseObject(text);
  if (given === null) return null;
  const request: { -readonly [Place in keyof ClaimsRequest]: ClaimsRequest[Place] } = {};
  for (const place of ['userinfo', 'id_token'] as const) {
    if (!Object.hasOwn(given, place) || given[place] === null) continue;
    const wishes = readWishes(given[place], mayAsk);
    if (wishes === null) return null;
    request[place] = wishes;
  }
  return request;
};

const readWishes = (given: unknown, mayAsk: (claim: string) => boolean): Record<string, ClaimWish> | null => {
  if (!isObject(given)) return null;
  const wishes: [string, ClaimWish][] = [];
  for (const [claim, wish] of Object.entries(given)) {
    if (wish !== null && !isWish(wish)) return null;
    if (mayAsk(claim)) wishes.push([claim, wish === null ? null : withoutUnknown(wish)]);
  }
  return Object.fromEntries(wishes);
};

const isObject = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

const parseObject = (text: string): Record<string, unknown> | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) && !unstorable.test(JSON.stringify(parsed)) ? parsed : null;
  } catch {
    return null;
  }
};

/** NUL and halves of a character: JSON can escape them, PostgreSQL keeps neither. */
const unstorable = /\\u(0000|d[89a-f])/i;

const isWish = (given: unknown): given is NonNullable<ClaimWish> =>
  isObject(given) &&
  (given.essential === undefined || typeof given.essential === 'boolean') &&
  (given.values === undefined || Array.isArray(given.values));

const withoutUnknown = ({ essential, value, values }: NonNullable<ClaimWish>): ClaimWish => ({
  ...(essential === undefined ? {} : { essential }),
  ...(value === undefined ? {} : { value }),
  ...(values === undefined ? {} : { values }),
});

/** The values that were asked for; null: any will do. */
export const wantedValues = (wish: ClaimWish | undefined): readonly unknown[] | null => {
  if (wish?.value === undefined && wish?.values === undefined) return null;
  return [...(wish.value === undefined ? [] : [wish.value]), ...(wish.values ?? [])];
};
