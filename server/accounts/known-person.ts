/** People as an app knows them: one that was given a `sub` of its own for each is told no other id (OpenID Connect Core §8.1). */
import type { Principal } from '../graphql/context.ts';

const accountIds = new WeakMap<object, string>();

/**
 * @param person anybody; only oneself has another id for some apps
 * @returns the same, under the id that the app knows
 */
export const asKnownTo = <P extends { readonly id: string }>({ account, subject }: Principal, person: P): P => {
  if (account?.id !== person.id || subject === person.id) return person;
  const known = Object.create(person, { id: { value: subject, enumerable: true } }) as P;
  accountIds.set(known, person.id);
  return known;
};

/** The id under which everything of this person is kept, whatever the app knows them by. */
export const accountIdOf = (person: { readonly id: string }): string => accountIds.get(person) ?? person.id;
