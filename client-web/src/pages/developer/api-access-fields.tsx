/** What an app may ask for at the institution's own APIs. */
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/generated/gql.ts';
import type { AppApiInput } from '../../graphql/generated/graphql.ts';
import { Checkbox, CheckboxGroup } from '../../ui/field.tsx';

const RegisteredApis = graphql(/* GraphQL */ `
  query RegisteredApis {
    apis(first: 100) {
      nodes {
        id
        identifier
        name
        scopes {
          name
          description
        }
      }
    }
  }
`);

/** An API's identifier and one of its scopes; neither holds a blank. */
export type ApiScope = `${string} ${string}`;

interface Access {
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

export const apiChoices = (apis: readonly Access[]): ApiScope[] =>
  apis.flatMap(({ identifier, scopes }) => scopes.map((scope): ApiScope => `${identifier} ${scope}`));

export const apisOf = (choices: readonly ApiScope[]): AppApiInput[] => {
  const scopes = new Map<string, string[]>();
  for (const choice of choices) {
    const [identifier = '', scope = ''] = choice.split(' ');
    scopes.set(identifier, [...(scopes.get(identifier) ?? []), scope]);
  }
  return [...scopes].map(([identifier, each]) => ({ identifier, scopes: each }));
};

/** @param props.choice the form's field, a list of `ApiScope` */
export const ApiAccessFields = ({ choice, error }: { choice: UseFormRegisterReturn; error?: string | undefined }) => {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: RegisteredApis });
  const apis = data?.apis.nodes ?? [];
  return (
    <CheckboxGroup legend={t('app.apis')} hint={t(apis.length === 0 ? 'app.noApis' : 'app.apisHint')} error={error}>
      {apis.map((api) => (
        <CheckboxGroup key={api.identifier} legend={api.name} hint={api.identifier}>
          {api.scopes.map(({ name, description }) => (
            <Checkbox
              key={name}
              value={`${api.identifier} ${name}`}
              label={<code className="font-mono text-13">{name}</code>}
              hint={description}
              {...choice}
            />
          ))}
        </CheckboxGroup>
      ))}
    </CheckboxGroup>
  );
};
