import { z } from 'zod'
import type { ServerTime } from '../domain/ids.ts'
import { variants } from '../variants.ts'
import { activity } from './activity.ts'
import { blocks } from './blocks.ts'
import { chatStates } from './chat-states.ts'
import { chats } from './chats.ts'
import type { CollectionBatch, CollectionDefinition } from './collection.ts'
import { contacts } from './contacts.ts'
import { photo } from './photo.ts'
import { privacy } from './privacy.ts'
import { profile } from './profile.ts'

/**
 * The registry of synced collections. A new one is one new file and one line here; the compiler then reports what is missing.
 * Sync subscribes to them in this order.
 */
const collections = { chats, activity, chatStates, contacts, blocks, profile, privacy, photo }

export type CollectionName = keyof typeof collections
type BatchByName = { [N in CollectionName]: z.infer<(typeof collections)[N]['batch']> }
/** One document of a collection, parsed. */
export type Item<N extends CollectionName> = BatchByName[N]['items'][number]

/** The same registry, typed by name. A definition whose `name` differs from its key does not compile. */
const definitions: { readonly [N in CollectionName]: CollectionDefinition<N, Item<N>> } = collections

export const collectionNames = Object.keys(definitions).filter(isCollectionName)
export const collectionNameSchema = z.enum(collectionNames)

function isCollectionName(name: string): name is CollectionName {
  return Object.hasOwn(definitions, name)
}

export const batchSchema = variants('collection', collections, 'batch')
export type Batch<N extends CollectionName = CollectionName> = { [C in N]: CollectionBatch<C, Item<C>> }[N]

const batchMakers: {
  readonly [N in CollectionName]: { toBatch(items: Item<N>[], cursor: ServerTime | null): Batch }
} = collections

export function toBatch<N extends CollectionName>(
  name: N,
  items: Item<N>[],
  cursor: ServerTime | null,
): Batch {
  return batchMakers[name].toBatch(items, cursor)
}
