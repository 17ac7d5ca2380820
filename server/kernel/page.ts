/** A page of a list that is ordered by id, newest first: ids are UUIDv7, so they sort by time. */

/** The page after an item, for people and programs that go on from where they were. */
export interface PageRequest {
  /** Items at most. */
  readonly first: number;
  /** The id of the last item seen. */
  readonly after: string | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/** @param found up to `first + 1` items: the one too many says that there are more */
export const toPage = <T>(found: readonly T[], request: PageRequest): Page<T> => ({
  items: found.slice(0, request.first),
  hasMore: found.length > request.first,
});
