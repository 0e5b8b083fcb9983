import { z } from 'zod'
import { serverTimeSchema, type ServerTime } from '../domain/ids.ts'

/** Most items in one call to the replica. */
export const MAX_ITEMS = 1000

/** Items that arrived together. `cursor`: the collection has been read up to here; null: no further than before. */
export interface CollectionBatch<N extends string, T> {
  collection: N
  items: T[]
  cursor: ServerTime | null
}

export interface CollectionDefinition<N extends string, T> {
  name: N
  batch: z.ZodType<CollectionBatch<N, T>>
  toBatch(items: T[], cursor: ServerTime | null): CollectionBatch<N, T>
}

/** A part of the wire that is synced into the replica. `item` is the schema of one of its parsed documents. */
export function defineCollection<N extends string, T>(
  name: N,
  item: z.ZodType<T>,
): CollectionDefinition<N, T> {
  return {
    name,
    batch: z.strictObject({
      collection: z.literal(name),
      items: z.array(item).max(MAX_ITEMS),
      cursor: serverTimeSchema.nullable(),
    }),
    toBatch: (items, cursor) => ({ collection: name, items, cursor }),
  }
}
