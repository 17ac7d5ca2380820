/** What is printed of a row is what may be told of it: a property that is hidden in JSON is hidden from a log or a debugger too. */
import { type InspectOptions, inspect } from 'node:util';
import { wrap } from '@mikro-orm/postgresql';

/** @param entities the classes; to be called before the ORM, which prints everything, gives them a way of its own */
export const printWithoutSecrets = (
  entities: readonly { readonly name: string; readonly prototype: object }[],
): void => {
  for (const { name, prototype } of entities) {
    Object.defineProperty(prototype, inspect.custom, {
      value(this: object, _depth: number, options: InspectOptions) {
        return `${name} ${inspect(wrap(this).toObject(), options)}`;
      },
      configurable: true,
    });
  }
};
