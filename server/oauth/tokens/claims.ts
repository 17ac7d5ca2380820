/** What an app learns about a person, by scope (OpenID Connect Core §5.4). A claim without a value is left out. */
import { personName } from '../../accounts/account.entity.ts';
import type { PrincipalAccount } from '../../graphql/context.ts';
import { epochSeconds } from '../../kernel/clock.ts';

export type Claims = Record<string, string | number | boolean>;

/** The claims that each scope of OpenID Connect opens. */
const byScope: Record<string, (account: PrincipalAccount) => Record<string, string | number | boolean | null>> = {
  profile: (account) => ({
    name: personName(account),
    given_name: account.givenName,
    family_name: account.familyName,
    preferred_username: account.username,
    locale: account.locale,
    zoneinfo: account.zoneinfo,
    updated_at: epochSeconds(account.updatedAt),
  }),
  email: (account) => ({ email: account.email, email_verified: account.emailVerifiedAt !== null }),
};

/** Every claim that discovery announces. */
export const claimsSupported = [
  'sub',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'locale',
  'zoneinfo',
  'updated_at',
  'email',
  'email_verified',
] as const;

export const claimsFor = (account: PrincipalAccount, scopes: ReadonlySet<string>): Claims => {
  const claims: Claims = { sub: account.id };
  for (const [scope, read] of Object.entries(byScope)) {
    if (!scopes.has(scope)) continue;
    for (const [name, value] of Object.entries(read(account))) {
      if (value !== null && value !== '') claims[name] = value;
    }
  }
  return claims;
};
