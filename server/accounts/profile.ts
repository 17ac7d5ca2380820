/** What people say about themselves: the claims of OpenID Connect Core §5.1, all of them optional. */
import type { InTransaction } from '../database/unit-of-work.ts';
import type { Clock } from '../kernel/clock.ts';
import { DomainError, type UserError } from '../kernel/domain-error.ts';
import { Account, type PostalAddress } from './account.entity.ts';
import { bareNumber, canonicalLocale, problemOfAddressPart, problemOfProfileField } from './profile-rules.ts';

/** In the order of the form. */
const textFields = [
  'givenName',
  'middleName',
  'familyName',
  'nickname',
  'displayName',
  'profileUrl',
  'pictureUrl',
  'website',
  'gender',
  'birthdate',
  'phoneNumber',
  'locale',
  'zoneinfo',
] as const;
type ProfileField = (typeof textFields)[number];

const addressParts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'] as const;
type AddressPart = (typeof addressParts)[number];

/** What is left out stays; null or an empty text takes it away. An address is replaced as a whole. */
export type ProfileChanges = { readonly [Field in ProfileField]?: string | null | undefined } & {
  readonly address?: { readonly [Part in AddressPart]?: string | null | undefined } | null | undefined;
};

type WantedTexts = Partial<Record<ProfileField, string | null>>;

export class Profiles {
  private readonly inTransaction: InTransaction;
  private readonly clock: Clock;

  constructor(dependencies: { inTransaction: InTransaction; clock: Clock }) {
    this.inTransaction = dependencies.inTransaction;
    this.clock = dependencies.clock;
  }

  /** @throws DomainError INVALID_INPUT, NOT_FOUND */
  async update(accountId: string, changes: ProfileChanges): Promise<Account> {
    const texts = wantedTexts(changes);
    const address = changes.address === undefined ? undefined : wantedAddress(changes.address);
    const problems = [...textProblems(texts), ...addressProblems(address ?? {})];
    if (problems.length > 0) throw DomainError.invalidInput(problems);
    if (texts.locale) texts.locale = canonicalLocale(texts.locale);
    return this.inTransaction(async (em) => {
      const account = await em.findOne(Account, { id: accountId });
      if (account === null) throw DomainError.notFound('account');
      const otherNumber = texts.phoneNumber !== undefined && texts.phoneNumber !== (account.phoneNumber ?? null);
      em.assign(account, {
        ...texts,
        ...(address === undefined ? {} : { address }),
        ...(otherNumber ? { phoneNumberVerifiedAt: null } : {}),
        updatedAt: this.clock.now(),
      });
      await em.flush();
      return account;
    });
  }
}

const wantedTexts = (changes: ProfileChanges): WantedTexts => {
  const wanted: WantedTexts = {};
  for (const field of textFields) {
    const given = changes[field];
    if (given !== undefined) wanted[field] = given?.trim() || null;
  }
  if (wanted.phoneNumber) wanted.phoneNumber = bareNumber(wanted.phoneNumber);
  return wanted;
};

/** @returns null for one that says nothing */
const wantedAddress = (given: NonNullable<ProfileChanges['address']> | null): PostalAddress | null => {
  const parts = addressParts.flatMap((part) => {
    const text = given?.[part]?.replaceAll('\r\n', '\n').trim();
    return text ? [[part, text] as const] : [];
  });
  return parts.length === 0 ? null : Object.fromEntries(parts);
};

const textProblems = (wanted: WantedTexts): UserError[] =>
  textFields.flatMap((field) => {
    const text = wanted[field];
    return text ? (problemOfProfileField(field, text) ?? []) : [];
  });

const addressProblems = (address: PostalAddress): UserError[] =>
  addressParts.flatMap((part) => {
    const text = address[part];
    return text === undefined ? [] : (problemOfAddressPart(part, text) ?? []);
  });
