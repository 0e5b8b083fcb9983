import type { Args, Result } from '#shared/bridge/index.ts'
import type { CollectionName, Item } from '#shared/collections/index.ts'
import { isBehind } from '../chats-read.ts'
import type { Writing } from '../context.ts'
import { raiseSyncCursor } from '../sync-cursors.ts'
import { activity } from './activity.ts'
import { blocks } from './blocks.ts'
import { chatStates } from './chat-states.ts'
import { chats } from './chats.ts'
import type { ApplyItem } from './collection.ts'
import { contacts } from './contacts.ts'
import { photo } from './photo.ts'
import { privacy } from './privacy.ts'
import { profile } from './profile.ts'

/** The registry of synced collections. */
const collections: { readonly [N in CollectionName]: ApplyItem<N> } = {
  chats,
  activity,
  chatStates,
  contacts,
  blocks,
  profile,
  privacy,
  photo,
}

/** Stores items from the wire and moves the collection's cursor. */
export function applyBatch(context: Writing, batch: Args<'replica.apply'>): Result<'replica.apply'> {
  applyItems(context, batch.collection, batch.items)
  raiseSyncCursor(context, batch.collection, batch.cursor)
  const chats = batch.collection === 'chats' ? batch.items : []
  return { behind: chats.map(({ id }) => id).filter((id) => isBehind(context, id)) }
}

function applyItems<N extends CollectionName>(context: Writing, name: N, items: readonly Item<N>[]): void {
  const apply: ApplyItem<N> = collections[name]
  for (const item of items) apply(context, item)
}
