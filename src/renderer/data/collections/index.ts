import type { CollectionName } from '#shared/collections/index.ts'
import { activity } from './activity.ts'
import { blocks } from './blocks.ts'
import { chatStates } from './chat-states.ts'
import { chats } from './chats.ts'
import type { Follow } from './collection.ts'
import { contacts } from './contacts.ts'
import { photo } from './photo.ts'
import { privacy } from './privacy.ts'
import { profile } from './profile.ts'

/** The registry of synced collections: one subscription for each. */
export const collections: { readonly [N in CollectionName]: Follow<N> } = {
  chats,
  activity,
  chatStates,
  contacts,
  blocks,
  profile,
  privacy,
  photo,
}
