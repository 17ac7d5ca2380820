/** What an app learns about a person: by scope (OpenID Connect Core §5.4), or claim by claim (§5.5). One without a value is left out. */
import { type PostalAddress, personName } from '../../accounts/account.entity.ts';
import type { PrincipalAccount } from '../../graphql/context.ts';
import { epochSeconds } from '../../kernel/clock.ts';
import type { ClaimsRequest } from '../protocol/claims-request.ts';

type ClaimValue = string | number | boolean | Readonly<Record<string, string>>;
export type Claims = Record<string, ClaimValue>;

/** A person's record, whoever read it from the database. */
export type ClaimSource = {
  readonly [Field in keyof Omit<PrincipalAccount, 'address' | 'roles'>]: PrincipalAccount[Field] | undefined;
} & { readonly username: string; readonly updatedAt: Date; readonly address: PostalAddress | null | undefined };

interface Claim {
  /** The scope that opens it. */
  readonly scope: 'profile' | 'email' | 'address' | 'phone';
  readonly read: (account: ClaimSource) => ClaimValue | null | undefined;
}

/** Every claim about a person (§5.1). */
const claims: Readonly<Record<string, Claim>> = {
  name: { scope: 'profile', read: (account) => personName(account) },
  given_name: { scope: 'profile', read: (account) => account.givenName },
  family_name: { scope: 'profile', read: (account) => account.familyName },
  middle_name: { scope: 'profile', read: (account) => account.middleName },
  nickname: { scope: 'profile', read: (account) => account.nickname },
  preferred_username: { scope: 'profile', read: (account) => account.username },
  profile: { scope: 'profile', read: (account) => account.profileUrl },
  picture: { scope: 'profile', read: (account) => account.pictureUrl },
  website: { scope: 'profile', read: (account) => account.website },
  gender: { scope: 'profile', read: (account) => account.gender },
  birthdate: { scope: 'profile', read: (account) => account.birthdate },
  zoneinfo: { scope: 'profile', read: (account) => account.zoneinfo },
  locale: { scope: 'profile', read: (account) => account.locale },
  updated_at: { scope: 'profile', read: (account) => epochSeconds(account.updatedAt) },
  email: { scope: 'email', read: (account) => account.email },
  email_verified: { scope: 'email', read: (account) => account.emailVerifiedAt != null },
  phone_number: { scope: 'phone', read: (account) => account.phoneNumber },
  phone_number_verified: {
    scope: 'phone',
    read: (account) => (account.phoneNumber ? account.phoneNumberVerifiedAt != null : null),
  },
  address: { scope: 'address', read: (account) => account.address && toAddressClaim(account.address) },
};

/** §5.1.1 */
const toAddressClaim = (address: PostalAddress): Record<string, string> => {
  const members = {
    formatted: address.formatted,
    street_address: address.streetAddress,
    locality: address.locality,
    region: address.region,
    postal_code: address.postalCode,
    country: address.country,
  };
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, string] => !!member[1]));
};

/** About the sign-in, not about the person: in every ID token, and known to the `claims` parameter. */
const signInClaims = ['sub', 'iss', 'aud', 'iat', 'exp', 'auth_time', 'acr', 'amr', 'nonce', 'sid'] as const;

/** Every claim that discovery announces. */
export const claimsSupported: readonly string[] = [...signInClaims, ...Object.keys(claims)];

const claimOf = (name: string): Claim | undefined => (Object.hasOwn(claims, name) ? claims[name] : undefined);

/**
 * Whether an app may ask for this claim by the `claims` parameter: of a person, what its scopes could open too.
 *
 * @param scopes that the app may ask for
 */
export const mayAskFor = (name: string, scopes: readonly string[]): boolean => {
  const claim = claimOf(name);
  return claim === undefined ? (signInClaims as readonly string[]).includes(name) : scopes.includes(claim.scope);
};

/** The scopes that open the same: whoever asks for a single claim asks the person as if for these. */
export const scopesOfClaims = (request: ClaimsRequest | null | undefined): string[] => {
  const names = [...Object.keys(request?.userinfo ?? {}), ...Object.keys(request?.id_token ?? {})];
  return [...new Set(names.flatMap((name) => claimOf(name)?.scope ?? []))];
};

/** What these scopes open, and what was asked for by name. */
export const claimsFor = (
  account: ClaimSource,
  scopes: ReadonlySet<string>,
  wishes: ClaimsRequest['userinfo'] = {},
): Claims => {
  const told: Claims = {};
  for (const [name, { scope, read }] of Object.entries(claims)) {
    if (!scopes.has(scope) && !Object.hasOwn(wishes, name)) continue;
    const value = read(account);
    if (value !== null && value !== undefined && value !== '') told[name] = value;
  }
  return told;
};

/** Those of the wishes that this app may still have. */
export const wishesWithin = (wishes: ClaimsRequest['userinfo'], scopes: readonly string[]): ClaimsRequest['userinfo'] =>
  wishes && Object.fromEntries(Object.entries(wishes).filter(([name]) => mayAskFor(name, scopes)));
