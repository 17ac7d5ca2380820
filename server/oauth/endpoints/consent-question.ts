/** What a person is asked to allow, in their own words and values: for the consent page and for the page of a device. */
import { type PostalAddress, personName } from '../../accounts/account.entity.ts';
import { readApiPermission } from '../../apis/api-permission.ts';
import type { Apis } from '../../apis/apis.ts';
import type { App } from '../../apps/app.entity.ts';
import { type ConsentKey, consentTexts } from '../../graphql/consent-texts.ts';
import type { ScopeReach } from '../../graphql/describe-scopes.ts';
import type { Language } from '../../pages/language.ts';
import type { Texts } from '../../pages/texts.ts';
import type { LiveSession } from '../../sessions/browser-sessions.ts';
import { grantableScopes } from '../authorize/next-step.ts';

export interface ConsentItem {
  key: ConsentKey;
  label: string;
  /** What the app would see of this person, if it can be shown. */
  value?: string | undefined;
}

export interface ConsentApi {
  identifier: string;
  name: string;
  /** What the app may do there. */
  items: readonly string[];
}

export interface ConsentQuestion {
  reads: readonly ConsentItem[];
  changes: readonly ConsentItem[];
  apis: readonly ConsentApi[];
}

type Account = LiveSession['account'];

export class ConsentQuestions {
  constructor(
    private readonly deps: {
      /** What each scope reaches, as the fields of the GraphQL schema say. */
      reach: ReadonlyMap<string, ScopeReach>;
      apis: Apis;
    },
  ) {}

  /** @param permissions of an authorization request: what this person cannot give of it is not asked for */
  async about(
    account: Account,
    permissions: readonly string[],
    language: Language,
    texts: Texts['consent'],
  ): Promise<ConsentQuestion> {
    const scopes = grantableScopes(permissions, account);
    return {
      reads: this.items(scopes, 'reads', language, valuesOf(account, texts)),
      changes: this.items(scopes, 'changes', language, {}),
      apis: await this.apiItems(scopes, texts),
    };
  }

  private items(scopes: readonly string[], kind: keyof ScopeReach, language: Language, values: Values): ConsentItem[] {
    const keys = new Set(scopes.flatMap((scope) => this.deps.reach.get(scope)?.[kind] ?? []));
    return [...keys].map((key) => ({ key, label: consentTexts[key][language], value: values[key] }));
  }

  private async apiItems(permissions: readonly string[], texts: Texts['consent']): Promise<ConsentApi[]> {
    const wanted = Map.groupBy(
      permissions.flatMap((permission) => readApiPermission(permission) ?? []),
      ({ identifier }) => identifier,
    );
    const known = await this.deps.apis.findByIdentifiers([...wanted.keys()]);
    return known.map((api) => ({
      identifier: api.identifier,
      name: api.name,
      items: (wanted.get(api.identifier) ?? []).map(({ scope }) =>
        scope === '' ? texts.knowsYouThere : (api.describe(scope) ?? scope),
      ),
    }));
  }
}

type Values = { readonly [Key in ConsentKey]?: string | undefined };

const valuesOf = (account: Account, texts: Texts['consent']): Values => ({
  name: personName(account),
  username: account.username,
  email: `${account.email}, ${account.emailVerifiedAt ? texts.confirmed : texts.notConfirmed}`,
  phone: account.phoneNumber ?? undefined,
  address: account.address === null ? undefined : addressLine(account.address),
  personal: [account.gender, account.birthdate].filter(Boolean).join(', '),
  locale: [account.locale, account.zoneinfo].filter(Boolean).join(', '),
});

/** As it was written down for an envelope, else part by part. */
const addressLine = ({ formatted, ...parts }: PostalAddress): string => {
  const { streetAddress, postalCode, locality, region, country } = parts;
  const lines = [streetAddress, [postalCode, locality].filter(Boolean).join(' '), region, country];
  return (formatted ?? lines.filter(Boolean).join(', ')).replaceAll('\n', ', ');
};

/** Who answers for the app, as far as that is known: the account that registered it, or the host whose document describes it. */
export const registrantOf = (app: App): string | null => {
  if (app.origin === 'document') return new URL(app.clientId).host;
  return app.owner ? personName(app.owner.getEntity()) : null;
};

/** What stands for a person where there is no picture: up to two letters. */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
