/**
 * What an operation is like before it runs: how deep, how many aliases, what it costs, which declarations it meets. Fragments count
 * wherever they are spread, yet each is measured once, so a document that expands exponentially is measured in linear time.
 * Works on documents that are not validated yet: what the schema does not know counts as a field without fields.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { type Access, accessOf } from './require-scopes.ts';

export type Variables = Readonly<Record<string, unknown>>;

export interface OperationShape {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields of one selection set that answer under the same name: each pair must be compared to see whether they can be merged. */
  readonly repeats: number;
  /** How often the schema is asked about (`__schema`, `__type`). */
  readonly introspections: number;
  /** One for each field, times the size of the lists around it. */
  cost(variables: Variables): number;
  /** The declarations of all fields, with a field that shows each. */
  readonly access: ReadonlyMap<Access, string>;
}

/** How long a list of objects is taken to be where nothing says so. */
const assumedListSize = 10;
/** The largest page; a larger one is refused by its own field. */
const largestSize = 100;

interface Measure {
  depth: number;
  aliases: number;
  directives: number;
  introspections: number;
  cost: Cost;
  /** How often each response name occurs, fragments included. */
  names: ReadonlyMap<string, number>;
}

/** One computation of a cost: each fragment is computed once in it, however often it is spread. */
interface Bill {
  readonly variables: Variables;
  readonly fragments: Map<string, number>;
}

/** A number where no variable matters, else a function of them. */
type Cost = number | ((bill: Bill) => number);

const amount = (cost: Cost, bill: Bill): number => (typeof cost === 'number' ? cost : cost(bill));
const nothing: Measure = { depth: 0, aliases: 0, directives: 0, introspections: 0, cost: 0, names: new Map() };

/** @returns the shape of each operation by its name; null stands for an operation without one */
export const measureOperations = (
  schema: GraphQLSchema,
  document: DocumentNode,
): ReadonlyMap<string | null, OperationShape> => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const shapes = new Map<string | null, OperationShape>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    shapes.set(definition.name?.value ?? null, new Measurement(schema, fragments).measure(definition));
  }
  return shapes;
};

class Measurement {
  private readonly measured = new Map<string, Measure>();
  private readonly access = new Map<Access, string>();
  private repeats = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {}

  measure(operation: OperationDefinitionNode): OperationShape {
    const root = this.schema.getRootType(operation.operation) ?? undefined;
    const { depth, aliases, directives, introspections, cost } = this.ofSelections(operation.selectionSet, root);
    return {
      depth,
      aliases,
      directives: directives + (operation.directives?.length ?? 0),
      introspections,
      repeats: this.repeats,
      cost: (variables) => amount(cost, { variables, fragments: new Map() }),
      access: this.access,
    };
  }

  private ofSelections(set: SelectionSetNode, parent: GraphQLNamedType | undefined): Measure {
    const parts = this.parts(set, parent);
    const names = new Map<string, number>();
    for (const part of parts) {
      for (const [name, count] of part.names) names.set(name, (names.get(name) ?? 0) + count);
    }
    for (const count of names.values()) this.repeats += count - 1;
    const costs = parts.map((part) => part.cost);
    const sum = (count: (part: Measure) => number) => parts.reduce((total, part) => total + count(part), 0);
    return {
      depth: parts.reduce((deepest, part) => Math.max(deepest, part.depth), 0),
      aliases: sum((part) => part.aliases),
      directives: sum((part) => part.directives),
      introspections: sum((part) => part.introspections),
      cost: costs.every((cost) => typeof cost === 'number')
        ? costs.reduce((total, cost) => total + cost, 0)
        : (bill) => costs.reduce<number>((total, cost) => total + amount(cost, bill), 0),
      names,
    };
  }

  private parts(set: SelectionSetNode, parent: GraphQLNamedType | undefined): Measure[] {
    return set.selections.map((selection) => {
      const directives = selection.directives?.length ?? 0;
      let measure: Measure;
      if (selection.kind === Kind.FIELD) measure = this.ofField(selection, parent);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) measure = this.ofFragment(selection.name.value);
      else {
        const condition = selection.typeCondition?.name.value;
        measure = this.ofSelections(selection.selectionSet, condition ? this.schema.getType(condition) : parent);
      }
      return directives === 0 ? measure : { ...measure, directives: measure.directives + directives };
    });
  }

  private ofFragment(name: string): Measure {
    const known = this.measured.get(name);
    if (known !== undefined) return known;
    const fragment = this.fragments.get(name);
    if (fragment === undefined) return nothing;
    // A cycle meets itself here and ends; validation refuses it.
    this.measured.set(name, nothing);
    const inside = this.ofSelections(fragment.selectionSet, this.schema.getType(fragment.typeCondition.name.value));
    const measure = { ...inside, cost: onceInABill(name, inside.cost) };
    this.measured.set(name, measure);
    return measure;
  }

  private ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Measure {
    const name = node.name.value;
    const field = fieldOf(parent, name);
    const introspects = field !== undefined && isIntrospectionType(getNamedType(field.type));
    const access = field === undefined ? null : accessOf(field);
    if (access !== null && !this.access.has(access)) this.access.set(access, `${parent?.name}.${name}`);
    const below = node.selectionSet
      ? this.ofSelections(node.selectionSet, field === undefined ? undefined : getNamedType(field.type))
      : nothing;
    return {
      // How deep introspection may go is bounded by graphql-js itself (MaxIntrospectionDepthRule).
      depth: introspects ? 1 : below.depth + 1,
      aliases: below.aliases + (node.alias === undefined ? 0 : 1),
      directives: below.directives,
      introspections: below.introspections + (name === '__schema' || name === '__type' ? 1 : 0),
      // Below `__schema` every field counts once: there the answer is as large as the schema, whatever is asked.
      cost: costOf(field === undefined || introspects ? 1 : sizeOf(node, field), below.cost),
      names: new Map(name === '__typename' ? [] : [[node.alias?.value ?? name, 1] as const]),
    };
  }
}

type Field = GraphQLField<unknown, unknown>;

const fieldOf = (parent: GraphQLNamedType | undefined, name: string): Field | undefined => {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
};

const sizeOf = (node: FieldNode, field: Field): Cost => {
  const paged = field.args.find((argument) => argument.name === 'first');
  if (paged === undefined) {
    const type = isNonNullType(field.type) ? field.type.ofType : field.type;
    if (!isListType(type) || !isCompositeType(getNamedType(type))) return 1;
    const { listSize } = field.extensions;
    return typeof listSize === 'number' ? listSize : assumedListSize;
  }
  const given = node.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (given === undefined) return clampSize(paged.defaultValue);
  if (given.kind === Kind.INT) return clampSize(Number(given.value));
  if (given.kind !== Kind.VARIABLE) return largestSize;
  const variable = given.name.value;
  return (bill) => clampSize(bill.variables[variable]);
};

/** What is no number (a default in the operation's head, a mistake) is taken for the largest page. */
const clampSize = (value: unknown): number =>
  typeof value === 'number' && value >= 0 ? Math.min(value, largestSize) : largestSize;

const costOf = (size: Cost, below: Cost): Cost => {
  if (typeof size === 'number' && typeof below === 'number') return 1 + size * below;
  return (bill) => 1 + amount(size, bill) * amount(below, bill);
};

const onceInABill = (fragment: string, cost: Cost): Cost => {
  if (typeof cost === 'number') return cost;
  return (bill) => {
    const value = bill.fragments.get(fragment) ?? cost(bill);
    bill.fragments.set(fragment, value);
    return value;
  };
};
