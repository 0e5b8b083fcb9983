import { z } from 'zod'
import { serverTimeSchema, type ServerTime } from '../domain/ids.ts'

/** Most items in one call to the replica. */
export const MAX_ITEMS = 1000

/** Items that arrived together. `cursor`: the collection has been read up to here; null: the stored cursor does not move. */
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

/** Defines documents of the wire that are synced into the replica. `item`: the schema of one parsed document. */
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
