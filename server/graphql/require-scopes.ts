/**
 * What a token must hold for a field. One declaration on the field is the only source: it stands in the SDL, is enforced for every
 * operation, words the consent page and fills the table in the documentation. A field without one fails the build of the schema.
 */
import {
  DirectiveLocation,
  GraphQLDirective,
  type GraphQLField,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLSchema,
  GraphQLString,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { Directive, Extensions } from 'type-graphql';
import { findScope, parseScope } from '../kernel/scopes.ts';
import type { ConsentKey } from './consent-texts.ts';

/** One way to be allowed: all of these scopes together. */
interface Way {
  readonly scopes: readonly string[];
  /** What holding them tells or changes, for the consent page. */
  readonly consent: ConsentKey;
}

export interface Access {
  /** Any one of these is enough; none at all: every live token may. */
  readonly ways: readonly Way[];
}

/** Both directives are those of the federation specification, so that gateways and other tools understand them. */
export const accessDirectives = [
  new GraphQLDirective({
    name: 'authenticated',
    description: 'Only with a live access token.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
  }),
  new GraphQLDirective({
    name: 'requiresScopes',
    description: 'Only with a token that holds every scope of at least one of the lists.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: {
      scopes: {
        type: new GraphQLNonNull(
          new GraphQLList(new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString)))),
        ),
      },
    },
  }),
];

type FieldDecorator = (target: object, name: string | symbol) => void;
const inherited = 'inherited';

/**
 * The field is reached with any one of these scopes.
 *
 * @param ways scope (or several, separated by spaces: all of them) → what it opens, in the words of the consent page
 */
export const RequireScopes = (ways: Readonly<Record<string, ConsentKey>>): FieldDecorator => {
  const access: Access = {
    ways: Object.entries(ways).map(([scope, consent]) => ({ scopes: knownScopes(scope), consent })),
  };
  if (access.ways.length === 0)
    throw new Error('RequireScopes needs a scope; a field for every token says RequireToken.');
  return (target, name) => {
    const lists = JSON.stringify(access.ways.map((way) => way.scopes));
    Directive(`@requiresScopes(scopes: ${lists})`)(target, name);
    Directive('@authenticated')(target, name);
    Extensions({ access })(target, name);
  };
};

/** The field is reached with every live token. */
export const RequireToken = (): FieldDecorator => (target, name) => {
  Directive('@authenticated')(target, name);
  Extensions({ access: { ways: [] } satisfies Access })(target, name);
};

/** The fields of this type say nothing of their own: whoever may reach the type may read them (pages, payloads, errors). */
export const InheritAccess = (): ClassDecorator => (target) => Extensions({ access: inherited })(target);

const knownScopes = (text: string): string[] => {
  const names = parseScope(text) ?? [];
  for (const name of names) {
    if (findScope(name) === undefined) throw new Error(`There is no scope “${name}”.`);
  }
  return names;
};

/** What this field declares; null where its type inherits. Every field of a checked schema has an answer. */
export const accessOf = (field: GraphQLField<unknown, unknown>): Access | null =>
  (field.extensions.access as Access | undefined) ?? null;

/** @throws Error that names every field without a declaration */
export const assertAccessDeclared = (schema: GraphQLSchema): void => {
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type))) continue;
    if (type.extensions.access === inherited) continue;
    for (const field of Object.values(type.getFields())) {
      if (accessOf(field) === null) silent.push(`${type.name}.${field.name}`);
    }
  }
  if (silent.length > 0) {
    throw new Error(
      `These fields do not say which scopes they need (see graphql/require-scopes.ts): ${silent.join(', ')}`,
    );
  }
};

/** @returns what is missing for the way that misses least; empty where the field may be reached */
export const missingScopes = (access: Access, held: ReadonlySet<string>): readonly string[] => {
  let least: readonly string[] | undefined;
  for (const way of access.ways) {
    const missing = way.scopes.filter((scope) => !held.has(scope));
    if (missing.length === 0) return [];
    if (least === undefined || missing.length < least.length) least = missing;
  }
  return least ?? [];
};
