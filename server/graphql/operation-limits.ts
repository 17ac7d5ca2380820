/** Refuses operations that would cost too much before anything is spent on them, and remembers what documents are like. */
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { measureOperations, type OperationShape, type Variables } from './operation-shape.ts';

export interface OperationLimitSettings {
  readonly graphqlDepth: number;
  readonly graphqlAliases: number;
  readonly graphqlCost: number;
  readonly graphqlTokens: number;
}

/** More than any client needs, and few enough that validation, which compares them in pairs, stays quick. */
const maximumRepeats = 100;
const maximumDirectives = 50;
/** Each answers with a good part of the schema. */
const maximumIntrospections = 3;
/** Characters of the documents that are remembered. */
const memory = 4_000_000;

type Shapes = ReadonlyMap<string | null, OperationShape>;

export class OperationLimits {
  /** In the order of their last use. */
  private readonly known = new Map<string, Shapes>();
  private remembered = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly settings: OperationLimitSettings,
  ) {}

  /**
   * @param operationName null where the request names none
   * @throws GraphQLError where the operation exceeds a limit
   */
  check(source: string, operationName: string | null, variables: Variables): void {
    const shapes = this.shapesOf(source);
    const named = operationName === null ? undefined : shapes.get(operationName);
    // Without a name, an execution takes the only operation; which of several fails on its own.
    for (const shape of named === undefined ? shapes.values() : [named]) this.checkShape(shape, variables);
  }

  /** The operation's shape; undefined where there is no such operation. */
  find(source: string, operationName: string | null): OperationShape | undefined {
    const shapes = this.shapesOf(source);
    return operationName === null && shapes.size === 1 ? [...shapes.values()][0] : shapes.get(operationName);
  }

  private shapesOf(source: string): Shapes {
    let shapes = this.known.get(source);
    if (shapes === undefined) {
      shapes = this.measure(source);
      this.remember(source, shapes);
    } else if (this.remembered > memory / 2) {
      this.known.delete(source);
      this.known.set(source, shapes);
    }
    return shapes;
  }

  private measure(source: string): Shapes {
    try {
      return measureOperations(
        this.schema,
        parse(source, { maxTokens: this.settings.graphqlTokens, noLocation: true }),
      );
    } catch (error) {
      if (error instanceof GraphQLError && error.message.includes('tokens. Parsing aborted')) {
        throw exceeded('tokens', this.settings.graphqlTokens, 'has too many tokens');
      }
      // What cannot be parsed has no operations; the server that parses it again says why.
      return new Map();
    }
  }

  private remember(source: string, shapes: Shapes): void {
    this.known.set(source, shapes);
    this.remembered += source.length;
    for (const oldest of this.known.keys()) {
      if (this.remembered <= memory) break;
      this.known.delete(oldest);
      this.remembered -= oldest.length;
    }
  }

  private checkShape(shape: OperationShape, variables: Variables): void {
    const { graphqlDepth, graphqlAliases, graphqlCost } = this.settings;
    if (shape.depth > graphqlDepth) throw exceeded('depth', graphqlDepth, `nests ${shape.depth} levels deep`);
    if (shape.aliases > graphqlAliases) throw exceeded('aliases', graphqlAliases, `uses ${shape.aliases} aliases`);
    if (shape.directives > maximumDirectives) {
      throw exceeded('directives', maximumDirectives, `uses ${shape.directives} directives`);
    }
    if (shape.introspections > maximumIntrospections) {
      throw exceeded('introspection', maximumIntrospections, `asks for the schema ${shape.introspections} times`);
    }
    if (shape.repeats > maximumRepeats) throw exceeded('repeats', maximumRepeats, `repeats ${shape.repeats} fields`);
    const cost = shape.cost(variables);
    if (cost > graphqlCost) throw exceeded('cost', graphqlCost, `costs ${cost}`);
  }
}

const exceeded = (limit: string, maximum: number, what: string): GraphQLError =>
  new GraphQLError(`This operation ${what}; the limit is ${maximum}.`, {
    extensions: { code: 'QUERY_LIMIT_EXCEEDED', limit, maximum },
  });
