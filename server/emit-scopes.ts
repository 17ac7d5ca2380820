/** Script: writes what each scope reaches into docs/graphql.md, from what the fields declare. */
import { type GraphQLSchema, isObjectType } from 'graphql';
import { writeBlock } from './emit-block.ts';
import { consentTexts } from './graphql/consent-texts.ts';
import { describeScopes } from './graphql/describe-scopes.ts';
import { accessOf } from './graphql/require-scopes.ts';
import { createGraphQLSchema } from './graphql-schema.ts';
import { scopes } from './kernel/scopes.ts';

const schema = createGraphQLSchema(null);

/** The fields that a scope reaches, those of a type together: `User { email, name }`. */
const fieldsOf = (scope: string, within: GraphQLSchema): string[] =>
  Object.values(within.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type)) return [];
    const fields = Object.values(type.getFields()).filter((field) =>
      accessOf(field)?.ways.some((way) => way.scopes.includes(scope)),
    );
    return fields.length === 0 ? [] : [`\`${type.name} { ${fields.map(({ name }) => name).join(', ')} }\``];
  });

const rows = scopes.map(({ name, kind, forApps }) => {
  const reach = describeScopes(schema).get(name);
  const words = (keys: readonly (keyof typeof consentTexts)[] = []) =>
    keys.map((key) => consentTexts[key].en).join('; ');
  const who = kind === 'open' ? 'everybody' : 'administrators';
  return `| \`${name}\` | ${who}${forApps ? ', apps for themselves' : ''} | ${words(reach?.reads)} | ${words(reach?.changes)} | ${fieldsOf(name, schema).join(' ')} |`;
});

await writeBlock(
  'docs/graphql.md',
  'scopes',
  ['| scope | for | reads | changes | fields |', '|---|---|---|---|---|', ...rows].join('\n'),
);
