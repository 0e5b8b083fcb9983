import type { CollectionName, Item } from '#shared/collections/index.ts'
import type { Writing } from '../context.ts'

/** Stores one item that arrived from the wire. Idempotent; never undoes what was changed here and is not sent yet. */
export type ApplyItem<N extends CollectionName> = (context: Writing, item: Item<N>) => void
