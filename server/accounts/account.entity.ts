import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { newId } from '../kernel/secrets.ts';

/** What a role lets its holder do is bounded by the scopes of the token; a role alone opens nothing. */
export type Role = 'administrator';

/** What others call a person: the display name, else given and family name, else the username. */
export const personName = (person: {
  readonly username: string;
  readonly displayName?: string | null | undefined;
  readonly givenName?: string | null | undefined;
  readonly familyName?: string | null | undefined;
}): string => person.displayName || [person.givenName, person.familyName].filter(Boolean).join(' ') || person.username;

/** A postal address (OpenID Connect Core §5.1.1). */
export interface PostalAddress {
  readonly formatted?: string;
  readonly streetAddress?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => newId()),
    username: p.text(),
    /** The username as it is compared: see `accounts/identifiers.ts`. */
    usernameKey: p.text().unique().hidden(),
    email: p.text(),
    emailKey: p.text().unique().hidden(),
    emailVerifiedAt: p.datetime().nullable(),
    passwordHash: p.text().nullable().hidden(),
    passwordChangedAt: p.datetime().nullable(),
    givenName: p.text().nullable(),
    familyName: p.text().nullable(),
    middleName: p.text().nullable(),
    nickname: p.text().nullable(),
    displayName: p.text().nullable(),
    /** BCP 47 tag, e.g. `fr-CA`. */
    locale: p.text().nullable(),
    /** IANA time zone name, e.g. `Europe/Paris`. */
    zoneinfo: p.text().nullable(),
    /** The person's page about themselves elsewhere: the claim `profile`. */
    profileUrl: p.text().nullable(),
    pictureUrl: p.text().nullable(),
    website: p.text().nullable(),
    gender: p.text().nullable(),
    /** ISO 8601: `YYYY-MM-DD`, `0000-MM-DD` without the year, or `YYYY` alone (OpenID Connect Core §5.1). */
    birthdate: p.text().nullable(),
    /** E.164, e.g. `+33123456789`. */
    phoneNumber: p.text().nullable(),
    phoneNumberVerifiedAt: p.datetime().nullable(),
    address: p.json<PostalAddress>().nullable(),
    roles: p.array<Role>().columnType('text[]').default([]),
    lockedAt: p.datetime().nullable(),
    /** Sessions and tokens that began before this are over, for good. */
    accessEndedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A person's record: who they are and how they prove it. */
export class Account extends AccountSchema.class {
  /** Derived, so never given at creation. */
  declare [OptionalProps]?: 'name' | 'isLocked' | 'isAdministrator';

  get isLocked(): boolean {
    return this.lockedAt != null;
  }

  get isAdministrator(): boolean {
    return this.roles.includes('administrator');
  }

  get name(): string {
    return personName(this);
  }
}

AccountSchema.setClass(Account);
