/** What each scope lets an app do, gathered from what the fields declare: for the consent page, the API and the documentation. */
import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { scopes } from '../kernel/scopes.ts';
import type { ConsentKey } from './consent-texts.ts';
import { accessOf } from './require-scopes.ts';

export interface ScopeReach {
  readonly reads: readonly ConsentKey[];
  readonly changes: readonly ConsentKey[];
}

const described = new WeakMap<GraphQLSchema, ReadonlyMap<string, ScopeReach>>();

/** Every scope there is, with what the fields of the schema say about it: queries read, mutations change. */
export const describeScopes = (schema: GraphQLSchema): ReadonlyMap<string, ScopeReach> => {
  let reach = described.get(schema);
  if (reach === undefined) {
    reach = gather(schema);
    described.set(schema, reach);
  }
  return reach;
};

const gather = (schema: GraphQLSchema): ReadonlyMap<string, ScopeReach> => {
  const reach = new Map(
    scopes.map(({ name }) => [name, { reads: new Set<ConsentKey>(), changes: new Set<ConsentKey>() }]),
  );
  // Reaches no field of its own; it lengthens the life of what the others reach.
  reach.get('offline_access')?.reads.add('whileAway');
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    const kind = type === schema.getMutationType() ? 'changes' : 'reads';
    for (const field of Object.values(type.getFields())) {
      for (const way of accessOf(field)?.ways ?? []) {
        for (const scope of way.scopes) reach.get(scope)?.[kind].add(way.consent);
      }
    }
  }
  return new Map([...reach].map(([name, { reads, changes }]) => [name, { reads: [...reads], changes: [...changes] }]));
};
