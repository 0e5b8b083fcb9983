import type { CollectionName, Item } from '#shared/collections/index.ts'
import type { Writing } from '../context.ts'

/** Stores one item from the wire. Idempotent; never undoes a local change that is not written to the wire yet. */
export type ApplyItem<N extends CollectionName> = (context: Writing, item: Item<N>) => void
