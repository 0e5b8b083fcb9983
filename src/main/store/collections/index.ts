import type { Args } from '#shared/bridge/index.ts'
import type { CollectionName, Item } from '#shared/collections/index.ts'
import type { Writing } from '../context.ts'
import { raiseSyncCursor } from '../sync-cursors.ts'
import { activity } from './activity.ts'
import { blocks } from './blocks.ts'
import { chatStates } from './chat-states.ts'
import { chats } from './chats.ts'
import type { ApplyItem } from './collection.ts'
import { contacts } from './contacts.ts'
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
}

/** Stores items from the wire and moves the collection's cursor. */
export function applyBatch(
  context: Writing,
  { collection, items, cursor }: Args<'replica.apply'>,
): undefined {
  applyItems(context, collection, items)
  raiseSyncCursor(context, collection, cursor)
}

function applyItems<N extends CollectionName>(context: Writing, name: N, items: readonly Item<N>[]): void {
  const apply: ApplyItem<N> = collections[name]
  for (const item of items) apply(context, item)
}
