/** Gathers what one request looks up one by one into one statement. */
import DataLoader from 'dataloader';
import type { GraphQLContext } from './context.ts';

export class RequestLoader<Value> {
  private readonly loaders = new WeakMap<GraphQLContext, DataLoader<string, Value | null>>();

  /** @param find looks up all ids at once; an id that is missing from its answer is null */
  constructor(private readonly find: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>) {}

  load(context: GraphQLContext, id: string): Promise<Value | null> {
    let loader = this.loaders.get(context);
    if (loader === undefined) {
      loader = new DataLoader(async (ids) => {
        const found = await this.find(ids);
        return ids.map((wanted) => found.get(wanted) ?? null);
      });
      this.loaders.set(context, loader);
    }
    return loader.load(id);
  }
}
